/** A cron expression in words, for people who do not read cron. Pure. */
import cronstrue from 'cronstrue';

/** Offered in Settings; the words come from `scheduleText`. */
export const COMMON_SCHEDULES = [
  '*/5 * * * *',
  '*/15 * * * *',
  '*/30 * * * *',
  '0 * * * *',
  '*/15 7-18 * * 1-5',
  '0 2 * * *',
] as const;

/** A sentence without its full stop, such as `Every 15 minutes` or `At 02:00, every day`; what is no cron is only called that. */
export function scheduleText(cron: string): string {
  try {
    // Verbose: it names the days, and the minutes of a step that does not divide the hour. "Every hour, every day" adds nothing.
    return cronstrue
      .toString(cron, { use24HourTimeFormat: true, verbose: true })
      .replace(', every hour, every day', '');
  } catch {
    return 'At the times of this cron expression';
  }
}
