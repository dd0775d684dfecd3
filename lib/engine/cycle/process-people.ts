/** One cycle: observe → plan → guard → apply → record, in chunks of people, in the order in which they are served. */
import type { Db } from '#db/client.ts';
import { saveSubscribedSkus, skusSeenAt } from '#db/store/mappings/licences.ts';
import { knownSkus } from '#db/store/mappings/mappings-read.ts';
import { stepDurations } from '#db/store/people/cases-read.ts';
import { addPeopleDue, setPeopleDue } from '#db/store/runs/runs.ts';
import { readQuarantine } from '#db/store/system/engine-state.ts';
import { openAllowance } from '#lib/domain/decision/guardrails.ts';
import type { Tenant } from '#lib/domain/decision/observation.ts';
import { waitingTimes } from '#lib/domain/decision/waiting-times.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { usualTime } from '#lib/domain/time/usual-time.ts';
import { whenUnlocked } from '#lib/engine/when-unlocked.ts';
import type { TenantFacts } from '#lib/graph/directory.ts';
import { DirectoryError } from '#lib/graph/http/errors.ts';
import { pause } from '#lib/graph/pause.ts';
import type { CycleContext } from './cycle-context.ts';
import { Pipeline } from './pipeline.ts';
import { countLicensed } from './safety-window.ts';
import { selectPeople } from './select-people.ts';

/** A cycle with nobody to check refreshes the seats shown on screen at most this often. */
const SEATS_STALE_MS = 3_600_000;
/** How long a cycle works before it checks for new files. */
const FILE_CHECK_MS = 30_000;

export interface CycleResult {
  checked: number;
  /** False where there was nobody to check and Graph was not called. */
  calledGraph: boolean;
}

/** A tenant may have lost its last licence: that none is named is believed once runs have stopped for it for so long. */
const NONE_BELIEVED_AFTER_MS = 3_600_000;

function isStillNone(db: Db, why: Sentence, now: number): boolean {
  const quarantine = readQuarantine(db);
  return quarantine?.message === why.message && now - quarantine.since >= NONE_BELIEVED_AFTER_MS;
}

/** Throws `DirectoryError`, also where no licence is named although some were before: nobody may be judged by the first such answers. */
async function readTenant({ db, directory, requestContext, signal }: CycleContext, now: number): Promise<TenantFacts> {
  const facts = await directory.readTenant({ ...requestContext, signal });
  const none = sentence('noLicencesNamed');
  if (facts.skus.length === 0 && knownSkus(db).length > 0 && !isStillNone(db, none, now))
    throw new DirectoryError('graph_down', none);
  await whenUnlocked(db, signal);
  saveSubscribedSkus(db, facts.skus, now);
  return facts;
}

/** Checks everybody who is due and carries out what follows. Throws `DirectoryError` where the run has to stop. */
export async function processPeople(context: CycleContext): Promise<CycleResult> {
  const { db, run, directory, settings, signal, personLocks } = context;
  const startedAt = Date.now();
  const selection = await selectPeople(db, run, context.draft, startedAt);
  await whenUnlocked(db, signal);
  setPeopleDue(db, run.id, selection.count);
  // After a failure Graph is asked also where nobody is due: else it would count as failing until somebody is.
  const seatsAreFresh = startedAt - (skusSeenAt(db) ?? 0) < SEATS_STALE_MS && readQuarantine(db) === null;
  if (selection.count === 0 && seatsAreFresh) return { checked: 0, calledGraph: false };

  // A run that only watches mailboxes assigns no seats, so it need not know how many there are.
  const isOnlyWatching = run.trigger === 'watch' && seatsAreFresh;
  const { skus, verifiedDomains } = isOnlyWatching
    ? { skus: knownSkus(db), verifiedDomains: [] }
    : await readTenant(context, startedAt);
  const usualMailboxMs = usualTime('awaiting_mailbox', stepDurations(db))?.p95Ms ?? 0;
  const tenant: Tenant = {
    skus,
    verifiedDomains,
    defaultUsageLocation: settings.defaultUsageLocation,
    licenseAccountsWithAddress: settings.licenseAccountsWithAddress,
    start: {
      leadTime: settings.leadTime,
      timeZone: settings.timeZone,
      usualMailboxMs,
      waitUntilEnabled: settings.waitUntilEnabled,
    },
    waiting: waitingTimes(settings, usualMailboxMs),
  };
  const allowance = openAllowance(skus, selection.reservedSeats(tenant), countLicensed(db, settings.safetyLimit));
  const pipeline = new Pipeline(context, { selection, tenant, allowance });
  try {
    let remaining = await pipeline.start(selection.inFairOrder(allowance.seats, tenant), FILE_CHECK_MS);
    while (remaining.length > 0) {
      // A long cycle imports new files as it goes: their people take turns with those remaining.
      await context.importNewFiles();
      const newcomers = await selection.addNewcomers(remaining);
      if (newcomers > 0) addPeopleDue(db, run.id, newcomers);
      remaining = await pipeline.start(selection.inFairOrder(pipeline.seats, tenant), FILE_CHECK_MS);
    }
  } catch (error) {
    pipeline.stop(error);
  }
  await pipeline.finish();
  if (pipeline.locked.length > 0 && !signal.aborted) {
    // People that another run worked on are checked once it has released them.
    const locked = pipeline.locked.splice(0);
    await personLocks?.released(locked);
    await pipeline.start(locked, Number.POSITIVE_INFINITY);
    await pipeline.finish();
  }
  if (pipeline.deferred.length > 0 && !signal.aborted) {
    // Recent writes that do not show yet: replication gets its time, then the account is read and decided on again.
    const deferred = pipeline.deferred.splice(0);
    await pause(directory.replicationMs, signal);
    await pipeline.start(deferred, Number.POSITIVE_INFINITY);
    await pipeline.finish();
  }
  return { checked: pipeline.checked, calledGraph: true };
}
