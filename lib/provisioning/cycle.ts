/** One cycle: observe → decide → guard → act → record, in chunks of people, in order of arrival. */
import type { Db } from '#db/client.ts';
import { recordDryLooks } from '#db/store/dry-looks.ts';
import { type LookResult, recordIntents, recordLooks } from '#db/store/people.ts';
import { addPeopleDone, type Run, saveSubscribedSkus, setPeopleDue, skusSeenAt } from '#db/store/runs.ts';
import type { Settings } from '#db/store/settings.ts';
import type { Directory } from '#lib/directory/directory.ts';
import { DirectoryError } from '#lib/directory/errors.ts';
import { pause } from '#lib/directory/pacing.ts';
import { act, type LookFacts, type PlannedPerson } from './act.ts';
import { waitingTimes } from './core/backoff.ts';
import { type Decision, decide, type LicencePlan, licenceNames, verdict } from './core/decide.ts';
import { type Allowance, guard, openAllowance } from './core/guardrails.ts';
import type { Person } from './core/person.ts';
import { classify, type Tenant } from './core/situation.ts';
import { type Observed, observe } from './observe.ts';
import { type DraftRows, type Whom, whomToLookAt } from './whom.ts';

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
  /** For a dry run over an upload that is not taken in yet. */
  draft: DraftRows | null;
  /** Aborted when the process is to stop or an operator cancels the run: no new write is begun. */
  signal: AbortSignal;
  /** Throws `LeaseLostError` where another process has taken over; called in every recording transaction. */
  assertLease: () => void;
  /** Called between chunks: what an operator asked for meanwhile about certain people goes first. */
  interlude: () => Promise<void>;
}

export interface CycleResult {
  looked: number;
  /** False where there was nobody to look at and Graph was left in peace. */
  askedGraph: boolean;
}

/** Looks at everybody who is due and does what is to be done. Throws `DirectoryError` where the run has to stop. */
export async function lookAtPeople(context: CycleContext): Promise<CycleResult> {
  const { db, run, directory, settings, signal } = context;
  const startedAt = Date.now();
  const whom = whomToLookAt(db, run, context.draft, startedAt);
  setPeopleDue(db, run.id, whom.ids.length);
  if (whom.ids.length === 0 && startedAt - (skusSeenAt(db) ?? 0) < SEATS_STALE_MS)
    return { looked: 0, askedGraph: false };

  const { skus } = await directory.readTenant(signal);
  saveSubscribedSkus(db, skus, startedAt);
  const tenant: Tenant = {
    skus,
    defaultUsageLocation: settings.defaultUsageLocation,
    licenseAccountsWithAddress: settings.licenseAccountsWithAddress,
    waiting: waitingTimes(settings),
  };
  const allowance = openAllowance(skus, whom.reservedSeats(tenant));
  const progress: Progress = { allowance, looked: 0, failed: 0, deferred: [] };
  await lookInChunks(context, tenant, whom, whom.ids, progress);
  if (progress.deferred.length > 0 && !signal.aborted) {
    // Writes of a moment ago that do not show: replication gets its time, then the account is read and decided on again.
    const again = progress.deferred.splice(0);
    await pause(directory.replicationMs, signal);
    await lookInChunks(context, tenant, whom, again, progress);
  }
  return { looked: progress.looked, askedGraph: true };
}

/** What a run has come to so far; grows chunk by chunk. */
interface Progress extends Tally {
  allowance: Allowance;
  /** People whose unsettled write is too young to be repeated. */
  deferred: number[];
}

async function lookInChunks(
  context: CycleContext,
  tenant: Tenant,
  whom: Whom,
  ids: readonly number[],
  progress: Progress,
): Promise<void> {
  for (let start = 0; start < ids.length && !context.signal.aborted; start += CHUNK) {
    const startedAt = Date.now();
    const people = whom.read(ids.slice(start, start + CHUNK));
    const observed = await observe(context.directory, people, whom.chooseMapping(people), context.signal);
    const chunk = await settleChunk(context, tenant, { observed, startedAt }, progress);
    progress.allowance = chunk.allowance;
    progress.looked += people.length - chunk.deferred.length;
    progress.failed += chunk.failed;
    progress.deferred.push(...chunk.deferred);
    if (chunk.stoppedBy) throw chunk.stoppedBy;
    await context.interlude();
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

interface Chunk {
  allowance: Allowance;
  failed: number;
  deferred: number[];
  stoppedBy: DirectoryError | null;
}

/** Decides on people who were observed, writes what is to be written, and records all of it. */
async function settleChunk(
  context: CycleContext,
  tenant: Tenant,
  { observed, startedAt }: { observed: readonly Observed[]; startedAt: number },
  before: Progress,
): Promise<Chunk> {
  const { db, run, directory, signal } = context;
  const record = (looks: readonly LookFacts[]) => recordChunk(context, looks, startedAt);
  const { settled, planned, deferred, allowance } = decideChunk(context, observed, tenant, before.allowance);

  const failedLooks = countFailed(settled);
  stopWhenMostFail({ looked: before.looked + settled.length, failed: before.failed + failedLooks });
  record(settled);
  const chunk: Chunk = { allowance, failed: failedLooks, deferred, stoppedBy: null };
  if (planned.length === 0 || signal.aborted) return chunk;

  context.assertLease();
  recordIntents(db, run.id, planned.map(toIntent), Date.now());
  const { looks, stoppedBy, exhaustedSkus } = await act(directory, planned, tenant, signal);
  const seats = new Map(allowance.seats);
  for (const skuId of exhaustedSkus) seats.set(skuId, 0);
  record(looks);
  return {
    ...chunk,
    allowance: { ...allowance, seats },
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
    const decision = decide(classify(one.observation, tenant), person, now, tenant.waiting);
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
    else settled.push(settledLook(one, decision.kind === 'settle' ? decision : wouldLicense(person, decision)));
  }
  return { settled, planned, deferred, allowance };
}

/** Stores the looks of a chunk in one transaction, while the lease is ours; those of a dry run apart. */
function recordChunk(context: CycleContext, looks: readonly LookFacts[], startedAt: number): void {
  const results: LookResult[] = looks.map((look) => ({ ...look, durationMs: Date.now() - startedAt }));
  if (results.length === 0) return;
  context.db.transaction(
    (tx) => {
      context.assertLease();
      if (context.run.dryRun) recordDryLooks(tx, context.run.id, results);
      else recordLooks(tx, context.run.id, results, Date.now());
      addPeopleDone(tx, context.run.id, results.length);
    },
    { behavior: 'immediate' },
  );
}

type Settled = Extract<Decision, { kind: 'settle' }> & { planned?: LookFacts['planned'] };

function wouldLicense(person: Person, { addLicenses, location }: LicencePlan): Settled {
  const usageLocation = location?.value ?? null;
  const facts = { licences: licenceNames(addLicenses), location: usageLocation };
  const planned = { licences: addLicenses.map(({ skuPartNumber }) => skuPartNumber), usageLocation };
  return { kind: 'settle', verdict: verdict(person.state, 'would_license', facts, null), planned };
}

/** The look at somebody for whom nothing is written in this run. */
function settledLook(observed: Observed, { verdict: given, heldPlan, planned }: Settled): LookFacts {
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
    heldPlan: heldPlan ?? null,
    planned: planned ?? null,
    written: [],
    calls: observed.calls,
    intentResult: isLicensed ? 'applied' : null,
  };
}
