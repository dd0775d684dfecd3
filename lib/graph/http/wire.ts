/** The shapes of Graph's responses, parsed on arrival. Only what the engine needs is named; the rest is dropped. */
import { z } from 'zod';
import { type Account, type AssignedLicence, SWITCHED_OFF } from '#lib/domain/account.ts';
import type { SubscribedSku } from '#lib/domain/licences/mapping.ts';
import type { GraphFault } from './errors.ts';

/** Ids of licences and plans are compared, and services write them in either case. */
const guid = z.string().toLowerCase();

/** Numbers and truth are told as text too, by gateways that rewrite JSON. */
const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d{1,9}$/)
    .transform(Number),
]);
const truth = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]);

export const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? []);

/** The user properties that the engine needs; most are not in Graph's default set, so all are named. */
export const USER_SELECT = [
  'id',
  'userPrincipalName',
  'onPremisesUserPrincipalName',
  'displayName',
  'accountEnabled',
  'userType',
  'usageLocation',
  'mail',
  'proxyAddresses',
  'onPremisesSyncEnabled',
  'assignedLicenses',
  'licenseAssignmentStates',
  'assignedPlans',
  'provisionedPlans',
  'onPremisesProvisioningErrors',
  'serviceProvisioningErrors',
].join(',');

const userSchema = z.object({
  id: z.string(),
  userPrincipalName: z.string(),
  onPremisesUserPrincipalName: z.string().nullish(),
  displayName: z.string().nullish(),
  accountEnabled: truth.nullish(),
  userType: z.string().nullish(),
  usageLocation: z.string().nullish(),
  mail: z.string().nullish(),
  proxyAddresses: listOf(z.string()),
  onPremisesSyncEnabled: truth.nullish(),
  assignedLicenses: listOf(z.object({ skuId: guid, disabledPlans: listOf(guid) })),
  licenseAssignmentStates: listOf(
    z.object({
      skuId: guid,
      disabledPlans: listOf(guid),
      assignedByGroup: z.string().nullish(),
      state: z.string().nullish(),
      error: z.string().nullish(),
    }),
  ),
  assignedPlans: listOf(z.object({ servicePlanId: guid.nullish(), capabilityStatus: z.string().nullish() })),
  provisionedPlans: z
    .array(z.object({ service: z.string().nullish(), provisioningStatus: z.string().nullish() }))
    .nullish(),
  onPremisesProvisioningErrors: listOf(
    z.object({
      category: z.string().nullish(),
      propertyCausingError: z.string().nullish(),
      value: z.string().nullish(),
    }),
  ),
  serviceProvisioningErrors: listOf(
    z.object({
      isResolved: truth.nullish(),
      serviceInstance: z.string().nullish(),
      errorDetail: z.string().nullish(),
    }),
  ),
});

const userPageSchema = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().nullish() });

const namedSchema = z.object({
  id: z.string().optional().catch(undefined),
  userPrincipalName: z.string().optional().catch(undefined),
  onPremisesUserPrincipalName: z.string().optional().catch(undefined),
});

export interface UserPage {
  /** Each once, however often the page names it. */
  accounts: Account[];
  /** What can be told of users of whom no more can be read. */
  unreadable: z.infer<typeof namedSchema>[];
  /** Where the next page is; null: there is none. */
  next: string | null;
}

function eachOnce(accounts: readonly Account[]): Account[] {
  return [...new Map(accounts.map((account) => [account.id.toLowerCase(), account])).values()];
}

/** A page of users, each read by itself: one that is garbled says nothing about the others. Null: it is no page. */
export function readUserPage(body: unknown): UserPage | null {
  const page = userPageSchema.safeParse(body);
  if (!page.success) return null;
  const read = page.data.value.map((user) => ({ user, parsed: userSchema.safeParse(user) }));
  const accounts = read.flatMap(({ parsed }) => (parsed.success ? toAccount(parsed.data) : []));
  return {
    accounts: eachOnce(accounts),
    unreadable: read.flatMap(({ user, parsed }) => (parsed.success ? [] : (namedSchema.safeParse(user).data ?? {}))),
    next: page.data['@odata.nextLink'] ?? null,
  };
}

/** The users of one page and of the one after it, as one. */
export function joinPages(first: UserPage, second: UserPage): UserPage {
  const accounts = [...first.accounts, ...second.accounts];
  return {
    accounts: eachOnce(accounts),
    unreadable: [...first.unreadable, ...second.unreadable],
    next: second.next,
  };
}

export const deletedUsersSchema = z.object({
  value: z.array(z.object({ id: z.string(), deletedDateTime: z.string().nullish() })),
});

const skuSchema = z.object({
  skuId: guid,
  skuPartNumber: z.string(),
  capabilityStatus: z.string().nullish(),
  consumedUnits: number.nullish(),
  prepaidUnits: z.object({ enabled: number.nullish(), warning: number.nullish() }).nullish(),
  servicePlans: listOf(z.object({ servicePlanId: guid, servicePlanName: z.string().nullish() })),
});

/** A licence that cannot be read is left out, and does not hide the others; where none can be read, it is no answer. */
export const subscribedSkusSchema = z.object({
  value: z.array(z.unknown()).transform((value, context) => {
    const skus = value.flatMap((sku) => skuSchema.safeParse(sku).data ?? []);
    if (skus.length === 0 && value.length > 0) context.addIssue('no licence can be read');
    return skus;
  }),
  '@odata.nextLink': z.string().nullish(),
});

export const organizationSchema = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      displayName: z.string().nullish(),
      verifiedDomains: listOf(z.object({ name: z.string().nullish() })),
    }),
  ),
});

/** Whatever else answers with 200, an empty object or a list for example, is no mailbox: Graph names what it gives. */
export const mailboxSettingsSchema = z
  .object({
    userPurpose: z.string().nullish(),
    '@odata.context': z.string().optional(),
    value: z.undefined().optional(),
  })
  .refine((settings) => settings.userPurpose != null || settings['@odata.context'] !== undefined);

const responseSchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  status: number.pipe(z.int()),
  headers: z.record(z.string(), z.unknown()).nullish().catch(null),
  body: z.unknown().optional(),
});

/** One response that cannot be read says nothing about the others: it is left out, as if it were missing. */
export const batchAnswerSchema = z.object({
  responses: z.array(z.unknown()).transform((all) => all.flatMap((one) => responseSchema.safeParse(one).data ?? [])),
});

const errorSchema = z.object({ error: z.object({ code: z.string().nullish(), message: z.string().nullish() }) });

/** True for an error body. */
export function isFault(body: unknown): boolean {
  return errorSchema.safeParse(body).success;
}

/** Code and message of an error body; empty for a body of another shape. */
export function faultOf(status: number, body: unknown): GraphFault {
  const parsed = errorSchema.safeParse(body);
  return {
    status,
    code: parsed.data?.error.code ?? '',
    message: parsed.data?.error.message ?? '',
  };
}

type WireUser = z.infer<typeof userSchema>;

/**
 * Why a licence does not work; null: it works. `ActiveWithError`: it works, and a later change of it failed. `Disabled`: Microsoft does not say
 * what that means, but not that it works (graph-facts §3).
 */
export function licenceErrorOf({ state, error }: Pick<WireUser['licenseAssignmentStates'][number], 'state' | 'error'>) {
  if (state === 'ActiveWithError') return null;
  if (error && error !== 'None') return error;
  if (state === 'Disabled') return SWITCHED_OFF;
  return state === 'Error' ? 'Other' : null;
}

function assignedLicences(user: WireUser): AssignedLicence[] {
  const licences = new Map<string, AssignedLicence>();
  for (const state of user.licenseAssignmentStates) {
    const source = state.assignedByGroup ? 'group' : 'direct';
    const known = licences.get(state.skuId);
    const error = licenceErrorOf(state);
    // Assigned twice, directly and through a group: one working assignment is enough.
    // The plans of two working assignments add up.
    const bothOff = state.disabledPlans.filter((plan) => known?.disabledPlans.includes(plan));
    const disabledPlans =
      known && known.error === null ? (error === null ? bothOff : known.disabledPlans) : state.disabledPlans;
    licences.set(state.skuId, {
      skuId: state.skuId,
      source: known && known.source !== source ? 'both' : source,
      groupId: known?.groupId ?? state.assignedByGroup ?? null,
      disabledPlans,
      error: known && known.error === null ? null : error,
    });
  }
  for (const { skuId, disabledPlans } of user.assignedLicenses)
    if (!licences.has(skuId))
      licences.set(skuId, { skuId, source: 'direct', groupId: null, disabledPlans, error: null });
  return [...licences.values()];
}

/** What Exchange says in an `errorDetail`, without its XML. */
export function sentenceOf(errorDetail: string | null | undefined): string {
  return (errorDetail ?? '')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Graph's user reduced to the facts the engine decides by. */
function toAccount(user: WireUser): Account {
  return {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    onPremisesUserPrincipalName: user.onPremisesUserPrincipalName || null,
    displayName: user.displayName ?? '',
    // Graph leaves the property out only where it was not requested; absent is not "disabled".
    accountEnabled: user.accountEnabled ?? true,
    isGuest: user.userType?.toLowerCase() === 'guest',
    usageLocation: user.usageLocation || null,
    mail: user.mail || null,
    proxyAddresses: user.proxyAddresses,
    isSynchronised: user.onPremisesSyncEnabled === true,
    licences: assignedLicences(user),
    enabledPlanIds: user.assignedPlans
      .filter((plan) => /^(Enabled|Warning)$/.test(plan.capabilityStatus ?? '') && plan.servicePlanId)
      .map((plan) => plan.servicePlanId ?? ''),
    // A service that says nothing of provisioned plans leaves only the mailbox to be asked.
    exchangeProvisioned:
      user.provisionedPlans?.some(
        ({ service, provisioningStatus }) => /^exchange$/i.test(service ?? '') && provisioningStatus === 'Success',
      ) ?? true,
    synchronisationErrors: user.onPremisesProvisioningErrors.map((error) => ({
      category: error.category ?? '',
      property: error.propertyCausingError ?? '',
      value: error.value ?? '',
    })),
    exchangeErrors: user.serviceProvisioningErrors
      .filter((error) => !error.isResolved && /exchange/i.test(error.serviceInstance ?? ''))
      .map(({ errorDetail }) => sentenceOf(errorDetail)),
  };
}

export function toSubscribedSkus(answer: z.infer<typeof subscribedSkusSchema>): SubscribedSku[] {
  return answer.value.map((sku) => ({
    skuId: sku.skuId,
    skuPartNumber: sku.skuPartNumber,
    capabilityStatus: sku.capabilityStatus ?? 'Enabled',
    enabledUnits: sku.prepaidUnits?.enabled ?? 0,
    warningUnits: sku.prepaidUnits?.warning ?? 0,
    consumedUnits: sku.consumedUnits ?? 0,
    servicePlans: sku.servicePlans.map((plan) => ({
      servicePlanId: plan.servicePlanId,
      servicePlanName: plan.servicePlanName ?? plan.servicePlanId,
    })),
  }));
}
