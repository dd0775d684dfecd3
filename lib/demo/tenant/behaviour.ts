/** How the demo tenant behaves: permissions, speed, budgets. Can be changed while it runs. */
import { z } from 'zod';
import { DEMO_DOMAIN } from './credentials.ts';

export const behaviourSchema = z.strictObject({
  /** Application permissions granted by an administrator; a change takes effect at once, also for existing tokens. */
  permissions: z.array(z.string()),
  /** Latency of a response. */
  latencyMs: z.strictObject({
    read: z.number().min(0),
    write: z.number().min(0),
    /** Added to that of the slowest request in the batch. */
    batch: z.number().min(0),
  }),
  /** Age of what reads, and licensing's view of the usage location, show. */
  replicationLagMs: z.number().min(0),
  /** Licensing sees a usage location this much later than reads do. */
  licensingLagMs: z.number().min(0),
  /** Domains whose ownership the organisation has proved: only they can stand behind the @ of an account. */
  verifiedDomains: z.array(z.string()).min(1),
  /** Budgets of one app in one tenant (graph-facts §1). */
  writesPer150s: z.number().int().positive(),
  /** Counts writes by a token bucket instead of a window: so many at once, then so many a second. Null: by the window. */
  writeBucket: z.strictObject({ size: z.number().int().positive(), perSecond: z.number().positive() }).nullable(),
  unitsPer10s: z.number().int().positive(),
  /** Divides the length of the budgets' windows; a bucket refills so many times faster. */
  timeScale: z.number().positive(),
  refuseParallelLicenceWrites: z.boolean(),
  /** How many licence writes at once are accepted where parallel ones are refused. */
  parallelLicenceWrites: z.number().int().positive(),
  /** Outer status of a batch with throttled requests: Microsoft documents 424, most tenants answer 200. */
  throttledBatchStatus: z.union([z.literal(200), z.literal(424)]),
  /** The status beside `MailboxNotEnabledForRESTAPI`: 404 in most tenants, 400 in some. */
  silentMailboxStatus: z.union([z.literal(404), z.literal(400)]),
  /** Exchange Online writes the address of an open mailbox to the account. */
  writesAddressesBack: z.boolean(),
  /** How much later than the mailbox itself the account shows it, by its address and its provisioned plans (graph-facts §4). */
  mailboxShowsAfterMs: z.number().min(0),
  /** The most users on a page, whatever `$top` asks for: Graph may give fewer, and a link to the rest. */
  mostUsersOnPage: z.number().int().positive(),
  tokenLifetimeS: z.number().int().positive(),
  /** Directory synchronisation has not run since, ms since 1970; null: it runs every half hour. */
  lastSyncAt: z.number().nullable(),
  /** What Microsoft reports of Exchange Online (`serviceHealth.status`). */
  exchangeHealth: z.string(),
});

export type Behaviour = z.infer<typeof behaviourSchema>;

/** A tenant without latency, with the documented budgets and the permissions that the README asks for. */
export const DEFAULT_BEHAVIOUR: Behaviour = {
  permissions: ['User.ReadWrite.All', 'LicenseAssignment.Read.All', 'MailboxSettings.Read', 'Mail.Send'],
  latencyMs: { read: 0, write: 0, batch: 0 },
  replicationLagMs: 0,
  licensingLagMs: 0,
  verifiedDomains: [DEMO_DOMAIN],
  writesPer150s: 3000,
  writeBucket: null,
  unitsPer10s: 8000,
  timeScale: 1,
  refuseParallelLicenceWrites: false,
  parallelLicenceWrites: 1,
  throttledBatchStatus: 200,
  silentMailboxStatus: 404,
  writesAddressesBack: true,
  mailboxShowsAfterMs: 0,
  mostUsersOnPage: 999,
  tokenLifetimeS: 3599,
  lastSyncAt: null,
  exchangeHealth: 'serviceOperational',
};
