/** Checks of what we can see and do in Microsoft 365. */

import {
  freeSeats,
  licenceName,
  type Mapping,
  makesMailbox,
  resolveMapping,
  type SubscribedSku,
} from '#lib/domain/licences/mapping.ts';
import { type CheckResult, type CheckStatus, REQUIRED_PERMISSIONS } from '#lib/domain/setup-checks.ts';
import type { Inspection, Probe } from '#lib/graph/inspect.ts';
import type { Clause, Message } from '#lib/words/findings.ts';
import { finding } from './finding.ts';
import { type AppIdentity, evaluatePermission, type Need, type PermissionEvidence } from './permission-checks.ts';

/** The results where sign-in to Graph failed and nothing else could be tested. */
export function findingsWithoutSignIn(problem: string, sendsThroughGraph: boolean): CheckResult[] {
  const needs = Object.values(REQUIRED_PERMISSIONS).filter(({ code }) => code !== 'send_mail' || sendsThroughGraph);
  return [
    finding('sign_in', 'failed', [['signInProblem', { problem }]], { fix: ['compareRegistration'] }),
    ...(['organisation', ...needs.map(({ code }) => code), 'licences'] as const).map((code) =>
      finding(code, 'skipped', [['notSignedIn']]),
    ),
  ];
}

/** `nothing_there` proves the permission as well: Graph says so only to those who may ask. */
function evidenceOf(probe: Probe | null): PermissionEvidence {
  if (probe?.kind === 'answered' || probe?.kind === 'nothing_there') return { kind: 'works' };
  return probe?.kind === 'refused' ? probe : null;
}

/** Only the name in reports depends on this, and not every sufficient set of permissions covers it. */
function organisationFinding(organisation: Probe, tenant: string | null): CheckResult {
  switch (organisation.kind) {
    case 'answered':
      return finding('organisation', 'ok', [tenant === null ? ['yourOrganisation'] : ['thisIs', { tenant }]]);
    case 'refused':
      return finding('organisation', 'skipped', [['nameNotAllowed']]);
    default:
      return finding('organisation', 'warning', [['nameUnknown', { why: organisation.why }]]);
  }
}

/** Sign-in and organisation. */
export function connectFindings({ tenantName, organisation, roles }: Inspection): CheckResult[] {
  return [
    finding('sign_in', 'ok', [roles === null ? ['signedIn'] : ['signedInWith', { n: roles.length }]]),
    organisationFinding(organisation, tenantName),
  ];
}

/** One result for each thing that cycles do in Graph. */
export function permissionFindings(
  { roles, users, licences, mailbox }: Inspection,
  identity: AppIdentity,
  sendsThroughGraph: boolean,
): CheckResult[] {
  const evaluate = (need: Need, evidence: PermissionEvidence) => evaluatePermission(need, roles, evidence, identity);
  return [
    evaluate('users', evidenceOf(users)),
    evaluate('assign', null),
    evaluate('location', null),
    evaluate('licences', evidenceOf(licences)),
    evaluate('mailbox', evidenceOf(mailbox)),
    sendsThroughGraph ? evaluate('mail', null) : finding('send_mail', 'skipped', [['ownMailServer']]),
  ];
}

/** The tenant's licences, and every mapping in force checked against them. */
export function licenceFindings({ skus, licences }: Inspection, mappings: readonly Mapping[]): CheckResult[] {
  if (skus === null) {
    const why: Clause | string = licences.kind === 'answered' ? ['unreadableResponse'] : licences.why;
    const fix: Message = [licences.kind === 'refused' ? 'grantLicences' : 'testAgainSoon'];
    return [finding('licences', 'failed', [['licencesUnread', { why }]], { fix })];
  }
  const withMailbox = skus.filter((sku) => makesMailbox(sku)).length;
  const n = skus.length;
  return [
    withMailbox > 0
      ? finding('licences', 'ok', [['licencesFound', { n, withMailbox }]])
      : finding('licences', 'failed', [['noMailboxLicence', { n }]], { fix: ['buyLicence'] }),
    ...(mappings.length === 0
      ? [finding('mapping', 'warning', [['noMapping']], { fix: ['createMapping'] })]
      : mappings.map((mapping) => {
          const [status, sentences, fix] = checkMapping(mapping, skus);
          return finding('mapping', status, sentences, {
            fix,
            title: ['employeeType', { type: mapping.employeeType }],
          });
        })),
  ];
}

function checkMapping(mapping: Mapping, skus: readonly SubscribedSku[]): [CheckStatus, Message[], Message?] {
  const resolved = resolveMapping(mapping, skus);
  switch (resolved.kind) {
    case 'sku_not_in_tenant':
      return ['failed', [['notInTenant', { licence: licenceName(resolved.skuPartNumber) }]], ['changeMapping']];
    case 'sku_suspended':
      return ['failed', [['suspended', { licence: licenceName(resolved.skuPartNumber) }]], ['renew']];
    case 'makes_no_mailbox':
      return ['failed', [['makesNoMailbox']], ['changeMapping']];
    case 'service_plan_unknown': {
      const { skuPartNumber, servicePlanId: plan } = resolved;
      return ['failed', [['unknownPlan', { licence: licenceName(skuPartNumber), plan }]], ['correctPlans']];
    }
    case 'ok': {
      const free = resolved.licences.map(({ skuId, skuPartNumber }) => {
        const sku = skus.find((one) => one.skuId === skuId);
        return { licence: licenceName(skuPartNumber), n: sku ? freeSeats(sku) : 0 };
      });
      const told: Message = ['seatsFree', { seats: free.map((one): Clause => ['freeSeats', one]) }];
      return free.every(({ n }) => n > 0) ? ['ok', [told]] : ['warning', [told, ['peopleWait']], ['buySeats']];
    }
  }
}
