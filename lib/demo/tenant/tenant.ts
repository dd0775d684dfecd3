/** The demo tenant's state: people, licences, mailboxes and a ledger of every write. Knows nothing of HTTP; the clock is passed in. */
import { z } from 'zod';
import { Throttle } from '#lib/demo/api/throttle.ts';
import { MAILBOX_PLAN_IDS } from '#lib/domain/licences/service-plans.ts';
import { type Behaviour, DEFAULT_BEHAVIOUR } from './behaviour.ts';
import { Faults } from './faults.ts';
import { type Random, seededRandom } from './random.ts';
import { type DemoSku, demoSkuSchema, prepaidUnits } from './skus.ts';
import { type DemoLicence, type DemoUser, demoUserSchema, growUser, type userSeedSchema } from './users.ts';

/** The current time, in ms since 1970. */
export interface Clock {
  now(): number;
}

/** A person to add or change: omitted properties are ordinary, or stay as they are. */
export type UserSeed = z.input<typeof userSeedSchema>;

export interface Seed {
  users: UserSeed[];
  skus: DemoSku[];
  behaviour?: Partial<Behaviour>;
  /** Start of the random generator: order inside batches, dice of faults. */
  randomSeed?: number;
}

const ledgerEntrySchema = z.strictObject({
  at: z.number(),
  kind: z.enum(['usage_location', 'licence', 'licence_removal', 'mail', 'nudge', 'reprocess']),
  userId: z.string(),
  userPrincipalName: z.string(),
  skuIds: z.array(z.string()),
  /** False where the write changed nothing. */
  effective: z.boolean(),
  requestId: z.string(),
});

export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

const sentMailSchema = z.strictObject({ at: z.number(), sender: z.string(), message: z.unknown() });

export type SentMail = z.infer<typeof sentMailSchema>;

/** A request to Graph, alone or inside a batch, and what it was answered. */
export interface LoggedRequest {
  method: string;
  url: string;
  status: number;
  requestId: string;
}

/** Older requests are forgotten. */
const REQUESTS_KEPT = 1000;

/** What survives a restart. */
export const tenantStateSchema = z.strictObject({
  users: z.array(demoUserSchema),
  skus: z.array(demoSkuSchema),
  ledger: z.array(ledgerEntrySchema),
  sentMail: z.array(sentMailSchema),
  clockOffsetMs: z.number(),
});

export type TenantState = z.infer<typeof tenantStateSchema>;

/** Requests since the start. */
export interface Counters {
  /** HTTP requests to Graph. */
  requests: number;
  /** Requests inside batches. */
  subRequests: number;
  /** Changes requested, granted or not, alone or inside a batch. */
  writes: number;
  /** 429s, alone or inside a batch. */
  throttled: number;
}

/** A person as a read shows it now: licence and location are as old as the replication lag. */
export interface VisibleUser extends DemoUser {
  mailboxIsOpen: boolean;
  /** The account shows that it is. */
  mailboxShows: boolean;
}

type Lagging = Pick<DemoUser, 'usageLocation' | 'licences'>;

/** A deleted account can be restored for 30 days (graph-facts §2). */
const RESTORABLE_MS = 30 * 24 * 3_600_000;

export class Tenant {
  readonly skus: DemoSku[];
  readonly ledger: LedgerEntry[];
  readonly sentMail: SentMail[];
  readonly requests: LoggedRequest[] = [];
  readonly counters: Counters = { requests: 0, subRequests: 0, writes: 0, throttled: 0 };
  readonly throttle = new Throttle();
  readonly random: Random;
  readonly faults: Faults;
  behaviour: Behaviour;
  clockOffsetMs: number;
  licenceWritesInFlight = 0;
  /** Called after every change that should survive a restart. */
  onChange: () => void = () => {};
  readonly #clock: Clock;
  readonly #users: DemoUser[] = [];
  readonly #index = new Map<string, number>();
  readonly #consumed = new Map<string, number>();
  /** Earlier versions of accounts and how long each was valid, oldest first. */
  /** Ids of accounts to which something happens by itself. */
  readonly #moving = new Set<string>();
  readonly #past = new Map<string, (Lagging & { until: number })[]>();

  /** A tenant created from the seed or, where `state` is given, from the stored state. */
  constructor(seed: Seed, clock: Clock, state: TenantState | null = null) {
    this.#clock = clock;
    this.random = seededRandom(seed.randomSeed ?? 1);
    this.faults = new Faults(this.random);
    this.behaviour = { ...DEFAULT_BEHAVIOUR, ...seed.behaviour };
    this.skus = structuredClone(state?.skus ?? seed.skus);
    this.ledger = state?.ledger ?? [];
    this.sentMail = state?.sentMail ?? [];
    this.clockOffsetMs = state?.clockOffsetMs ?? 0;
    for (const user of state?.users ?? []) this.#put(user);
    if (!state) for (const user of seed.users) this.#put(growUser(user, null, this.now()));
  }

  now(): number {
    return this.#clock.now() + this.clockOffsetMs;
  }

  advance(ms: number): void {
    this.clockOffsetMs += ms;
    this.onChange();
  }

  get users(): readonly DemoUser[] {
    return this.#users;
  }

  state(): TenantState {
    const { skus, ledger, sentMail, clockOffsetMs } = this;
    return { users: this.#users, skus, ledger, sentMail, clockOffsetMs };
  }

  /** Adds a person, or changes the one with this UserPrincipalName. */
  plant(seed: UserSeed): DemoUser {
    const user = growUser(seed, this.#at(seed.userPrincipalName), this.now());
    this.#put(user);
    this.onChange();
    return user;
  }

  /** Gives an account another UserPrincipalName; false where there is none with this name. */
  rename(userPrincipalName: string, to: string): boolean {
    const position = this.#index.get(userPrincipalName.toLowerCase());
    const user = position === undefined ? undefined : this.#users[position];
    if (position === undefined || !user) return false;
    user.userPrincipalName = to;
    user.later = null;
    this.#index.delete(userPrincipalName.toLowerCase());
    this.#index.set(to.toLowerCase(), position);
    this.onChange();
    return true;
  }

  /** Moves an account to the deleted ones, where it keeps its id; false where there is none with this name. */
  remove(userPrincipalName: string): boolean {
    const user = this.#at(userPrincipalName);
    if (!user) return false;
    this.#count(user, -1);
    user.deletedAt = this.now();
    user.later = null;
    this.#index.delete(userPrincipalName.toLowerCase());
    this.onChange();
    return true;
  }

  /** Does what has become due to happen to accounts by itself. */
  #catchUp(): void {
    for (const id of this.#moving) {
      const user = this.#at(id);
      if (user?.later && user.later.at > this.now()) continue;
      this.#moving.delete(id);
      if (!user?.later) continue;
      const { to } = user.later;
      if (to === null) this.remove(user.userPrincipalName);
      else this.rename(user.userPrincipalName, to);
    }
  }

  /** The account with this id or UserPrincipalName, once it is synchronised; as written, whatever the lag. */
  find(idOrUpn: string): DemoUser | null {
    this.#catchUp();
    const user = this.#at(idOrUpn);
    return user && this.#isThere(user) ? user : null;
  }

  /** Deleted accounts that can still be restored. */
  get deletedUsers(): readonly DemoUser[] {
    this.#catchUp();
    const since = this.now() - RESTORABLE_MS;
    return this.#users.filter(({ deletedAt }) => deletedAt !== null && deletedAt > since);
  }

  #isThere({ synchronisesAt, deletedAt }: DemoUser): boolean {
    const syncedUntil = Math.min(this.now(), this.behaviour.lastSyncAt ?? Number.POSITIVE_INFINITY);
    return synchronisesAt <= syncedUntil && deletedAt === null;
  }

  findVisible(idOrUpn: string): VisibleUser | null {
    const user = this.find(idOrUpn);
    return user ? this.#visible(user) : null;
  }

  /** Everybody visible to reads now, from the given position on. */
  *visibleFrom(position: number): Generator<{ user: VisibleUser; position: number }> {
    this.#catchUp();
    for (let at = position; at < this.#users.length; at += 1) {
      const user = this.#users[at];
      if (user && this.#isThere(user)) yield { user: this.#visible(user), position: at };
    }
  }

  setUsageLocation(user: DemoUser, usageLocation: string, requestId: string): void {
    const effective = user.usageLocation !== usageLocation;
    if (effective) this.#change(user, { usageLocation });
    this.note('usage_location', user, [], effective, requestId);
  }

  /** Adds and removes direct licences in one write. The caller has checked that this is allowed. */
  changeLicences(user: DemoUser, add: readonly DemoLicence[], remove: readonly string[], requestId: string): void {
    const isDirect = (licence: DemoLicence) => licence.byGroup === null;
    const held = user.licences.filter(isDirect);
    const replaced = new Set([...add.map(({ skuId }) => skuId), ...remove]);
    const kept = user.licences.filter((licence) => !isDirect(licence) || !replaced.has(licence.skuId));
    this.#change(user, { licences: [...kept, ...add] });
    if (remove.length > 0 && user.mailbox === 'until_reassigned') user.mailbox = 'cloud';
    this.#makeMailbox(user);
    const isNew = ({ skuId, disabledPlans }: DemoLicence) =>
      !held.some(
        (one) => one.skuId === skuId && [...one.disabledPlans].sort().join() === [...disabledPlans].sort().join(),
      );
    const added = add.map(({ skuId }) => skuId);
    if (add.length > 0) this.note('licence', user, added, add.some(isNew), requestId);
    if (remove.length > 0) this.note('licence_removal', user, [...remove], true, requestId);
  }

  /** Asks Exchange Online to work on the account again. */
  retryProvisioning(user: DemoUser, requestId: string): void {
    const isStuck = user.mailbox === 'stuck';
    if (isStuck) user.mailbox = 'cloud';
    this.#makeMailbox(user);
    this.note('nudge', user, [], isStuck, requestId);
  }

  /** Has licences that failed through a group assigned again, as far as there are seats. */
  reprocessLicences(user: DemoUser, requestId: string): void {
    const isFixed = ({ skuId, byGroup, error }: DemoLicence) => {
      const isTried = user.refusal !== 'group_fails' && byGroup !== null && error !== null;
      const sku = isTried ? this.findSku(skuId) : undefined;
      return sku !== undefined && this.hasSeat(sku);
    };
    const fixed = user.licences.filter(isFixed);
    const licences = user.licences.map((licence) => (fixed.includes(licence) ? { ...licence, error: null } : licence));
    if (fixed.length > 0) this.#change(user, { licences });
    this.#makeMailbox(user);
    const skuIds = fixed.map(({ skuId }) => skuId);
    this.note('reprocess', user, skuIds, fixed.length > 0, requestId);
  }

  /** Keeps the newest requests, for tests of what was asked. */
  log(request: LoggedRequest): void {
    this.requests.push(request);
    if (this.requests.length >= 2 * REQUESTS_KEPT) this.requests.splice(0, REQUESTS_KEPT);
  }

  /** Writes a line of the ledger. */
  note(kind: LedgerEntry['kind'], user: DemoUser, skuIds: string[], effective: boolean, requestId: string): void {
    const { id: userId, userPrincipalName } = user;
    this.ledger.push({ at: this.now(), kind, userId, userPrincipalName, skuIds, effective, requestId });
    this.onChange();
  }

  keepMail(sender: DemoUser, message: unknown, requestId: string): void {
    this.sentMail.push({ at: this.now(), sender: sender.userPrincipalName, message });
    this.note('mail', sender, [], true, requestId);
  }

  findSku(skuId: string): DemoSku | undefined {
    return this.skus.find((sku) => sku.skuId === skuId.toLowerCase());
  }

  consumedUnits(sku: DemoSku): number {
    return sku.takenElsewhere + (this.#consumed.get(sku.skuId) ?? 0);
  }

  hasSeat(sku: DemoSku): boolean {
    const { enabled, warning } = prepaidUnits(sku);
    return this.consumedUnits(sku) < enabled + warning;
  }

  /** Ids of the service plans enabled by working licences. */
  enabledPlans({ licences }: Pick<DemoUser, 'licences'>): string[] {
    return licences.flatMap(({ skuId, disabledPlans, error }) =>
      (error === null ? (this.findSku(skuId)?.servicePlans ?? []) : [])
        .map(({ servicePlanId }) => servicePlanId)
        .filter((plan) => !disabledPlans.includes(plan)),
    );
  }

  #at(idOrUpn: string): DemoUser | null {
    const position = this.#index.get(idOrUpn.toLowerCase());
    return position === undefined ? null : (this.#users[position] ?? null);
  }

  #put(user: DemoUser): void {
    const { id, userPrincipalName, deletedAt } = user;
    // The name of a deleted account is free for another one.
    const key = (deletedAt === null ? userPrincipalName : id).toLowerCase();
    const position = this.#index.get(key) ?? this.#users.length;
    this.#count(this.#users[position], -1);
    this.#users[position] = user;
    this.#count(user, 1);
    this.#makeMailbox(user);
    if (user.later !== null) this.#moving.add(id);
    this.#index.set(key, position).set(id.toLowerCase(), position);
  }

  /** A licence with a mailbox plan makes Exchange Online create the mailbox, once. */
  #makeMailbox(user: DemoUser): void {
    const isDue = user.mailbox === 'cloud' && user.mailboxOpensAt === null;
    if (isDue && this.enabledPlans(user).some((id) => MAILBOX_PLAN_IDS.has(id)))
      user.mailboxOpensAt = Math.max(this.now(), user.synchronisesAt) + user.mailboxOpensAfterMs;
  }

  /** One seat per working licence, assigned directly, through a group or both. */
  #count(user: DemoUser | undefined, sign: 1 | -1): void {
    if (!user || user.deletedAt !== null) return;
    const working = user.licences.filter(({ error }) => error === null);
    for (const skuId of new Set(working.map((licence) => licence.skuId)))
      this.#consumed.set(skuId, (this.#consumed.get(skuId) ?? 0) + sign);
  }

  #change(user: DemoUser, change: Partial<Lagging>): void {
    const now = this.now();
    const { usageLocation, licences } = user;
    const { replicationLagMs, licensingLagMs } = this.behaviour;
    const oldest = now - replicationLagMs - licensingLagMs - user.locationLagMs;
    const recent = (this.#past.get(user.id) ?? []).filter(({ until }) => until > oldest);
    this.#past.set(user.id, [...recent, { until: now, usageLocation, licences }]);
    this.#count(user, -1);
    Object.assign(user, change);
    this.#count(user, 1);
  }

  /** The person as written, whatever reads still show. */
  asWritten(user: DemoUser): VisibleUser {
    const openForMs = user.mailboxOpensAt === null ? -1 : this.now() - user.mailboxOpensAt;
    const mailboxIsOpen = openForMs >= 0;
    return { ...user, mailboxIsOpen, mailboxShows: mailboxIsOpen && openForMs >= this.behaviour.mailboxShowsAfterMs };
  }

  /** The usage location as licensing sees it. */
  locationForLicensing(user: DemoUser): string | null {
    const { replicationLagMs, licensingLagMs } = this.behaviour;
    return this.#asOf(user, this.now() - replicationLagMs - licensingLagMs - user.locationLagMs).usageLocation;
  }

  #visible(user: DemoUser): VisibleUser {
    const { usageLocation, licences } = this.#asOf(user, this.now() - this.behaviour.replicationLagMs);
    return { ...this.asWritten(user), usageLocation, licences };
  }

  #asOf(user: DemoUser, at: number): Lagging {
    return this.#past.get(user.id)?.find(({ until }) => until > at) ?? user;
  }
}
