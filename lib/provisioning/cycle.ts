/** One cycle: observe → decide → guard → act → record, in chunks of people, in order of arrival. */
import type { Db } from '#db/client.ts';
import { mappingsById, mappingsInForce } from '#db/store/mappings.ts';
import { duePeople, heldByType, type LookResult, readPeople, recordIntents, recordLooks } from '#db/store/people.ts';
import { addPeopleDone, type Run, saveSubscribedSkus, setPeopleDue, skusSeenAt } from '#db/store/runs.ts';
import type { Settings } from '#db/store/settings.ts';
import type { Directory } from '#lib/directory/directory.ts';
import { DirectoryError } from '#lib/directory/errors.ts';
import { pause } from '#lib/directory/pacing.ts';
import { act, type LookFacts, type PlannedPerson } from './act.ts';
import { decide, licenceNames, verdict } from './core/decide.ts';
import { type Allowance, guard, openAllowance } from './core/guardrails.ts';
import { type Mapping, resolveMapping } from './core/mapping.ts';
import { employeeTypeKey, type Person } from './core/person.ts';
import { classify, type Tenant } from './core/situation.ts';
import { type Observed, observe } from './observe.ts';

/** People per chunk: fills one `$batch` of 20 look-ups with 15 names each. */
const CHUNK = 300;
/** A cycle with nobody to look at refreshes the seats shown on screen at most this often. */
const SEATS_STALE_MS = 3_600_000;
/** The run stops when more than this share of the people could not be looked at or written, of at least `MIN_SAMPLE`. */
const FAILURE_SHARE = 0.5;
const MIN_SAMPLE = 10;

export class LeaseLostError extends Error {
  override name = 'LeaseLostError';
}

export interface CycleContext {
  db: Db;
  run: Run;
  directory: Directory;
  settings: Settings;
  /** Aborted when the process is to stop: no new write is begun. */
  signal: AbortSignal;
  /** Throws `LeaseLostError` where another process has taken over; called in every recording transaction. */
  assertLease: () => void;
}

export interface CycleResult {
  looked: number;
  /** False where there was nobody to look at and Graph was left in peace. */
  askedGraph: boolean;
  /** Looks of a dry run, which are not recorded. */
  dryLooks: LookResult[];
}

/** Looks at everybody who is due and does what is to be done. Throws `DirectoryError` where the run has to stop. */
export async function lookAtPeople(context: CycleContext): Promise<CycleResult> {
  const { db, run, directory, settings, signal } = context;
  const startedAt = Date.now();
  const ids = duePeople(db, { now: startedAt, all: run.lookAtAll, onlyMailboxes: run.trigger === 'watch' });
  setPeopleDue(db, run.id, ids.length);
  if (ids.length === 0 && startedAt - (skusSeenAt(db) ?? 0) < SEATS_STALE_MS)
    return { looked: 0, askedGraph: false, dryLooks: [] };

  const { skus } = await directory.readTenant(signal);
  saveSubscribedSkus(db, skus, startedAt);
  const tenant: Tenant = {
    skus,
    defaultUsageLocation: settings.defaultUsageLocation,
    licenseAccountsWithAddress: settings.licenseAccountsWithAddress,
  };
  const allowance = openAllowance(skus, seatsOfHeldPeople(db, tenant));
  const progress: Progress = { allowance, looked: 0, failed: 0, deferred: [], dryLooks: [] };
  await lookInChunks(context, tenant, ids, progress);
  if (progress.deferred.length > 0 && !signal.aborted) {
    // Writes of a moment ago that do not show: replication gets its time, then the account is read and decided on again.
    const again = progress.deferred.splice(0);
    await pause(directory.replicationMs, signal);
    await lookInChunks(context, tenant, again, progress);
  }
  return { looked: progress.looked, askedGraph: true, dryLooks: progress.dryLooks };
}

/** Held people keep the seats they were given, or whoever came after them would be served first. */
function seatsOfHeldPeople(db: Db, tenant: Tenant): Map<string, number> {
  const inForce = mappingsInForce(db);
  const reserved = new Map<string, number>();
  for (const { employeeTypeKey: key, people } of heldByType(db)) {
    const mapping = inForce.get(key);
    const resolved = mapping ? resolveMapping(mapping, tenant.skus) : null;
    if (resolved?.kind !== 'ok') continue;
    for (const { skuId } of resolved.licences) reserved.set(skuId, (reserved.get(skuId) ?? 0) + people);
  }
  return reserved;
}

/** What a run has come to so far; grows chunk by chunk. */
interface Progress extends Tally {
  allowance: Allowance;
  /** People whose unsettled write is too young to be repeated. */
  deferred: number[];
  dryLooks: LookResult[];
}

async function lookInChunks(context: CycleContext, tenant: Tenant, ids: readonly number[], progress: Progress) {
  for (let start = 0; start < ids.length && !context.signal.aborted; start += CHUNK) {
    const people = readPeople(context.db, ids.slice(start, start + CHUNK));
    const chunk = await lookAtChunk(context, people, tenant, progress);
    progress.allowance = chunk.allowance;
    progress.looked += people.length - chunk.deferred.length;
    progress.failed += chunk.failed;
    progress.deferred.push(...chunk.deferred);
    if (context.run.dryRun) progress.dryLooks.push(...chunk.looks);
    if (chunk.stoppedBy) throw chunk.stoppedBy;
  }
}

interface Tally {
  looked: number;
  failed: number;
}

function stopWhenMostFail(tally: Tally): void {
  if (tally.looked >= MIN_SAMPLE && tally.failed / tally.looked > FAILURE_SHARE)
    throw new DirectoryError(
      'most_calls_failed',
      `Most calls to Microsoft Graph failed (${tally.failed} of ${tally.looked} people), so the run stopped.`,
    );
}

const FAILED_REASONS: readonly string[] = ['lookup_failed', 'mailbox_unknown', 'write_failed', 'licence_refused'];

function countFailed(looks: readonly LookFacts[]): number {
  return looks.filter((look) => FAILED_REASONS.includes(look.verdict.reason)).length;
}

/** The mapping that decides for a person: the one in force; for somebody already licensed, the version it was licensed with. */
function mappingChooser(db: Db, people: readonly Person[]): (person: Person) => Mapping | null {
  const inForce = mappingsInForce(db);
  const pinnedIds = people.flatMap((person) => (person.licensedAt !== null ? (person.mappingId ?? []) : []));
  const pinned = mappingsById(db, [...new Set(pinnedIds)]);
  return (person) =>
    (person.licensedAt !== null && person.mappingId !== null ? pinned.get(person.mappingId) : undefined) ??
    inForce.get(employeeTypeKey(person.employeeType)) ??
    null;
}

interface Chunk {
  allowance: Allowance;
  looks: LookResult[];
  failed: number;
  deferred: number[];
  stoppedBy: DirectoryError | null;
}

async function lookAtChunk(
  context: CycleContext,
  people: readonly Person[],
  tenant: Tenant,
  before: Progress,
): Promise<Chunk> {
  const { db, run, directory, signal } = context;
  const startedAt = Date.now();
  const record = (looks: readonly LookFacts[]) => recordChunk(context, looks, startedAt);
  const observed = await observe(directory, people, mappingChooser(db, people), signal);
  const { settled, planned, deferred, allowance } = decideChunk(context, observed, tenant, before.allowance);

  const failedLooks = countFailed(settled);
  stopWhenMostFail({ looked: before.looked + settled.length, failed: before.failed + failedLooks });
  const settledLooks = record(settled);
  const chunk: Chunk = { allowance, looks: settledLooks, failed: failedLooks, deferred, stoppedBy: null };
  if (planned.length === 0 || signal.aborted) return chunk;

  context.assertLease();
  recordIntents(db, run.id, planned.map(toIntent), Date.now());
  const { looks, stoppedBy, exhaustedSkus } = await act(directory, planned, tenant, signal);
  const seats = new Map(allowance.seats);
  for (const skuId of exhaustedSkus) seats.set(skuId, 0);
  return {
    ...chunk,
    allowance: { ...allowance, seats },
    looks: [...settledLooks, ...record(looks)],
    failed: failedLooks + countFailed(looks),
    stoppedBy,
  };
}

function toIntent({ person, plan }: PlannedPerson) {
  return { personId: person.id, usageLocation: plan.location?.value ?? null, addLicenses: plan.addLicenses };
}

/** Classifies, decides and guards a chunk: who is settled without a write, for whom something is written, who has to wait a moment. */
function decideChunk(context: CycleContext, observed: readonly Observed[], tenant: Tenant, before: Allowance) {
  const { run, directory, settings } = context;
  const now = Date.now();
  const deferred: number[] = [];
  const proposals = observed.flatMap((one) => {
    const { person } = one.observation;
    const decision = decide(classify(one.observation, tenant), person, now);
    const isFresh = person.unsettledWriteAt !== null && now - person.unsettledWriteAt < directory.replicationMs;
    if (decision.kind === 'license' && isFresh) {
      deferred.push(person.id);
      return [];
    }
    return [{ person, decision, observed: one }];
  });
  const { proposals: guarded, allowance } = guard(proposals, before, settings.safetyLimit, now);
  const settled: LookFacts[] = [];
  const planned: PlannedPerson[] = [];
  for (const { person, decision, observed: one } of guarded) {
    const { mapping } = one.observation;
    if (decision.kind === 'license' && mapping && !run.dryRun)
      planned.push({ person, plan: decision, observed: one, mapping });
    else settled.push(settledLook(one, decision.kind === 'settle' ? decision.verdict : wouldLicense(person, decision)));
  }
  return { settled, planned, deferred, allowance };
}

/** Stores the looks of a chunk in one transaction, while the lease is ours. A dry run stores nothing. */
function recordChunk(context: CycleContext, looks: readonly LookFacts[], startedAt: number): LookResult[] {
  const results = looks.map((look) => ({ ...look, durationMs: Date.now() - startedAt }));
  if (context.run.dryRun || results.length === 0) return results;
  context.db.transaction(
    (tx) => {
      context.assertLease();
      recordLooks(tx, context.run.id, results, Date.now());
      addPeopleDone(tx, context.run.id, results.length);
    },
    { behavior: 'immediate' },
  );
  return results;
}

function wouldLicense(person: Person, plan: Extract<ReturnType<typeof decide>, { kind: 'license' }>) {
  const facts = { licences: licenceNames(plan.addLicenses), location: plan.location?.value ?? null };
  return verdict(person.state, 'would_license', facts, null);
}

/** The look at somebody for whom nothing is written in this run. */
function settledLook(observed: Observed, given: LookFacts['verdict']): LookFacts {
  const { person, lookup } = observed.observation;
  const isLicensed = given.reason === 'mailbox_opening' || given.reason === 'provisioned';
  return {
    person,
    verdict: given,
    accountId: lookup.kind === 'found' ? lookup.account.id : null,
    mappingId: null,
    // An earlier write of ours whose result was not known shows on the account: it was we who licensed it.
    licenceVerified: isLicensed && person.licensedAt === null && person.unsettledWriteAt !== null,
    mailboxTouched: given.state === 'awaiting_mailbox',
    written: [],
    calls: observed.calls,
    intentResult: isLicensed ? 'applied' : null,
  };
}
