/** The language of a request, and words in it. For pages, their titles, and other components that wait for something. */

import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { PREFERENCES_COOKIE, readPreferences } from '#components/preferences/preferences.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Area, Words } from '#lib/words/english.ts';
import { type Language, languageFor } from '#lib/words/languages.ts';
import { offeredLanguages } from '#lib/words/offered.ts';
import type { Say } from '#lib/words/say.ts';

export const requestLanguage = cache(async (): Promise<Language> => {
  const { language } = readPreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  return languageFor(language, (await headers()).get('accept-language'), offeredLanguages());
});

const ofRequest = cache(async (area: Area): Promise<unknown> => sayIn(await requestLanguage(), area));

/** The same promise throughout a request. */
export function words<Name extends Area>(area: Name): Promise<Say<Words[Name]>> {
  return ofRequest(area) as Promise<Say<Words[Name]>>;
}
