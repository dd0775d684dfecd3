/** One cycle: observe → decide → guard → act → record, in chunks of people, in order of arrival. */
import { knownSkus } from '#db/store/mappings/mappings-read.ts';
import { addPeopleDue, saveSubscribedSkus, setPeopleDue, skusSeenAt } from '#db/store/runs/runs.ts';
import { openAllowance } from '#lib/domain/guardrails.ts';
import type { SubscribedSku } from '#lib/domain/licences/mapping.ts';
import type { Tenant } from '#lib/domain/situation.ts';
import { waitingTimes } from '#lib/domain/waiting-times.ts';
import { pause } from '#lib/graph/rate-limit.ts';
import type { CycleContext } from './cycle-context.ts';
import { Pipeline } from './pipeline.ts';
import { selectPeople } from './select-people.ts';

/** A cycle with nobody to look at refreshes the seats shown on screen at most this often. */
const SEATS_STALE_MS = 3_600_000;
/** How long a cycle goes on before it looks for new files. */
const LEG_MS = 30_000;

export interface CycleResult {
  checked: number;
  /** False where there was nobody to look at and Graph was left in peace. */
  askedGraph: boolean;
}

async function readSkus(
  { db, directory, requestContext, signal }: CycleContext,
  now: number,
): Promise<SubscribedSku[]> {
  const { skus } = await directory.readTenant({ ...requestContext, signal });
  saveSubscribedSkus(db, skus, now);
  return skus;
}

/** Looks at everybody who is due and does what is to be done. Throws `DirectoryError` where the run has to stop. */
export async function processPeople(context: CycleContext): Promise<CycleResult> {
  const { db, run, directory, settings, signal, personLocks } = context;
  const startedAt = Date.now();
  const selection = await selectPeople(db, run, context.draft, startedAt);
  setPeopleDue(db, run.id, selection.count);
  const seatsAreFresh = startedAt - (skusSeenAt(db) ?? 0) < SEATS_STALE_MS;
  if (selection.count === 0 && seatsAreFresh) return { checked: 0, askedGraph: false };

  // Whoever only watches mailboxes gives no seats away, and need not ask how many there are.
  const skus = run.trigger === 'watch' && seatsAreFresh ? knownSkus(db) : await readSkus(context, startedAt);
  const tenant: Tenant = {
    skus,
    defaultUsageLocation: settings.defaultUsageLocation,
    licenseAccountsWithAddress: settings.licenseAccountsWithAddress,
    waiting: waitingTimes(settings),
  };
  const allowance = openAllowance(skus, selection.reservedSeats(tenant));
  const pipeline = new Pipeline(context, { selection, tenant, allowance });
  try {
    let left = await pipeline.begin(selection.inFairOrder(allowance.seats, tenant), LEG_MS);
    while (left.length > 0) {
      // A long cycle takes new files in as it goes: their people take turns with those who are left.
      await context.importNewFiles();
      const newcomers = await selection.join(left);
      if (newcomers > 0) addPeopleDue(db, run.id, newcomers);
      left = await pipeline.begin(selection.inFairOrder(pipeline.seats, tenant), LEG_MS);
    }
  } catch (error) {
    pipeline.stop(error);
  }
  await pipeline.end();
  if (pipeline.taken.length > 0 && !signal.aborted) {
    // Whom another run worked on meanwhile is looked at once it is done with them.
    const taken = pipeline.taken.splice(0);
    await personLocks?.free(taken);
    await pipeline.begin(taken, Number.POSITIVE_INFINITY);
    await pipeline.end();
  }
  if (pipeline.deferred.length > 0 && !signal.aborted) {
    // Writes of a moment ago that do not show: replication gets its time, then the account is read and decided on again.
    const deferred = pipeline.deferred.splice(0);
    await pause(directory.replicationMs, signal);
    await pipeline.begin(deferred, Number.POSITIVE_INFINITY);
    await pipeline.end();
  }
  return { checked: pipeline.checked, askedGraph: true };
}
