/** Checks of what Microsoft 365 lets us see and do. */

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
  finding,
  judgePermission,
  NEEDS,
  type Need,
  type Shown,
} from '#lib/domain/setup-checks.ts';
import type { Inspection, Probe } from '#lib/graph/inspect.ts';

const NOT_SIGNED_IN = 'Not tested: the sign-in failed.';

/** What is said where sign-in to Graph failed: nothing else could be asked. */
export function findingsWithoutSignIn(message: string, sendsThroughGraph: boolean): CheckResult[] {
  const needs: Need[] = Object.values(NEEDS).filter(({ code }) => code !== 'send_mail' || sendsThroughGraph);
  return [
    finding('sign_in', 'Sign in to Microsoft Graph', [
      'failed',
      message,
      'Compare AZURE_TENANT_ID, AZURE_CLIENT_ID and the secret or certificate with the app registration (Microsoft Entra admin centre → App registrations → the app → Overview, and Certificates & secrets), correct them and restart the server.',
    ]),
    finding('organisation', 'Organisation', ['skipped', NOT_SIGNED_IN]),
    ...needs.map(({ code, title }) => finding(code, title, ['skipped', NOT_SIGNED_IN])),
    finding('licences', 'Licences', ['skipped', NOT_SIGNED_IN]),
  ];
}

/** `nothing_there` needs the permission as well: Graph says so only to those who may ask. */
function shownBy(probe: Probe | null): Shown {
  if (probe?.kind === 'answered' || probe?.kind === 'nothing_there') return { kind: 'works' };
  return probe?.kind === 'refused' ? probe : null;
}

/** Only the name in reports depends on it, and not every sufficient set of permissions covers it. */
function judgeOrganisation(organisation: Probe, tenantName: string | null): [CheckStatus, string] {
  switch (organisation.kind) {
    case 'answered':
      return ['ok', `This is ${tenantName ?? 'your organisation'}.`];
    case 'refused':
      return ['skipped', 'Its name may not be read with these permissions. Nothing else depends on it.'];
    default:
      return ['warning', `Microsoft Graph could not say its name: ${organisation.why}.`];
  }
}

/** Sign-in and organisation. */
export function connectFindings({ tenantName, organisation, roles }: Inspection): CheckResult[] {
  const permissions =
    roles === null ? '' : ` The token names ${roles.length === 1 ? '1 permission' : `${roles.length} permissions`}.`;
  return [
    finding('sign_in', 'Sign in to Microsoft Graph', ['ok', `Signed in.${permissions}`]),
    finding('organisation', 'Organisation', judgeOrganisation(organisation, tenantName)),
  ];
}

/** One finding for each thing that cycles do in Graph. */
export function permissionFindings(
  inspection: Inspection,
  identity: AppIdentity,
  sendsThroughGraph: boolean,
): CheckResult[] {
  const { roles, users, licences, mailbox } = inspection;
  const judge = (need: Need, shown: Shown) => judgePermission(need, roles, shown, identity);
  return [
    judge(NEEDS.users, shownBy(users)),
    judge(NEEDS.assign, null),
    judge(NEEDS.location, null),
    judge(NEEDS.licences, shownBy(licences)),
    judge(NEEDS.mailbox, shownBy(mailbox)),
    sendsThroughGraph
      ? judge(NEEDS.mail, null)
      : finding('send_mail', NEEDS.mail.title, [
          'skipped',
          'Not needed: reports go through a mail server of your own.',
        ]),
  ];
}

/** The tenant's licences, and every mapping in force held against them. */
export function licenceFindings({ skus, licences }: Inspection, mappings: readonly Mapping[]): CheckResult[] {
  if (skus === null) {
    const why = licences.kind === 'answered' ? 'the answer was not readable' : licences.why;
    return [
      finding('licences', 'Licences', [
        'failed',
        `The licences of the tenant cannot be read: ${why}.`,
        licences.kind === 'refused'
          ? 'Grant LicenseAssignment.Read.All: the step Permissions says how.'
          : 'Test again in a moment.',
      ]),
    ];
  }
  const withMailbox = skus.filter((sku) => makesMailbox(sku)).length;
  const count = skus.length === 1 ? '1 licence' : `${skus.length} licences`;
  return [
    withMailbox > 0
      ? finding('licences', 'Licences', ['ok', `The tenant has ${count}, ${withMailbox} of them with a mailbox.`])
      : finding('licences', 'Licences', [
          'failed',
          `The tenant has ${count}, and none makes a mailbox.`,
          'Buy a licence with Exchange Online: Microsoft 365 admin centre → Billing → Purchase services.',
        ]),
    ...(mappings.length === 0
      ? [
          finding('mapping', 'Mappings', [
            'warning',
            'There is no mapping, so nobody can be licensed.',
            'Create one on the page Mappings.',
          ]),
        ]
      : mappings.map((mapping) =>
          finding('mapping', `EmployeeType ${mapping.employeeType}`, judgeMapping(mapping, skus)),
        )),
  ];
}

const CHANGE_MAPPING = 'Change the mapping on the page Mappings, or buy the licence.';

function judgeMapping(mapping: Mapping, skus: readonly SubscribedSku[]): [CheckStatus, string, string?] {
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
      return ['failed', 'It makes no mailbox: no Exchange Online plan in it is on.', CHANGE_MAPPING];
    case 'service_plan_unknown':
      return [
        'failed',
        `It turns off a service plan that ${licenceName(resolved.skuPartNumber)} does not have (${resolved.servicePlanId}).`,
        'Correct the service plans on the page Mappings.',
      ];
    case 'ok': {
      const seats = resolved.licences.map(({ skuId, skuPartNumber }) => {
        const sku = skus.find((one) => one.skuId === skuId);
        return { name: licenceName(skuPartNumber), free: sku ? freeSeats(sku) : 0 };
      });
      const words = seats.map(({ name, free }) => `${name}: ${free} ${free === 1 ? 'seat' : 'seats'} free`).join('; ');
      return seats.every(({ free }) => free > 0)
        ? ['ok', `${words}.`]
        : [
            'warning',
            `${words}. People wait until a seat is free.`,
            'Buy seats in the Microsoft 365 admin centre, or free some.',
          ];
    }
  }
}
