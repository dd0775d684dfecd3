/** When people are really checked next: whoever is due waits for the schedule, and only mailboxes are watched in between. No verb. */
import type { Tx } from '#db/client.ts';
import { cycleIsRunning, queuedTriggers } from '#db/store/runs/runs.ts';
import { readSettings } from '#db/store/system/settings.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { readEnv } from '#lib/env.ts';
import { firstOutside, nextCycleTimes } from '#lib/schedule/maintenance.ts';

interface Due {
  state: PersonState;
  /** From when the person is due. */
  nextCheckAt: number | null;
}

/** Gives the moment (ms UTC) at which a check starts, not before `now`; null: none is planned, or the schedule is paused. */
export function checkTimes(db: Tx, now: number): (due: Due) => number | null {
  const settings = readSettings(db, readEnv());
  const { maintenance, timeZone } = settings;
  const isAtWork = queuedTriggers(db).length > 0 || cycleIsRunning(db);
  // Between two times of the schedule the answer is the same for everybody.
  const known: { from: number; at: number | null }[] = [];
  const cycleFrom = (due: number): number | null => {
    const same = known.find(({ from, at }) => from <= due && (at === null || due <= at));
    if (same) return same.at;
    const at = nextCycleTimes(settings, due - 1, 1)[0] ?? null;
    known.push({ from: due, at });
    return at;
  };
  return ({ state, nextCheckAt }) => {
    if (nextCheckAt === null) return null;
    const due = Math.max(nextCheckAt, now);
    if (due === now && isAtWork) return now;
    if (settings.paused) return null;
    if (state !== 'awaiting_mailbox') return cycleFrom(due);
    return maintenance ? firstOutside(maintenance, timeZone, due) : due;
  };
}
