/** Checks of what we can see and do in Microsoft 365. */

import {
  freeSeats,
  licenceName,
  type Mapping,
  makesMailbox,
  resolveMapping,
  type SubscribedSku,
} from '#lib/domain/licences/mapping.ts';
import {
  type AppIdentity,
  type CheckResult,
  type CheckStatus,
  checkResult,
  evaluatePermission,
  type PermissionEvidence,
  REQUIRED_PERMISSIONS,
  type RequiredPermission,
} from '#lib/domain/setup-checks.ts';
import type { Inspection, Probe } from '#lib/graph/inspect.ts';

const NOT_SIGNED_IN = 'Not tested: the sign-in failed.';

/** The results where sign-in to Graph failed and nothing else could be tested. */
export function findingsWithoutSignIn(message: string, sendsThroughGraph: boolean): CheckResult[] {
  const needs: RequiredPermission[] = Object.values(REQUIRED_PERMISSIONS).filter(
    ({ code }) => code !== 'send_mail' || sendsThroughGraph,
  );
  return [
    checkResult('sign_in', 'Sign in to Microsoft Graph', [
      'failed',
      message,
      'Compare AZURE_TENANT_ID, AZURE_CLIENT_ID and the secret or certificate with the app registration (Microsoft Entra admin centre → App registrations → the app → Overview, and Certificates & secrets), correct them and restart the server.',
    ]),
    checkResult('organisation', 'Organisation', ['skipped', NOT_SIGNED_IN]),
    ...needs.map(({ code, title }) => checkResult(code, title, ['skipped', NOT_SIGNED_IN])),
    checkResult('licences', 'Licences', ['skipped', NOT_SIGNED_IN]),
  ];
}

/** `nothing_there` proves the permission as well: Graph says so only to those who may ask. */
function evidenceOf(probe: Probe | null): PermissionEvidence {
  if (probe?.kind === 'answered' || probe?.kind === 'nothing_there') return { kind: 'works' };
  return probe?.kind === 'refused' ? probe : null;
}

/** Only the name in reports depends on this, and not every sufficient set of permissions covers it. */
function checkOrganisation(organisation: Probe, tenantName: string | null): [CheckStatus, string] {
  switch (organisation.kind) {
    case 'answered':
      return ['ok', `This is ${tenantName ?? 'your organisation'}.`];
    case 'refused':
      return ['skipped', 'These permissions do not allow reading its name. Nothing else depends on it.'];
    default:
      return ['warning', `Microsoft Graph could not give its name: ${organisation.why}.`];
  }
}

/** Sign-in and organisation. */
export function connectFindings({ tenantName, organisation, roles }: Inspection): CheckResult[] {
  const permissions =
    roles === null ? '' : ` The token lists ${roles.length === 1 ? '1 permission' : `${roles.length} permissions`}.`;
  return [
    checkResult('sign_in', 'Sign in to Microsoft Graph', ['ok', `Signed in.${permissions}`]),
    checkResult('organisation', 'Organisation', checkOrganisation(organisation, tenantName)),
  ];
}

/** One result for each thing that cycles do in Graph. */
export function permissionFindings(
  inspection: Inspection,
  identity: AppIdentity,
  sendsThroughGraph: boolean,
): CheckResult[] {
  const { roles, users, licences, mailbox } = inspection;
  const evaluate = (permission: RequiredPermission, evidence: PermissionEvidence) =>
    evaluatePermission(permission, roles, evidence, identity);
  return [
    evaluate(REQUIRED_PERMISSIONS.users, evidenceOf(users)),
    evaluate(REQUIRED_PERMISSIONS.assign, null),
    evaluate(REQUIRED_PERMISSIONS.location, null),
    evaluate(REQUIRED_PERMISSIONS.licences, evidenceOf(licences)),
    evaluate(REQUIRED_PERMISSIONS.mailbox, evidenceOf(mailbox)),
    sendsThroughGraph
      ? evaluate(REQUIRED_PERMISSIONS.mail, null)
      : checkResult('send_mail', REQUIRED_PERMISSIONS.mail.title, [
          'skipped',
          'Not needed: reports go through your own mail server.',
        ]),
  ];
}

/** The tenant's licences, and every mapping in force checked against them. */
export function licenceFindings({ skus, licences }: Inspection, mappings: readonly Mapping[]): CheckResult[] {
  if (skus === null) {
    const why = licences.kind === 'answered' ? 'the response was unreadable' : licences.why;
    return [
      checkResult('licences', 'Licences', [
        'failed',
        `The licences of the tenant cannot be read: ${why}.`,
        licences.kind === 'refused'
          ? 'Grant LicenseAssignment.Read.All: the Permissions step says how.'
          : 'Test again in a moment.',
      ]),
    ];
  }
  const withMailbox = skus.filter((sku) => makesMailbox(sku)).length;
  const count = skus.length === 1 ? '1 licence' : `${skus.length} licences`;
  return [
    withMailbox > 0
      ? checkResult('licences', 'Licences', ['ok', `The tenant has ${count}, ${withMailbox} of them with a mailbox.`])
      : checkResult('licences', 'Licences', [
          'failed',
          `The tenant has ${count}, and none includes a mailbox.`,
          'Buy a licence with Exchange Online: Microsoft 365 admin centre → Billing → Purchase services.',
        ]),
    ...(mappings.length === 0
      ? [
          checkResult('mapping', 'Mappings', [
            'warning',
            'There is no mapping, so nobody can be licensed.',
            'Create one on the Mappings page.',
          ]),
        ]
      : mappings.map((mapping) =>
          checkResult('mapping', `EmployeeType ${mapping.employeeType}`, checkMapping(mapping, skus)),
        )),
  ];
}

const CHANGE_MAPPING = 'Change the mapping on the Mappings page, or buy the licence.';

function checkMapping(mapping: Mapping, skus: readonly SubscribedSku[]): [CheckStatus, string, string?] {
  const resolved = resolveMapping(mapping, skus);
  switch (resolved.kind) {
    case 'sku_not_in_tenant':
      return [
        'failed',
        `It asks for ${licenceName(resolved.skuPartNumber)}, which this tenant does not have.`,
        CHANGE_MAPPING,
      ];
    case 'sku_suspended':
      return [
        'failed',
        `${licenceName(resolved.skuPartNumber)} is suspended, so it cannot be assigned.`,
        'Renew the subscription, or change the mapping.',
      ];
    case 'makes_no_mailbox':
      return ['failed', 'It includes no mailbox: none of its Exchange Online plans is turned on.', CHANGE_MAPPING];
    case 'service_plan_unknown':
      return [
        'failed',
        `It turns off a service plan that ${licenceName(resolved.skuPartNumber)} does not have (${resolved.servicePlanId}).`,
        'Correct the service plans on the Mappings page.',
      ];
    case 'ok': {
      const seats = resolved.licences.map(({ skuId, skuPartNumber }) => {
        const sku = skus.find((one) => one.skuId === skuId);
        return { name: licenceName(skuPartNumber), free: sku ? freeSeats(sku) : 0 };
      });
      const text = seats.map(({ name, free }) => `${name}: ${free} ${free === 1 ? 'seat' : 'seats'} free`).join('; ');
      return seats.every(({ free }) => free > 0)
        ? ['ok', `${text}.`]
        : [
            'warning',
            `${text}. People wait until a seat becomes free.`,
            'Buy more seats in the Microsoft 365 admin centre, or free some.',
          ];
    }
  }
}
