/** One cycle: observe → decide → guard → act → record, in chunks of people, in order of arrival. */
import type { Db } from '#db/client.ts';
import { knownSkus } from '#db/store/mappings/mappings-read.ts';
import { addPeopleDue, type Run, saveSubscribedSkus, setPeopleDue, skusSeenAt } from '#db/store/runs/runs.ts';
import type { Settings } from '#db/store/system/settings.ts';
import { openAllowance } from '#lib/domain/guardrails.ts';
import type { SubscribedSku } from '#lib/domain/licences/mapping.ts';
import type { Tenant } from '#lib/domain/situation.ts';
import { waitingTimes } from '#lib/domain/waiting-times.ts';
import type { Directory } from '#lib/graph/directory.ts';
import { pause } from '#lib/graph/rate-limit.ts';
import type { Errand } from '#lib/graph/request-queue.ts';
import type { UnderWay } from './person-locks.ts';
import { Conveyor } from './pipeline.ts';
import { type DraftRows, whomToLookAt } from './select-people.ts';

/** A cycle with nobody to look at refreshes the seats shown on screen at most this often. */
const SEATS_STALE_MS = 3_600_000;
/** How long a cycle goes on before it looks for new files. */
const LEG_MS = 30_000;

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
  /** On whose account Graph is asked. */
  errand: Errand;
  /** Throws `LeaseLostError` where another process has taken over; called in every recording transaction. */
  assertLease: () => void;
  /** Who is looked at by other runs of this process; null for a dry run, which is in nobody's way. */
  underWay: UnderWay | null;
  /** Takes in files that came since the run began; nothing where this run reads no files. */
  takeInMore: () => Promise<void>;
}

export interface CycleResult {
  looked: number;
  /** False where there was nobody to look at and Graph was left in peace. */
  askedGraph: boolean;
}

async function readSkus({ db, directory, errand, signal }: CycleContext, now: number): Promise<SubscribedSku[]> {
  const { skus } = await directory.readTenant({ ...errand, signal });
  saveSubscribedSkus(db, skus, now);
  return skus;
}

/** Looks at everybody who is due and does what is to be done. Throws `DirectoryError` where the run has to stop. */
export async function lookAtPeople(context: CycleContext): Promise<CycleResult> {
  const { db, run, directory, settings, signal, underWay } = context;
  const startedAt = Date.now();
  const whom = await whomToLookAt(db, run, context.draft, startedAt);
  setPeopleDue(db, run.id, whom.count);
  const seatsAreFresh = startedAt - (skusSeenAt(db) ?? 0) < SEATS_STALE_MS;
  if (whom.count === 0 && seatsAreFresh) return { looked: 0, askedGraph: false };

  // Whoever only watches mailboxes gives no seats away, and need not ask how many there are.
  const skus = run.trigger === 'watch' && seatsAreFresh ? knownSkus(db) : await readSkus(context, startedAt);
  const tenant: Tenant = {
    skus,
    defaultUsageLocation: settings.defaultUsageLocation,
    licenseAccountsWithAddress: settings.licenseAccountsWithAddress,
    waiting: waitingTimes(settings),
  };
  const allowance = openAllowance(skus, whom.reservedSeats(tenant));
  const conveyor = new Conveyor(context, { whom, tenant, allowance });
  try {
    let left = await conveyor.begin(whom.inTurn(allowance.seats, tenant), LEG_MS);
    while (left.length > 0) {
      // A long cycle takes new files in as it goes: their people take turns with those who are left.
      await context.takeInMore();
      const newcomers = await whom.join(left);
      if (newcomers > 0) addPeopleDue(db, run.id, newcomers);
      left = await conveyor.begin(whom.inTurn(conveyor.seats, tenant), LEG_MS);
    }
  } catch (error) {
    conveyor.stop(error);
  }
  await conveyor.end();
  if (conveyor.taken.length > 0 && !signal.aborted) {
    // Whom another run worked on meanwhile is looked at once it is done with them.
    const taken = conveyor.taken.splice(0);
    await underWay?.free(taken);
    await conveyor.begin(taken, Number.POSITIVE_INFINITY);
    await conveyor.end();
  }
  if (conveyor.deferred.length > 0 && !signal.aborted) {
    // Writes of a moment ago that do not show: replication gets its time, then the account is read and decided on again.
    const deferred = conveyor.deferred.splice(0);
    await pause(directory.replicationMs, signal);
    await conveyor.begin(deferred, Number.POSITIVE_INFINITY);
    await conveyor.end();
  }
  return { looked: conveyor.looked, askedGraph: true };
}
