/** English: what every other language says as well, area by area. An area is what one page, or one part of several pages, says. */

import { preferences } from '#lib/words/en/preferences.ts';
import { signIn } from '#lib/words/en/sign-in.ts';

export const ENGLISH = { preferences, signIn } as const;

export type Words = typeof ENGLISH;
export type Area = keyof Words;

/** Another language has a message for each key, and no other. */
export type Translation<Name extends Area> = Readonly<Record<keyof Words[Name], string>>;
