/** A cron expression in words, for people who do not read cron. Pure. */
import cronstrue from 'cronstrue';
import 'cronstrue/locales/de.js';

/** Offered in Settings; the words come from `scheduleText`. */
export const COMMON_SCHEDULES = [
  '*/5 * * * *',
  '*/15 * * * *',
  '*/30 * * * *',
  '0 * * * *',
  '*/15 7-18 * * 1-5',
  '0 2 * * *',
] as const;

/** What says nothing, and what is said of an expression that cannot be read, by language. */
const LANGUAGES = {
  en: { always: ', every hour, every day', unread: 'At the times of this cron expression' },
  de: { always: ', jede Stunde, jeden Tag', unread: 'Zu den Zeiten dieses Cron-Ausdrucks' },
};

/** A sentence without its full stop, such as `Every 15 minutes` or `At 02:00, every day`; what is no cron is only called that. */
export function scheduleText(cron: string, locale: keyof typeof LANGUAGES = 'en'): string {
  const { always, unread } = LANGUAGES[locale];
  try {
    // Verbose: it names the days, and the minutes of a step that does not divide the hour. "Every hour, every day" adds nothing.
    return cronstrue.toString(cron, { use24HourTimeFormat: true, verbose: true, locale }).replace(always, '');
  } catch {
    return unread;
  }
}
