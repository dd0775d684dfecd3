/** What each reader chooses for this browser: language, theme, times and rows. Kept in a cookie, so that the first paint is right. Pure. */

import { LANGUAGES, type Language } from '#lib/words/languages.ts';

/** The first value of each is the usual one. */
export const PREFERENCES = {
  language: ['accepted', ...(Object.keys(LANGUAGES) as Language[])],
  theme: ['system', 'light', 'dark'],
  times: ['relative', 'absolute'],
  zone: ['browser', 'organisation', 'utc'],
  clock: ['h23', 'h12'],
  rows: ['comfortable', 'dense'],
} as const;

export type PreferenceName = keyof typeof PREFERENCES;
export type Preferences = { [Name in PreferenceName]: (typeof PREFERENCES)[Name][number] };

export const PREFERENCES_COOKIE = 'preferences';

function chosen<Value extends string>(values: readonly [Value, ...Value[]], named: readonly string[]): Value {
  return values.find((value) => named.includes(value)) ?? values[0];
}

/** The usual values where the cookie says nothing that is known; no two preferences share the name of a value. */
export function readPreferences(cookie: string | undefined): Preferences {
  const named = (cookie ?? '').split('.');
  const { language, theme, times, zone, clock, rows } = PREFERENCES;
  return {
    language: chosen(language, named),
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
