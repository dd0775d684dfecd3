/** When cycles start, and the times at which none does. */
export const schedules = {
  everyDay: 'every day',
  'day.0': 'Sundays',
  'day.1': 'Mondays',
  'day.2': 'Tuesdays',
  'day.3': 'Wednesdays',
  'day.4': 'Thursdays',
  'day.5': 'Fridays',
  'day.6': 'Saturdays',
  window: '{days} from {from} to {to}',
  overMidnight: '{days} from {from} to {to} of the next day',
} as const;
