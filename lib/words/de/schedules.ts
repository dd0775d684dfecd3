import type { Translation } from '#lib/words/english.ts';

export const schedulesDe: Translation<'schedules'> = {
  everyDay: 'jeden Tag',
  'day.0': 'sonntags',
  'day.1': 'montags',
  'day.2': 'dienstags',
  'day.3': 'mittwochs',
  'day.4': 'donnerstags',
  'day.5': 'freitags',
  'day.6': 'samstags',
  window: '{days} von {from} bis {to}',
  overMidnight: '{days} von {from} bis {to} des nächsten Tages',
};
