/** What Microsoft's support asks for, as text to be copied: ids, times in UTC, what was read and what was tried. No secrets. Pure. */
import type { Diagnosis } from '#lib/domain/diagnosis/diagnose.ts';
import type { Call, Facts } from '#lib/domain/diagnosis/facts.ts';
import { sayIn } from '#lib/words/dictionary.ts';

const iso = (ms: number | null) => (ms === null ? 'time not known' : new Date(ms).toISOString());

function licenceLines({ account, skus }: Facts): string[] {
  if (account.kind === 'not_read' || account.value === null) return [];
  const nameOf = (skuId: string) =>
    (skus.kind === 'read' && skus.value.find((sku) => sku.skuId === skuId)?.partNumber) || 'SKU';
  return [
    ...account.value.licences.map(
      ({ skuId, groupId, error, at }) =>
        `- ${nameOf(skuId)} ${skuId}, ${groupId === null ? 'direct' : `group ${groupId}`}, ${error ?? 'Active'}, ${iso(at)}`,
    ),
    ...account.value.assignedPlans.map(
      ({ servicePlanId, status, at }) => `- plan ${servicePlanId} ${status}, assigned ${iso(at)}`,
    ),
    ...account.value.exchangePlans.map(
      ({ provisioningStatus }) => `- provisionedPlans exchange: ${provisioningStatus}`,
    ),
  ];
}

function triedLines({ record }: Facts): string[] {
  const known = record.kind === 'read' ? record.value : null;
  const done = (text: string, at: number | null | undefined) => (at == null ? [] : [`- ${text}: ${iso(at)}`]);
  return [
    ...done('Licence assigned and verified', known?.licensedAt),
    ...done('retryServiceProvisioning', known?.provisioningRetriedAt),
    ...done('reprocessLicenseAssignment', known?.licencesReprocessedAt),
  ];
}

function callLine({ at, call, status, code, requestId, clientRequestId }: Call): string {
  const result = [status ?? 'no answer', code].filter(Boolean).join(' ');
  return `- ${iso(at)} ${call} → ${result}\n  request-id ${requestId ?? 'none'}, client-request-id ${clientRequestId}`;
}

function callsOf(facts: Facts): Call[] {
  const readings = Object.values(facts).flatMap((fact) => (typeof fact === 'object' ? fact.calls : []));
  return [...new Map(readings.map((call) => [call.clientRequestId, call])).values()].sort((a, b) => a.at - b.at);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

/** In English. */
export function packetText(facts: Facts, diagnosis: Diagnosis): string {
  const say = sayIn('en', 'causeLabels');
  const { account, organisation } = facts;
  const found = account.kind === 'read' ? account.value : null;
  const causes = 'causes' in diagnosis ? diagnosis.causes : [];
  return [
    'Exchange Online mailbox is missing',
    organisation.kind === 'read' && `Tenant id: ${organisation.value.id}`,
    `UserPrincipalName: ${facts.userPrincipalName}`,
    found && `Object id: ${found.id}`,
    found && `Usage location: ${found.usageLocation ?? 'none'}`,
    found && `Synchronised from Active Directory: ${found.isSynchronised ? 'yes' : 'no'}`,
    `Read at: ${iso(facts.at)}`,
    ...section(
      diagnosis.kind === 'certain' ? 'Cause' : 'Causes that fit, the likeliest first',
      causes.flatMap(({ title, evidence }) => [
        `- ${title}`,
        ...evidence.map(({ fact, says }) => `  ${fact}: ${says}`),
      ]),
    ),
    ...section('Licences and plans', licenceLines(facts)),
    ...section('What was tried', triedLines(facts)),
    ...section(
      'Not read',
      diagnosis.unread.map(({ reading, why }) => `- ${say(`reading.${reading}`)}: ${why}`),
    ),
    ...section('Requests to Microsoft Graph', callsOf(facts).map(callLine)),
  ]
    .filter((line) => typeof line === 'string')
    .join('\n');
}
