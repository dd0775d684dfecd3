/** When a report may be sent: at once, hourly or daily, and never a flood. Pure. */
import type { Settings } from '#lib/domain/settings.ts';
import { isDue } from '#lib/schedule/schedule.ts';

const MINUTE = 60_000;

/** Reports within half an hour at most, whatever happens: what is more goes with a later one. */
export const FLOOD = { reports: 3, withinMs: 30 * MINUTE };

/** `sent`: when the newest reports were written, in ms. What is held back is told by the next report: each tells what is new since the one before. */
export function reportIsDue(
  { reportPace, reportTime, timeZone }: Pick<Settings, 'reportPace' | 'reportTime' | 'timeZone'>,
  sent: readonly number[],
  now: number,
): boolean {
  const last = Math.max(0, ...sent);
  if (sent.filter((at) => at > now - FLOOD.withinMs).length >= FLOOD.reports) return false;
  if (reportPace === 'at_once') return true;
  if (reportPace === 'hourly') return now - last >= 60 * MINUTE;
  const [hours, minutes] = reportTime.split(':').map(Number);
  return isDue(`${minutes} ${hours} * * *`, timeZone, last, now);
}
