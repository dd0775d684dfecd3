/** Graph's answers to the questions of a diagnosis, parsed on arrival and reduced to what it decides by. */
import { z } from 'zod';
import type { DiagnosedAccount, ReadingValue } from '#lib/domain/diagnosis/facts.ts';
import { freeSeats, licenceName } from '#lib/domain/licences/mapping.ts';
import { MAILBOX_PLAN_IDS } from '#lib/domain/licences/service-plans.ts';
import { upnKey } from '#lib/domain/person.ts';
import {
  licenceErrorOf,
  listOf,
  sentenceOf,
  type subscribedSkusSchema,
  toSubscribedSkus,
} from '#lib/graph/http/wire.ts';

const text = z.string().nullish();

const namedSchema = z.object({ id: z.string(), userPrincipalName: z.string(), displayName: text });

const diagnosedUserSchema = namedSchema.extend({
  accountEnabled: z.boolean().nullish(),
  userType: text,
  usageLocation: text,
  employeeHireDate: text,
  mail: text,
  proxyAddresses: listOf(z.string()),
  onPremisesSyncEnabled: z.boolean().nullish(),
  licenseAssignmentStates: listOf(
    z.object({
      skuId: z.string(),
      disabledPlans: listOf(z.string()),
      assignedByGroup: text,
      error: text,
      state: text,
      lastUpdatedDateTime: text,
    }),
  ),
  assignedPlans: listOf(z.object({ servicePlanId: text, capabilityStatus: text, assignedDateTime: text })),
  provisionedPlans: listOf(z.object({ service: text, provisioningStatus: text })),
  onPremisesProvisioningErrors: listOf(
    z.object({ category: text, propertyCausingError: text, value: text, occurredDateTime: text }),
  ),
  serviceProvisioningErrors: listOf(
    z.object({ isResolved: z.boolean().nullish(), serviceInstance: text, errorDetail: text, createdDateTime: text }),
  ),
});
type DiagnosedUser = z.infer<typeof diagnosedUserSchema>;

export const diagnosedUsersSchema = z.object({ value: z.array(diagnosedUserSchema) });

/** What is asked of an account. */
export const DIAGNOSIS_SELECT = Object.keys(diagnosedUserSchema.shape).join(',');

export const namedUsersSchema = z.object({
  value: z.array(
    namedSchema.extend({
      mail: text,
      proxyAddresses: listOf(z.string()),
      deletedDateTime: text,
      onPremisesSyncEnabled: z.boolean().nullish(),
    }),
  ),
});

export const organisationSchema = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      onPremisesSyncEnabled: z.boolean().nullish(),
      onPremisesLastSyncDateTime: text,
      verifiedDomains: listOf(z.object({ name: text })),
    }),
  ),
});

export const healthSchema = z.object({ value: z.array(z.object({ id: text, service: text, status: text })) });

function msOf(value: string | null | undefined): number | null {
  const ms = Date.parse(value ?? '');
  return Number.isNaN(ms) ? null : ms;
}

/** SMTP addresses in lower case, each once. */
function addressesOf({ mail, proxyAddresses }: { mail?: string | null | undefined; proxyAddresses: string[] }) {
  const smtp = proxyAddresses.filter((one) => /^smtp:/i.test(one)).map((one) => one.slice('smtp:'.length));
  return [...new Set([mail ?? '', ...smtp].filter(Boolean).map((address) => address.toLowerCase()))];
}

export function toDiagnosedAccount(user: DiagnosedUser): DiagnosedAccount {
  return {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    displayName: user.displayName ?? '',
    accountEnabled: user.accountEnabled ?? true,
    isGuest: user.userType?.toLowerCase() === 'guest',
    isSynchronised: user.onPremisesSyncEnabled === true,
    usageLocation: user.usageLocation || null,
    addresses: addressesOf(user),
    hireAt: msOf(user.employeeHireDate),
    licences: user.licenseAssignmentStates.map((state) => ({
      skuId: state.skuId.toLowerCase(),
      groupId: state.assignedByGroup || null,
      error: licenceErrorOf(state),
      disabledPlans: state.disabledPlans.map((plan) => plan.toLowerCase()),
      at: msOf(state.lastUpdatedDateTime),
    })),
    assignedPlans: user.assignedPlans.map((plan) => ({
      servicePlanId: (plan.servicePlanId ?? '').toLowerCase(),
      status: plan.capabilityStatus ?? '',
      at: msOf(plan.assignedDateTime),
    })),
    exchangePlans: user.provisionedPlans
      .filter(({ service }) => service?.toLowerCase() === 'exchange')
      .map(({ provisioningStatus }) => ({ provisioningStatus: provisioningStatus ?? '' })),
    synchronisationErrors: user.onPremisesProvisioningErrors.map((error) => ({
      category: error.category ?? '',
      property: error.propertyCausingError ?? '',
      value: error.value ?? '',
      at: msOf(error.occurredDateTime),
    })),
    exchangeErrors: user.serviceProvisioningErrors
      .filter(({ isResolved, serviceInstance }) => !isResolved && /exchange/i.test(serviceInstance ?? ''))
      .map(({ errorDetail, createdDateTime }) => ({ text: sentenceOf(errorDetail), at: msOf(createdDateTime) })),
  };
}

/** Those who have one of these addresses, and which. */
export function toHolders(
  { value }: z.infer<typeof namedUsersSchema>,
  addresses: readonly string[],
): ReadingValue<'addressHolders'> {
  return value.flatMap((user) => {
    const address = addressesOf(user).find((one) => addresses.includes(one));
    return address === undefined ? [] : [{ ...named(user), address }];
  });
}

export function toDeleted({ value }: z.infer<typeof namedUsersSchema>): ReadingValue<'deleted'> {
  return value.map((user) => ({ ...named(user), deletedAt: msOf(user.deletedDateTime) }));
}

/** Those of this name. The filter finds longer ones that end alike as well: joann@… where ann@… was asked about. */
export function toDeletedOf(userPrincipalName: string) {
  return ({ value }: z.infer<typeof namedUsersSchema>): ReadingValue<'deleted'> => {
    const isIt = (user: { userPrincipalName: string }) =>
      upnKey(user.userPrincipalName.replace(/^[0-9a-f]{32}/i, '')) === upnKey(userPrincipalName);
    return toDeleted({ value: value.filter(isIt) });
  };
}

export function named({ id, userPrincipalName, displayName }: z.infer<typeof namedSchema>) {
  return { id, userPrincipalName, displayName: displayName || userPrincipalName };
}

export function toOrganisation({ value }: z.infer<typeof organisationSchema>): ReadingValue<'organisation'> {
  const [organisation] = value;
  return {
    id: organisation?.id ?? '',
    isSynchronised: organisation?.onPremisesSyncEnabled === true,
    lastSyncAt: msOf(organisation?.onPremisesLastSyncDateTime),
    verifiedDomains: (organisation?.verifiedDomains ?? []).flatMap(({ name }) => name?.toLowerCase() ?? []),
  };
}

export function toSkus(answer: z.infer<typeof subscribedSkusSchema>): ReadingValue<'skus'> {
  return toSubscribedSkus(answer).map((sku) => ({
    skuId: sku.skuId.toLowerCase(),
    partNumber: sku.skuPartNumber,
    name: licenceName(sku.skuPartNumber),
    isUsable: sku.capabilityStatus === 'Enabled' || sku.capabilityStatus === 'Warning',
    free: freeSeats(sku),
    mailboxPlanIds: sku.servicePlans.map(({ servicePlanId }) => servicePlanId).filter((id) => MAILBOX_PLAN_IDS.has(id)),
  }));
}

/** Null: Microsoft reports nothing about Exchange Online. */
export function toHealth({ value }: z.infer<typeof healthSchema>): ReadingValue<'health'> | null {
  const exchange = value.find(({ id, service }) => service === 'Exchange Online' || id === 'Exchange');
  return exchange ? { status: exchange.status ?? '' } : null;
}
