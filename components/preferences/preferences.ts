/** What each reader chooses for this browser: theme, times and rows. Kept in a cookie, so that the first paint is right. Pure. */

/** The first value of each is the usual one. */
export const PREFERENCES = {
  theme: { system: 'As the system', light: 'Light', dark: 'Dark' },
  times: { relative: 'How long ago: “4 min ago”', absolute: 'Date and time: “22 Nov 2026, 15:03”' },
  zone: { browser: 'Of this computer', organisation: 'Of the organisation, as in Settings', utc: 'UTC' },
  clock: { h23: '24 hours: 15:03', h12: '12 hours: 3:03 pm' },
  rows: { comfortable: 'Comfortable', dense: 'Dense' },
} as const;

export type PreferenceName = keyof typeof PREFERENCES;
export type Preferences = { [Name in PreferenceName]: keyof (typeof PREFERENCES)[Name] };

export const PREFERENCES_COOKIE = 'preferences';

function chosen<Value extends string>(values: Record<Value, string>, named: readonly string[]): Value {
  const known = Object.keys(values) as Value[];
  return known.find((value) => named.includes(value)) ?? (known[0] as Value);
}

/** The usual values where the cookie says nothing that is known; no two preferences share the name of a value. */
export function readPreferences(cookie: string | undefined): Preferences {
  const named = (cookie ?? '').split('.');
  const { theme, times, zone, clock, rows } = PREFERENCES;
  return {
    theme: chosen(theme, named),
    times: chosen(times, named),
    zone: chosen(zone, named),
    clock: chosen(clock, named),
    rows: chosen(rows, named),
  };
}

export function cookieOf(preferences: Preferences): string {
  return Object.values(preferences).join('.');
}
