/** The promises. Safety is looked at after every write to the tenant and every commit; progress once nothing disturbs any more. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { skuIdOf } from '#lib/demo/tenant/skus.ts';
import type { LedgerEntry, Tenant } from '#lib/demo/tenant/tenant.ts';
import { isClosed, PERSON_STATES, type PersonState } from '#lib/domain/states.ts';
import { BrokenPromise } from './broken-promise.ts';
import type { Etiquette } from './etiquette.ts';
import type { Observer } from './observer.ts';
import type { Touched } from './operators.ts';
import { endOf, type SimulatedPerson } from './people.ts';
import { virtualTime } from './platform/virtual-time.ts';
import type { PlannedFile, Scenario } from './scenario.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A write that was decided on before somebody closed the person may still be under way for so long. */
const UNDER_WAY_MS = 30 * MINUTE;
/** A write whose intent is stored goes out within this time, also where Graph asks for patience. */
const SENT_MS = 5 * MINUTE;
/** From the last fault to the end of the run that it struck. */
const LAST_RUN_MS = 15 * MINUTE;
/** An open mailbox is seen within so long, and a run to look takes a moment. */
const SEEN_MS = 18 * MINUTE;

/** Graph has to throttle for at least so long before a run gives up: ten minutes, with a last `Retry-After` within them. */
const THROTTLED_MS = 7 * MINUTE;
/** Settings say for how long an account is waited for: seven days. */
const SYNC_LIMIT_MS = 7 * DAY;

const ABSENT = ['not_synchronised', 'never_synchronised', 'account_deleted'];

/** What there is to be seen of a world. */
export interface Observed {
  readonly scenario: Scenario;
  readonly tenant: Tenant;
  readonly touched: Touched;
  readonly dropped: ReadonlyMap<string, PlannedFile & { sha256: string }>;
  readonly dropFolder: string;
  readonly etiquette: Etiquette;
  readonly db: Observer;
  readonly isCalm: boolean;
  readonly now: number;
}

interface PersonRow {
  id: number;
  upn: string;
  key: string;
  state: PersonState;
  since: number;
  reason: string;
  type: string;
  licensedAt: number | null;
  accountId: string | null;
  approvedAt: number | null;
  mappingId: number | null;
  firstSeenAt: number;
  nextCheckAt: number | null;
  unknownSince: number | null;
  isOpenIntent: number;
}

interface WrittenTo {
  upn: string;
  state: PersonState;
  since: number;
  type: string;
  approved: number;
  /** Once held for it, and not licensed since. */
  needsApproval: number;
  /** When a licence was last planned for the person; null: never. */
  plannedAt: number | null;
}

interface RunRow {
  id: string;
  status: string;
  requestedBy: string;
  reason: string | null;
  message: string | null;
}

interface FileRow {
  id: string;
  name: string;
  status: string;
  rows: number;
  parts: number;
  storedName: string | null;
  isMoved: number;
}

const keep = (holds: boolean, promise: string, detail: () => string): void => {
  if (!holds) throw new BrokenPromise(promise, detail());
};

export class Invariants {
  readonly #world: Observed;
  readonly #byUpn: Map<string, SimulatedPerson>;
  #entries = 0;
  #version = -1;
  #before = new Map<number, PersonRow>();
  /** Licences of ours, by account and licence, that are still there. */
  readonly #given = new Map<string, LedgerEntry>();
  #calmAt: number | null = null;
  #quarantineBy: number | null = null;
  /** Accounts on which Exchange Online was asked to work again. */
  readonly #nudged = new Set<string>();
  /** When runs were first seen, since the beginning, ms; and those whose end was. */
  readonly #begunAt = new Map<string, number>();
  readonly #ended = new Set<string>();
  #wasPaused = false;
  #openSince = new Map<string, number>();
  #isFinished = false;
  #error: unknown = null;
  /** The most people that may be licensed in a day without a yes. */
  readonly #licences: { at: number; upn: string }[] = [];

  constructor(world: Observed) {
    this.#world = world;
    this.#byUpn = new Map(world.scenario.people.map((person) => [person.userPrincipalName, person]));
  }

  isFinished(): boolean {
    return this.#isFinished;
  }

  /** Called by the tenant, in the middle of a request: what is wrong is told by the next step. */
  afterWrites(): void {
    try {
      const { ledger } = this.#world.tenant;
      for (const entry of ledger.slice(this.#entries)) this.#afterWrite(entry);
      this.#entries = ledger.length;
    } catch (error) {
      this.#error ??= error;
    }
  }

  /** True while a write may be under way that was sent before an operator gave the person another UserPrincipalName. */
  #hadName(upn: string): boolean {
    const edited = this.#world.db.get<{ n: number }>(
      `select count(*) as n from events, json_each(data, '$.changes') c where kind = 'person.edited' and at > ?
         and c.value ->> 'column' = 'UserPrincipalName' and lower(c.value ->> 'before') = ?`,
      virtualTime.now() - SENT_MS,
      upn.toLowerCase(),
    );
    return (edited?.n ?? 0) > 0;
  }

  #afterWrite(entry: LedgerEntry): void {
    const { touched, db, scenario } = this.#world;
    const original = this.#byUpn.get(entry.userPrincipalName);
    if (entry.kind === 'licence_removal')
      for (const skuId of entry.skuIds) this.#given.delete(`${entry.userId} ${skuId}`);
    if (entry.kind === 'nudge') this.#afterNudge(entry);
    if (entry.kind !== 'licence' && entry.kind !== 'usage_location') return;
    const person = db.get<WrittenTo>(
      `select user_principal_name as upn, state, state_since as since, employee_type as type,
           approval_needed_since is not null and choice is not 'reassign' as needsApproval,
           (select max(created_at) from intents i where i.person_id = people.id and i.kind = 'licence') as plannedAt,
           approved_at is not null or exists (select 1 from intents i where i.person_id = people.id and i.kind = 'licence'
             and i.settled_at is null and i.payload ->> 'approvedBy' is not null) as approved
         from people where account_id = ? or upn_key = ? order by account_id is null limit 1`,
      entry.userId,
      entry.userPrincipalName.toLowerCase().replace(/^renamed\./, ''),
    );
    const who = `${entry.kind} for ${entry.userPrincipalName}`;
    const isNamed = person !== undefined || this.#hadName(entry.userPrincipalName);
    keep(isNamed, 'nobody is written to whom no file names', () => who);
    if (!person) return;
    const isTouched = touched.people.has(person.upn) || touched.people.has(entry.userPrincipalName);
    const forLong = virtualTime.now() - person.since > UNDER_WAY_MS;
    keep(
      !forLong || (person.state !== 'held' && person.state !== 'dismissed'),
      'nobody is written to who is held or dismissed',
      () => `${who}, ${person.state}`,
    );
    this.#afterPlan(person, who);
    if (original && !isTouched && !touched.rules && !touched.types.has(person.type.toLowerCase())) {
      const isForbidden = endOf(original.kind).isLicensed === false;
      const mayHaveLocation = ['plans_conflict', 'plan_depends', 'licensed_elsewhere'].includes(original.kind);
      keep(
        !isForbidden || (entry.kind === 'usage_location' && mayHaveLocation) || entry.effective === false,
        'nobody is licensed who is not to be',
        () => who,
      );
      keep(
        entry.kind === 'licence' || !original.account?.usageLocation,
        'an account keeps its usage location',
        () => `${who}, was ${original.account?.usageLocation}`,
      );
      keep(this.#isDue(original), 'nobody is licensed before it is due', () => `${who}, starts ${original.startDate}`);
    }
    if (entry.kind !== 'licence' || !entry.effective) return;
    for (const skuId of entry.skuIds) {
      const key = `${entry.userId} ${skuId}`;
      keep(!this.#given.has(key), 'nobody is licensed twice', () => `${who}, ${skuId}`);
      this.#given.set(key, entry);
    }
    if (!isTouched && touched.types.size === 0) {
      const wanted = skuIdOf(person.type.toLowerCase() === 'n' ? 'EXCHANGEDESKLESS' : 'EXCHANGESTANDARD');
      keep(entry.skuIds.join() === wanted, 'the licence is the mapped one', () => `${who}, ${entry.skuIds}`);
    }
    // By the machine's own clock: one that is set ahead by more than a day cannot be told from a day that passed.
    if (!person.approved) this.#licences.push({ at: virtualTime.now(), upn: person.upn });
    const limits = [scenario.safetyLimit, ...touched.safetyLimits];
    if (limits.includes(0)) return;
    const inWindow = this.#licences.filter(({ at }) => at > virtualTime.now() - DAY + 2 * HOUR);
    const count = new Set(inWindow.map(({ upn }) => upn)).size;
    keep(count <= Math.max(...limits), 'the safety limit holds in any 24 hours', () => `${who}, ${count} people`);
  }

  /** What is written was planned, and for a person who stood open and approved then. */
  #afterPlan({ state, since, plannedAt, needsApproval, approved, upn }: WrittenTo, who: string): void {
    const isPlanned = plannedAt !== null || this.#hadName(upn);
    keep(isPlanned, 'the intent is stored before the write', () => who);
    keep(!needsApproval || approved === 1, 'whoever was held is licensed only with a yes', () => who);
    const isClosedBefore = (state === 'held' || state === 'dismissed') && (plannedAt ?? 0) > since;
    keep(
      !isClosedBefore || this.#isClockSet,
      'nothing is planned for who is held or dismissed',
      () => `${who}, ${state}`,
    );
  }

  get #isClockSet(): boolean {
    return this.#world.scenario.disturbances.some(({ happening }) => happening.kind === 'clock');
  }

  #afterNudge({ userId, userPrincipalName }: LedgerEntry): void {
    const isKnown = !this.#world.touched.people.has(userPrincipalName);
    keep(!this.#nudged.has(userId) || !isKnown, 'Exchange Online is asked once', () => userPrincipalName);
    this.#nudged.add(userId);
  }

  #isDue({ startDate }: SimulatedPerson): boolean {
    if (startDate === null) return true;
    // Zones and a clock that is a day ahead are left out.
    const slack = this.#isClockSet ? 27 * HOUR : HOUR;
    return this.#world.now >= Date.parse(startDate) - 14 * DAY - 3 * HOUR - slack;
  }

  /** The day on which the licence is due has just begun somewhere, or is still to come: licence and mailbox take a while. */
  #isHardlyDue({ startDate }: SimulatedPerson): boolean {
    return startDate !== null && this.#world.now < Date.parse(startDate) - 14 * DAY + 10 * HOUR;
  }

  afterStep(): void {
    const { db, etiquette } = this.#world;
    const error = this.#error ?? etiquette.broken;
    if (error) throw error;
    const version = db.version();
    if (version !== this.#version) this.#afterCommit();
    this.#version = version;
    if (this.#world.isCalm) this.#afterCalm();
  }

  #people(): PersonRow[] {
    return this.#world.db.all<PersonRow>(`select id, user_principal_name as upn, upn_key as key, state, state_since as since, reason, employee_type as type,
           licensed_at as licensedAt, mapping_id as mappingId, account_id as accountId, approved_at as approvedAt, first_seen_at as firstSeenAt, next_check_at as nextCheckAt, unknown_since as unknownSince,
           exists (select 1 from intents i where i.person_id = people.id and i.settled_at is null) as isOpenIntent
         from people order by id`);
  }

  #afterCommit(): void {
    const people = this.#people();
    keep(people.length >= this.#before.size, 'nobody who is known gets lost', () => `${people.length} people`);
    const names = new Set(people.map(({ upn }) => upn.toLowerCase()));
    keep(names.size === people.length, 'nobody is there twice', () => `${names.size} names of ${people.length} people`);
    for (const person of people) {
      const before = this.#before.get(person.id);
      keep(PERSON_STATES.includes(person.state), 'everybody is in one state', () => `${person.upn}: ${person.state}`);
      if (before?.state !== person.state) this.#afterMove(person);
      if (before?.licensedAt !== person.licensedAt) this.#afterLicensing(person);
      const isKnown = person.licensedAt === null || person.mappingId !== null;
      keep(isKnown, 'it is known by which mapping somebody was licensed', () => person.upn);
      const isSpent = person.state === 'held' || (person.licensedAt !== null && before?.licensedAt === null);
      keep(!isSpent || person.approvedAt === null, 'an approval is good for one licence', () => person.upn);
      const isWaiting = ['queued', 'awaiting_sync', 'awaiting_start', 'awaiting_seat', 'awaiting_mailbox'].includes(
        person.state,
      );
      keep(
        !isWaiting || person.nextCheckAt !== null,
        'whoever waits is looked at again',
        () => `${person.upn}: ${person.state}`,
      );
    }
    this.#before = new Map(people.map((person) => [person.id, person]));
    this.#checkFiles(new Set(people.map(({ key }) => key)));
    this.#checkRuns();
    this.#checkProbe();
    const cycles = this.#world.db.count(
      `from runs where status = 'running' and dry_run = 0 and selection is null and trigger <> 'watch'`,
    );
    keep(cycles <= 1, 'one cycle runs at a time', () => `${cycles} cycles`);
  }

  /** One refusal, or a short one, stops nobody’s run, and nothing starts by itself while that is paused. */
  #checkRuns(): void {
    const { db, etiquette } = this.#world;
    const isPaused = db.count(`from settings where key = 'settings.paused' and value = 'true'`) > 0;
    const wasPaused = this.#wasPaused;
    this.#wasPaused = isPaused;
    const runs = db.all<RunRow>(
      'select id, status, requested_by as requestedBy, reason, message from runs order by rowid desc limit 20',
    );
    for (const { id, status, requestedBy, reason, message } of runs) {
      const isHasty = isPaused && wasPaused && requestedBy === 'schedule' && !this.#begunAt.has(id);
      keep(!isHasty, 'nothing starts by itself while the schedule is paused', () => id);
      const since = this.#begunAt.get(id) ?? virtualTime.elapsed();
      this.#begunAt.set(id, since);
      if (['queued', 'running'].includes(status) || this.#ended.has(id)) continue;
      this.#ended.add(id);
      if (reason === 'sign_in_failed' && message?.includes('(401)'))
        keep(
          (etiquette.refusedTwiceAt ?? -1) >= Math.max(since, virtualTime.elapsed() - 2 * MINUTE),
          'a refused token is renewed before a run gives up',
          () => id,
        );
      const [, refusals] = /refused (an|\d+) accounts? and allowed none/.exec(message ?? '') ?? [];
      const isOnesOwn = reason === 'permission_missing' && (refusals === 'an' || refusals === '2');
      keep(!isOnesOwn || this.#mayLackPermission, 'one account that refuses stops nobody else', () => `${message}`);
      if (reason === 'graph_down' && message?.includes('throttling our requests'))
        keep(
          etiquette.throttledAt.some((at) => at >= since && at <= virtualTime.elapsed() - THROTTLED_MS),
          'a run gives up only where it is throttled for long',
          () => id,
        );
    }
  }

  /** The pauses before Graph is probed grow from one minute to an hour. */
  #checkProbe(): void {
    const quarantine = this.#world.db.get<{ failures: number; at: number }>(
      `select value ->> 'failures' as failures, value ->> 'nextProbeAt' as at from settings where key = 'engine.quarantine'`,
    );
    if (!quarantine || this.#isClockSet) return;
    const longest = quarantine.failures === 1 ? 2 * MINUTE : HOUR;
    const pause = quarantine.at - virtualTime.now();
    keep(pause <= longest, 'Graph is probed soon, later once an hour', () => `after ${pause} ms`);
  }

  get #mayLackPermission(): boolean {
    return this.#world.scenario.disturbances.some(({ happening }) => happening.kind === 'permission_missing');
  }

  #account({ accountId, upn }: PersonRow) {
    const { tenant } = this.#world;
    const user = tenant.users.find(({ id }) => id === accountId) ?? tenant.find(upn);
    return user ? tenant.asWritten(user) : null;
  }

  #afterMove(person: PersonRow): void {
    const isSaidToBeAbsent = ABSENT.includes(person.reason) && !this.#world.touched.people.has(person.upn);
    const known = isSaidToBeAbsent ? this.#world.tenant.find(person.upn) : null;
    keep(
      known === null || known.synchronisesAt > this.#world.now - LAST_RUN_MS,
      'an account that is there is never said to be absent',
      () => `${person.upn}: ${person.reason}`,
    );
    keep(
      person.reason !== 'never_synchronised' || virtualTime.now() - person.firstSeenAt > SYNC_LIMIT_MS,
      'an account is waited for as long as settings say',
      () => person.upn,
    );
    if (person.state !== 'provisioned' && person.state !== 'already_provisioned') return;
    const account = this.#account(person);
    keep(account?.mailboxIsOpen === true, 'a green tick never lies', () => `${person.upn}: ${person.state}`);
  }

  #afterLicensing(person: PersonRow): void {
    if (person.licensedAt === null || this.#world.touched.people.has(person.upn)) return;
    const { tenant } = this.#world;
    const account = this.#account(person);
    // A mailbox that opened after our write shows the licence too.
    const seen = account?.mailboxIsOpen ? account : (tenant.findVisible(person.accountId ?? person.upn) ?? account);
    const isThere = seen?.licences.some(({ error }) => error === null) ?? false;
    keep(isThere, 'licensed is only who was read back with the licence', () => person.upn);
  }

  #checkFiles(known: ReadonlySet<string>): void {
    const { db, dropped, touched, dropFolder } = this.#world;
    const files = db.all<FileRow>(
      `select id, name, status, rows, accepted + duplicates + rejected as parts, stored_name as storedName,
         moved_at is not null as isMoved from intake_files`,
    );
    const counts = db.all<{ id: string; n: number }>(
      'select file_id as id, count(*) as n from file_rows group by file_id',
    );
    const storedRows = new Map(counts.map(({ id, n }) => [id, n]));
    const names = new Set(files.map(({ name }) => name));
    keep(names.size === files.length, 'a file is taken in once', () => files.map(({ name }) => name).join());
    for (const { id, name, status, rows, parts, storedName, isMoved } of files) {
      keep(rows === parts, 'the rows of a file add up', () => `${name}: ${rows} rows, ${parts} accounted for`);
      const isWhereSaid = ['Processed', 'Rejected'].some((folder) =>
        existsSync(path.join(dropFolder, folder, storedName ?? '')),
      );
      keep(isMoved === 0 || isWhereSaid, 'a file lies where it is said to', () => name);
      const plan = dropped.get(name);
      if (status === 'rejected') keep(plan === undefined, 'a good file is taken in', () => name);
      if (status !== 'accepted' || !plan) continue;
      const stored = storedRows.get(id) ?? 0;
      keep(stored === rows, 'every row is stored', () => `${name}: ${stored} of ${rows}`);
      for (const upn of plan.people) {
        keep(
          known.has(upn.toLowerCase()) || touched.people.has(upn),
          'everybody whom a file names is known',
          () => `${name}: ${upn}`,
        );
      }
    }
  }

  // ---- progress --------------------------------------------------------------------------------------------------------------

  /** Where the tenant takes next to no writes, waiting and pauses are right. */
  get #isStarved(): boolean {
    return this.#world.scenario.behaviour.writesPer150s < 100;
  }

  /** Two writes for each person, and a run gives up after ten minutes of waiting, perhaps once an hour. */
  get #starvedMs(): number {
    const { people, behaviour } = this.#world.scenario;
    return this.#isStarved ? 8 * ((2 * people.length) / behaviour.writesPer150s) * 2.5 * MINUTE : 0;
  }

  get #intervalMs(): number {
    const { schedule } = this.#world.scenario;
    return schedule.startsWith('0 ') ? HOUR : schedule.startsWith('*/15') ? 15 * MINUTE : 5 * MINUTE;
  }

  #afterCalm(): void {
    const elapsed = virtualTime.elapsed();
    this.#calmAt ??= elapsed;
    if (this.#quarantineBy === null) {
      if (elapsed < this.#calmAt + LAST_RUN_MS) return;
      const probe = this.#nextProbeAt();
      this.#quarantineBy =
        probe === null ? elapsed : Math.max(elapsed, elapsed + probe - virtualTime.now()) + 5 * MINUTE;
    }
    if (elapsed < this.#quarantineBy) return;
    keep(
      this.#nextProbeAt() === null || this.#isStarved,
      'the quarantine is lifted within one probe interval',
      () => `${this.#nextProbeAt()}`,
    );
    this.#checkMailboxes();
    const readyBy = this.#quarantineBy + 2 * this.#intervalMs + LAST_RUN_MS;
    if (elapsed >= readyBy) this.#checkReady();
    const waitsForHumans = this.#world.scenario.attentionCheckHours * HOUR;
    const lastBy = readyBy + HOUR + waitsForHumans + SEEN_MS + this.#starvedMs;
    const open = this.#whatIsOpen();
    if (open === null) this.#isFinished = true;
    else keep(elapsed < lastBy, 'everything comes to its end', () => open);
  }

  #nextProbeAt(): number | null {
    const row = this.#world.db.get<{ at: number | null }>(
      `select value ->> 'nextProbeAt' as at from settings where key like '%uarantine%'`,
    );
    return row?.at ?? null;
  }

  /** Open mailboxes are seen. */
  #checkMailboxes(): void {
    for (const person of this.#before.values()) {
      const isOpen = person.state === 'awaiting_mailbox' && this.#account(person)?.mailboxIsOpen === true;
      if (!isOpen || this.#world.touched.people.has(person.upn)) this.#openSince.delete(person.upn);
      else if (!this.#openSince.has(person.upn)) this.#openSince.set(person.upn, virtualTime.elapsed());
      const since = this.#openSince.get(person.upn);
      keep(
        since === undefined || virtualTime.elapsed() - since <= SEEN_MS,
        'an open mailbox is seen within 15 minutes',
        () => person.upn,
      );
    }
  }

  /** Whoever is ready has been licensed by now. */
  #checkReady(): void {
    const { touched } = this.#world;
    for (const person of this.#before.values()) {
      const original = this.#byUpn.get(person.upn);
      const isPlain = original && endOf(original.kind).isLicensed === true && !touched.people.has(person.upn);
      // Whoever has the licence is licensed, also where the account does not show it yet.
      const isGiven = [...this.#given.values()].some((entry) => entry.userPrincipalName === person.upn);
      // A location that licensing does not know yet is waited for; that it ends is asked below.
      const isReady = person.reason !== 'location_not_in_effect';
      const isStuck = isReady && !isGiven && ['queued', 'awaiting_seat', 'awaiting_sync'].includes(person.state);
      const mayWait = this.#isStarved || touched.rules;
      keep(
        !isPlain || !isStuck || mayWait,
        'ready people are licensed within two cycles',
        () => `${person.upn}: ${person.state}/${person.reason}`,
      );
    }
  }

  /** What has not come to its end yet; null: everything has. */
  #whatIsOpen(): string | null {
    const { scenario, touched, db, dropped } = this.#world;
    const limited = [scenario.safetyLimit, ...touched.safetyLimits].some((limit) => limit > 0);
    const named = new Set([...dropped.values()].flatMap(({ people }) => people));
    for (const original of scenario.people) {
      const { userPrincipalName: upn, kind } = original;
      if (!named.has(upn)) continue;
      const person = [...this.#before.values()].find((row) => row.upn === upn);
      if (!person) {
        if (touched.people.has(upn)) continue;
        return `${upn} is not known`;
      }
      if (person.unknownSince !== null && !isClosed(person.state))
        return `${upn}: unknown since ${person.unknownSince}`;
      if (person.state === 'queued') return `${upn} is queued`;
      const isTouched = touched.people.has(upn) || touched.rules || touched.types.has(person.type.toLowerCase());
      if (isTouched || (limited && person.state === 'held')) continue;
      const { ends, isLicensed } = endOf(kind);
      // Refused while a permission was missing, and nobody else was tried: tried again within a day, which may be after this end.
      if (person.reason === 'access_denied' && this.#mayLackPermission) continue;
      if (this.#isHardlyDue(original) && ['awaiting_start', 'awaiting_mailbox'].includes(person.state)) continue;
      if (!ends.includes(person.state)) return `${upn}: ${person.state}/${person.reason}`;
      const given = [...this.#given.values()].filter((entry) => entry.userPrincipalName === upn).length;
      if (isLicensed !== null && given !== Number(isLicensed)) return `${upn} has ${given} licences of ours`;
      if (person.isOpenIntent) return `${upn} has a write whose result is not known`;
    }
    const run =
      db.get<object>(`select id, trigger, status, dry_run, requested_at, started_at from runs where status in ('queued', 'running')
         order by id limit 1`);
    if (run) return `a run has not ended: ${JSON.stringify(run)}`;
    const leases = db.count(`from leases where name = 'cycle'`);
    if (leases > 0) return 'the lease is still held';
    const files = readdirSync(this.#world.dropFolder).filter((name) => name.startsWith('newcomers'));
    if (files.length > 0) return `${files} lie in the drop folder`;
    const mails = this.#world.db.count(`from outbox where status in ('queued', 'sending')`);
    if (mails > 0) return `${mails} mails are not sent`;
    const unfinished = this.#world.db.count(`from intake_files where moved_at is null or status = 'importing'`);
    if (unfinished > 0) return `${unfinished} files are not finished`;
    return null;
  }

  // ---- at the end ------------------------------------------------------------------------------------------------------------

  atEnd(): void {
    const { db, dropFolder, dropped, tenant } = this.#world;
    const integrity = db.get<{ integrity_check: string }>('pragma integrity_check')?.integrity_check;
    keep(integrity === 'ok', 'the database is whole', () => String(integrity));
    const orphans = db.all('pragma foreign_key_check');
    keep(orphans.length === 0, 'nothing refers to what is not there', () => JSON.stringify(orphans));
    for (const person of this.#people()) {
      const last = db.get<{ state: string }>(
        'select to_state as state from events where person_id = ? and to_state is not null order by id desc limit 1',
        person.id,
      );
      keep(last?.state === person.state, 'a state changes only with its event', () => `${person.upn}: ${last?.state}`);
      if (isClosed(person.state) && person.state !== 'dismissed' && !this.#world.touched.people.has(person.upn))
        keep(this.#account(person)?.mailboxIsOpen === true, 'a green tick never lies', () => person.upn);
    }
    const broken = db.get<{ id: number; said: string; was: string }>(
      `select * from (select id, from_state as said,
           lag(to_state) over (partition by person_id order by id) as was from events where to_state is not null and person_id is not null)
         where was is not null and said is not was limit 1`,
    );
    keep(broken === undefined, 'every move begins where the one before ended', () => JSON.stringify(broken));
    const there = new Set(
      filesBelow(dropFolder).map((file) => createHash('sha256').update(readFileSync(file)).digest('hex')),
    );
    for (const [name, { sha256 }] of dropped) keep(there.has(sha256), 'the bytes of every file are kept', () => name);
    const mails = tenant.sentMail.map(({ message }) => JSON.stringify(message));
    keep(new Set(mails).size === mails.length, 'no mail is sent twice', () => `${mails.length} mails`);
    const sent = this.#world.db.count(`from outbox where status in ('sent', 'uncertain', 'failed')`);
    keep(tenant.sentMail.length <= sent, 'no mail is sent twice', () => `${tenant.sentMail.length} of ${sent}`);
    const counted = this.#world.db.count(
      `from runs r where r.status <> 'queued' and r.dry_run = 0 and
         (select coalesce(sum(value), 0) from json_each(coalesce(r.counts, '{}'))) <>
         (select count(*) from run_outcomes o where o.run_id = r.id)`,
    );
    keep(counted === 0, 'the counts of a run are those of its outcomes', () => `${counted} runs`);
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesBelow(file) : [file];
  });
}
