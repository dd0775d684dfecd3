/** What the demo tenant knows about one person, and how a seed describes it. */
import { createHash } from 'node:crypto';
import { z } from 'zod';

const licenceSchema = z.strictObject({
  skuId: z.string(),
  disabledPlans: z.array(z.string()).default([]),
  /** The group it came from; null: assigned directly. */
  byGroup: z.string().nullable().default(null),
  /** A `licenseAssignmentState.error`, or `Disabled` for the state of this name; null where the licence works. Only a working one takes a seat. */
  error: z.string().nullable().default(null),
  at: z.number().default(0),
});

export type DemoLicence = z.infer<typeof licenceSchema>;

/**
 * `cloud`: created after a licence. `stuck`: created once Exchange Online is asked again. `until_reassigned`: created once the licence was taken off and put on again. `never`: Exchange Online creates none. `on_premises`: on-premises, and silent for ever;
 * `on_premises_certain`: on-premises, and Graph says so. `denied`: the app may not look at it.
 */
const mailboxSchema = z.enum([
  'cloud',
  'stuck',
  'until_reassigned',
  'never',
  'on_premises',
  'on_premises_certain',
  'denied',
]);

/** The result of a licence. The first three refuse the request, `restricted` every change, `mastered_location` that of a usage location; with `group_fails` processing a group’s licence again does not help; with the others it is accepted and then in error. */
const refusalSchema = z.enum([
  'conflict',
  'dependency',
  'other_language',
  'restricted',
  'prohibited_location',
  'proxy_conflict',
  'no_seat_taken',
  'mastered_location',
  'group_fails',
]);

export const demoUserSchema = z.strictObject({
  id: z.string(),
  userPrincipalName: z.string(),
  /** The name in Active Directory where it differs, for example because its domain is not verified here, or the name is taken. */
  onPremisesUserPrincipalName: z.string().nullable().default(null),
  displayName: z.string(),
  employeeType: z.string().nullable(),
  department: z.string().nullable(),
  /** When the account becomes visible, ms since 1970; 0: from the beginning. */
  synchronisesAt: z.number(),
  accountEnabled: z.boolean(),
  userType: z.enum(['Member', 'Guest']),
  usageLocation: z.string().nullable(),
  onPremisesSyncEnabled: z.boolean().nullable(),
  mail: z.string().nullable(),
  proxyAddresses: z.array(z.string()),
  licences: z.array(licenceSchema),
  mailbox: mailboxSchema,
  /** What the mailbox is for, once it is open (Graph's `userPurpose`). */
  purpose: z.enum(['user', 'shared', 'room', 'equipment']).default('user'),
  /** From the licence to an open mailbox. */
  mailboxOpensAfterMs: z.number(),
  /** When it opened or will open, ms since 1970; null: not being created. */
  mailboxOpensAt: z.number().nullable(),
  refusal: refusalSchema.nullable(),
  /** An address that another account already has, as directory synchronisation reported it. */
  conflictingAddress: z.string().nullable(),
  /** When the account was deleted, ms since 1970; it can be restored for 30 days. */
  deletedAt: z.number().nullable().default(null),
  /** Licensing sees a new usage location of this account so much later than that of others. */
  locationLagMs: z.number().default(0),
  /** What happens to the account by itself: it is renamed `to` this name or, with null, deleted. */
  later: z.strictObject({ at: z.number(), to: z.string().nullable() }).nullable().default(null),
  /** The first day at work, ms since 1970 (`employeeHireDate`). */
  hireAt: z.number().nullable().default(null),
  /** What Exchange reports once the account is licensed. */
  exchangeError: z.string().nullable(),
});

export type DemoUser = z.infer<typeof demoUserSchema>;

export const userSeedSchema = demoUserSchema
  .omit({ synchronisesAt: true, mailboxOpensAt: true, later: true })
  .partial()
  .extend({
    userPrincipalName: z.string(),
    /** Visible this long after the seed is loaded. */
    synchronisesAfterMs: z.number().optional(),
    mailboxIsOpen: z.boolean().optional(),
    /** This long after the seed is loaded. */
    later: z.strictObject({ afterMs: z.number(), to: z.string().nullable() }).optional(),
  });

/** An id in the form of a GUID, always the same for the same text. */
export function guidOf(text: string): string {
  const hex = createHash('sha256').update(text.toLowerCase()).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function ordinary(userPrincipalName: string): DemoUser {
  return {
    id: guidOf(userPrincipalName),
    userPrincipalName,
    onPremisesUserPrincipalName: null,
    displayName: userPrincipalName.split('@')[0] ?? userPrincipalName,
    employeeType: null,
    department: null,
    synchronisesAt: 0,
    accountEnabled: true,
    userType: 'Member',
    usageLocation: null,
    onPremisesSyncEnabled: true,
    mail: null,
    proxyAddresses: [],
    licences: [],
    mailbox: 'cloud',
    purpose: 'user',
    mailboxOpensAfterMs: 60_000,
    mailboxOpensAt: null,
    refusal: null,
    conflictingAddress: null,
    deletedAt: null,
    locationLagMs: 0,
    later: null,
    hireAt: null,
    exchangeError: null,
  };
}

/** The person a seed describes; `before` is the person it changes, null for a new one. */
export function growUser(seed: z.input<typeof userSeedSchema>, before: DemoUser | null, now: number): DemoUser {
  const { synchronisesAfterMs, mailboxIsOpen, later, ...given } = userSeedSchema.parse(seed);
  const base = before ?? ordinary(given.userPrincipalName);
  return {
    ...base,
    ...given,
    synchronisesAt: synchronisesAfterMs === undefined ? base.synchronisesAt : now + synchronisesAfterMs,
    later: later === undefined ? base.later : { at: now + later.afterMs, to: later.to },
    mailboxOpensAt: mailboxIsOpen === undefined ? base.mailboxOpensAt : mailboxIsOpen ? now : null,
  };
}
