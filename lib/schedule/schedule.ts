/** When a cycle is due: pure, computed from the schedule and its zone with croner (node-cron loses runs when clocks change). */
import { Cron } from 'croner';

/** Throws where the expression or the zone cannot be read. */
function parse(schedule: string, timeZone: string): Cron {
  return new Cron(schedule, { timezone: timeZone, mode: '5-part', paused: true });
}

/** Why there is no such time zone, or null. An empty one is none: it would be that of the server. */
export function timeZoneProblem(timeZone: string): string | null {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone });
    return null;
  } catch {
    return 'There is no such time zone: write one such as Europe/Berlin.';
  }
}

/** Null, or one sentence about what is wrong with the schedule or its zone. */
export function scheduleProblem(schedule: string, timeZone: string): string | null {
  const zoneProblem = timeZoneProblem(timeZone);
  if (zoneProblem) return zoneProblem;
  try {
    return parse(schedule, timeZone).nextRun() ? null : 'This schedule never runs.';
  } catch {
    return 'This schedule cannot be read: write five fields such as */15 * * * *.';
  }
}

/** The next `count` times after `afterMs`, in ms UTC. */
export function nextTimes(schedule: string, timeZone: string, afterMs: number, count: number): number[] {
  return parse(schedule, timeZone)
    .nextRuns(count, new Date(afterMs))
    .map((date) => date.getTime());
}

/**
 * True where at least one scheduled time lies after `servedUntil` and not after `now`. However many were missed while the
 * server was down, that is one catch-up run.
 */
export function isDue(schedule: string, timeZone: string, servedUntil: number, now: number): boolean {
  const [next] = nextTimes(schedule, timeZone, servedUntil, 1);
  return next !== undefined && next <= now;
}
