/** What is read about an account to find out why it has no mailbox. Only what was really read can be cited. */
import { z } from 'zod';
import { type Saying, sayingText } from './sayings.ts';

/** A request to Graph, as Microsoft's support can trace it. */
const callSchema = z.object({
  call: z.string(),
  status: z.number().nullable(),
  code: z.string().nullable(),
  requestId: z.string().nullable(),
  clientRequestId: z.string(),
  at: z.number(),
});
export type Call = z.infer<typeof callSchema>;

const datedAt = z.number().nullable();

/** An account with everything that may say why it has no mailbox. Times in ms; null: not given. */
const diagnosedAccountSchema = z.object({
  id: z.string(),
  userPrincipalName: z.string(),
  displayName: z.string(),
  accountEnabled: z.boolean(),
  isGuest: z.boolean(),
  isSynchronised: z.boolean(),
  usageLocation: z.string().nullable(),
  /** `mail` and the SMTP addresses of `proxyAddresses`, in lower case and without prefix. */
  addresses: z.array(z.string()),
  hireAt: datedAt,
  licences: z.array(
    z.object({
      skuId: z.string(),
      groupId: z.string().nullable(),
      error: z.string().nullable(),
      disabledPlans: z.array(z.string()),
      at: datedAt,
    }),
  ),
  assignedPlans: z.array(z.object({ servicePlanId: z.string(), status: z.string(), at: datedAt })),
  /** Of the service “exchange” only. */
  exchangePlans: z.array(z.object({ provisioningStatus: z.string() })),
  synchronisationErrors: z.array(
    z.object({ category: z.string(), property: z.string(), value: z.string(), at: datedAt }),
  ),
  exchangeErrors: z.array(z.object({ text: z.string(), at: datedAt })),
});
export type DiagnosedAccount = z.infer<typeof diagnosedAccountSchema>;

/** Another account that is called so, or has the address. */
const otherAccountSchema = z.object({ id: z.string(), userPrincipalName: z.string(), displayName: z.string() });

const skuSchema = z.object({
  skuId: z.string(),
  partNumber: z.string(),
  name: z.string(),
  isUsable: z.boolean(),
  free: z.number(),
  mailboxPlanIds: z.array(z.string()),
});

/** What each reading finds. Null: Microsoft 365 answered that there is none. */
const VALUES = {
  account: diagnosedAccountSchema.nullable(),
  /** Accounts that have the name in Active Directory, and are called otherwise in Microsoft 365. */
  namesakes: z.array(otherAccountSchema),
  addressHolders: z.array(otherAccountSchema.extend({ address: z.string() })),
  deleted: z.array(otherAccountSchema.extend({ deletedAt: datedAt })),
  organisation: z.object({
    id: z.string(),
    isSynchronised: z.boolean(),
    lastSyncAt: datedAt,
    verifiedDomains: z.array(z.string()),
  }),
  skus: z.array(skuSchema),
  mailbox: z.object({ kind: z.enum(['answers', 'silent', 'on_premises']), code: z.string() }),
  /** What Microsoft reports of Exchange Online (`serviceHealth.status`). */
  health: z.object({ status: z.string() }),
  /** What we know of the person ourselves; null: no file named it. */
  record: z
    .object({
      state: z.string(),
      reason: z.string(),
      /** The account that an earlier check found; null: none. */
      accountId: z.string().nullable().default(null),
      startDate: z.string().nullable(),
      licensedAt: datedAt,
      /** Part numbers that the mapping asks for. */
      wantedSkus: z.array(z.string()),
      provisioningRetriedAt: datedAt,
      licencesReprocessedAt: datedAt,
    })
    .nullable(),
};

export type ReadingName = keyof typeof VALUES;
export type ReadingValue<Name extends ReadingName> = z.infer<(typeof VALUES)[Name]>;

export interface Read<Name extends ReadingName = ReadingName> {
  kind: 'read';
  name: Name;
  value: ReadingValue<Name>;
  /** Empty: from our own database. */
  calls: Call[];
}

/** Not asked, refused or not answered: that is neither a yes nor a no. */
export interface NotRead {
  kind: 'not_read';
  why: string;
  calls: Call[];
}

export type Reading<Name extends ReadingName> = Read<Name> | NotRead;

export type Facts = { [Name in ReadingName]: Reading<Name> } & {
  /** The name that was asked about. */
  userPrincipalName: string;
  /** When it was read, in ms. */
  at: number;
};

const notReadSchema = z.object({ kind: z.literal('not_read'), why: z.string(), calls: z.array(callSchema) });

function readingSchema<Name extends ReadingName>(name: Name) {
  return z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('read'), name: z.literal(name), value: VALUES[name], calls: z.array(callSchema) }),
    notReadSchema,
  ]);
}

/** As they are stored. */
export const factsSchema = z.object({
  userPrincipalName: z.string(),
  at: z.number(),
  account: readingSchema('account'),
  namesakes: readingSchema('namesakes'),
  addressHolders: readingSchema('addressHolders'),
  deleted: readingSchema('deleted'),
  organisation: readingSchema('organisation'),
  skus: readingSchema('skus'),
  mailbox: readingSchema('mailbox'),
  health: readingSchema('health'),
  record: readingSchema('record'),
});

/** The facts in each reading, in Microsoft's own words. */
const FACT_NAMES = {
  account: [
    'userPrincipalName',
    'accountEnabled',
    'userType',
    'usageLocation',
    'employeeHireDate',
    'onPremisesSyncEnabled',
    'proxyAddresses',
    'licenseAssignmentStates',
    'assignedPlans',
    'provisionedPlans',
    'onPremisesProvisioningErrors',
    'serviceProvisioningErrors',
  ],
  namesakes: ['onPremisesUserPrincipalName'],
  addressHolders: ['proxyAddresses'],
  deleted: ['deletedItems'],
  organisation: ['onPremisesSyncEnabled', 'onPremisesLastSyncDateTime', 'verifiedDomains'],
  skus: ['subscribedSkus'],
  mailbox: ['mailboxSettings'],
  health: ['healthOverviews'],
  record: ['state', 'startDate', 'mapping'],
} as const satisfies Record<ReadingName, readonly string[]>;

export type FactName<Name extends ReadingName> = (typeof FACT_NAMES)[Name][number];

/** A fact that was read, by its name, and what it says: in English, and as it is said in any language. Made only by `cite`. */
export class Evidence {
  readonly #reading: Read;
  readonly fact: string;
  readonly says: string;
  readonly saying: Saying;

  constructor(reading: Read, fact: string, saying: Saying) {
    this.#reading = reading;
    this.fact = fact;
    this.says = sayingText(saying);
    this.saying = saying;
  }

  /** The requests that gave it; empty: from our own records. */
  get calls(): readonly Call[] {
    return this.#reading.calls;
  }
}

export function cite<Name extends ReadingName>(
  reading: Read<Name>,
  fact: FactName<NoInfer<Name>>,
  ...saying: Saying
): Evidence {
  return new Evidence(reading as Read, fact, saying);
}
