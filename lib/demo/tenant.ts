/** The demo tenant's memory: people, licences, mailboxes and a ledger of every write. Knows nothing of HTTP; the clock comes in. */
import { randomUUID } from 'node:crypto';
import { type DemoSku, isMailboxPlan } from './skus.ts';

export interface DemoLicence {
  skuId: string;
  disabledPlans: string[];
  /** Group it came from; null: assigned directly. */
  byGroup: string | null;
  error: string | null;
  at: number;
}

/** What the tenant says when this person is to be licensed. */
export type DemoRefusal = 'conflict' | 'dependency' | 'prohibited_location';

export interface DemoUser {
  id: string;
  userPrincipalName: string;
  displayName: string;
  employeeType: string | null;
  accountEnabled: boolean;
  userType: 'Member' | 'Guest';
  usageLocation: string | null;
  onPremisesSyncEnabled: boolean | null;
  mail: string | null;
  proxyAddresses: string[];
  licences: DemoLicence[];
  /** When the account becomes visible (ms since 1970); 0: it is there. */
  synchronisesAt: number;
  mailbox: 'cloud' | 'never' | 'on_premises' | 'on_premises_certain';
  /** From the licence to an open mailbox. */
  mailboxOpensAfterMs: number;
  /** When the mailbox opened or will open; null: not on its way. */
  mailboxOpensAt: number | null;
  refusal: DemoRefusal | null;
  /** An address that another account has already, as synchronisation reported it. */
  conflictingAddress: string | null;
  /** How licence and location looked before recent writes, oldest first: what a lagging replica still shows. */
  past: { until: number; usageLocation: string | null; licences: DemoLicence[] }[];
}

export type UserSeed = Partial<Omit<DemoUser, 'past' | 'synchronisesAt' | 'mailboxOpensAt'>> & {
  userPrincipalName: string;
  /** Visible this long after the tenant was first started; 0 or left out: from the beginning. */
  synchronisesAfterMs?: number;
  mailboxIsOpen?: boolean;
};

export interface Seed {
  users: UserSeed[];
  skus: DemoSku[];
}

export interface LedgerEntry {
  at: number;
  kind: 'usage_location' | 'licence' | 'mail';
  userId: string;
  userPrincipalName: string;
  skuIds: string[];
  /** False where the write changed nothing: it was so already. */
  effective: boolean;
  requestId: string;
}

export interface DemoMail {
  at: number;
  sender: string;
  message: unknown;
}

export interface TenantState {
  users: DemoUser[];
  skus: DemoSku[];
  ledger: LedgerEntry[];
  sentMail: DemoMail[];
  clockOffsetMs: number;
}

/** What a replica shows of a person. */
export interface VisibleUser extends Omit<DemoUser, 'past'> {
  hasMailbox: boolean;
}

export function seedUser(seed: UserSeed, now: number): DemoUser {
  const { synchronisesAfterMs = 0, mailboxIsOpen = false, ...given } = seed;
  return {
    id: randomUUID(),
    displayName: seed.userPrincipalName.split('@')[0] ?? '',
    employeeType: null,
    accountEnabled: true,
    userType: 'Member',
    usageLocation: null,
    onPremisesSyncEnabled: true,
    mail: mailboxIsOpen ? seed.userPrincipalName : null,
    proxyAddresses: mailboxIsOpen ? [`SMTP:${seed.userPrincipalName}`] : [],
    licences: [],
    mailbox: 'cloud',
    mailboxOpensAfterMs: 60_000,
    refusal: null,
    conflictingAddress: null,
    ...given,
    synchronisesAt: synchronisesAfterMs === 0 ? 0 : now + synchronisesAfterMs,
    mailboxOpensAt: mailboxIsOpen ? now : null,
    past: [],
  };
}

const PAST_KEPT = 5;

export class Tenant {
  readonly skus: DemoSku[];
  readonly ledger: LedgerEntry[];
  readonly sentMail: DemoMail[];
  replicationLagMs = 0;
  clockOffsetMs: number;
  readonly #byId = new Map<string, DemoUser>();
  readonly #byUpn = new Map<string, DemoUser>();

  constructor(state: TenantState) {
    this.skus = state.skus;
    this.ledger = state.ledger;
    this.sentMail = state.sentMail;
    this.clockOffsetMs = state.clockOffsetMs;
    for (const user of state.users) this.put(user);
  }

  now(): number {
    return Date.now() + this.clockOffsetMs;
  }

  put(user: DemoUser): void {
    this.#byId.set(user.id, user);
    this.#byUpn.set(user.userPrincipalName.toLowerCase(), user);
  }

  state(): TenantState {
    const { skus, ledger, sentMail, clockOffsetMs } = this;
    return { users: [...this.#byId.values()], skus, ledger, sentMail, clockOffsetMs };
  }

  /** Everybody a replica shows now. */
  *visibleUsers(): Generator<VisibleUser> {
    for (const user of this.#byId.values()) {
      const visible = this.#visible(user);
      if (visible) yield visible;
    }
  }

  findVisible(idOrUpn: string): VisibleUser | null {
    const user = this.find(idOrUpn);
    return user ? this.#visible(user) : null;
  }

  /** The account as the writing side knows it, seen by replicas or not. */
  find(idOrUpn: string): DemoUser | null {
    const user = this.#byId.get(idOrUpn) ?? this.#byUpn.get(idOrUpn.toLowerCase()) ?? null;
    return user && user.synchronisesAt <= this.now() ? user : null;
  }

  #visible(user: DemoUser): VisibleUser | null {
    const now = this.now();
    if (user.synchronisesAt > now) return null;
    const stale = user.past.find(({ until }) => until > now - this.replicationLagMs);
    const { past: _, ...current } = user;
    const hasMailbox = user.mailboxOpensAt !== null && user.mailboxOpensAt <= now;
    return {
      ...current,
      ...(stale ? { usageLocation: stale.usageLocation, licences: stale.licences } : {}),
      hasMailbox,
    };
  }

  #remember(user: DemoUser): void {
    const { usageLocation, licences } = user;
    user.past = [...user.past, { until: this.now(), usageLocation, licences }].slice(-PAST_KEPT);
  }

  setUsageLocation(user: DemoUser, usageLocation: string, requestId: string): void {
    const effective = user.usageLocation !== usageLocation;
    if (effective) this.#remember(user);
    user.usageLocation = usageLocation;
    this.#note('usage_location', user, [], effective, requestId);
  }

  /** Usage location as the licensing side sees it, which may lag behind. */
  licensableLocation(user: DemoUser): string | null {
    return this.#visible(user)?.usageLocation ?? null;
  }

  assignLicences(
    user: DemoUser,
    add: { skuId: string; disabledPlans: string[] }[],
    remove: string[],
    requestId: string,
  ): void {
    const now = this.now();
    const isDirect = (licence: DemoLicence) => licence.byGroup === null;
    const before = new Set(user.licences.filter(isDirect).map(({ skuId }) => skuId));
    const added = add.filter(({ skuId }) => !before.has(skuId)).map(({ skuId }) => skuId);
    this.#remember(user);
    const replaced = new Set([...add.map(({ skuId }) => skuId), ...remove]);
    user.licences = [
      ...user.licences.filter((licence) => !isDirect(licence) || !replaced.has(licence.skuId)),
      ...add.map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans, byGroup: null, error: null, at: now })),
    ];
    const makesMailbox = this.enabledPlans(user).some(isMailboxPlan);
    if (makesMailbox && user.mailbox === 'cloud' && user.mailboxOpensAt === null)
      user.mailboxOpensAt = now + user.mailboxOpensAfterMs;
    this.#note('licence', user, add.length > 0 ? add.map(({ skuId }) => skuId) : remove, added.length > 0, requestId);
  }

  #note(kind: LedgerEntry['kind'], user: DemoUser, skuIds: string[], effective: boolean, requestId: string): void {
    const { id: userId, userPrincipalName } = user;
    this.ledger.push({ at: this.now(), kind, userId, userPrincipalName, skuIds, effective, requestId });
  }

  /** Ids of the service plans that the given licences enable. */
  enabledPlans({ licences }: Pick<DemoUser, 'licences'>): string[] {
    return licences.flatMap(({ skuId, disabledPlans, error }) => {
      const sku = error === null ? this.skus.find((candidate) => candidate.skuId === skuId) : undefined;
      return (sku?.servicePlans ?? [])
        .map(({ servicePlanId }) => servicePlanId)
        .filter((plan) => !disabledPlans.includes(plan));
    });
  }

  consumedUnits(skuId: string): number {
    let consumed = this.skus.find((sku) => sku.skuId === skuId)?.consumedElsewhere ?? 0;
    for (const user of this.#byId.values())
      if (user.licences.some((licence) => licence.skuId === skuId && licence.error === null)) consumed += 1;
    return consumed;
  }
}
