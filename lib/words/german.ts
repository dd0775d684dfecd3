/** German: the terms are those of Microsoft’s own German products, the form of address is Sie. */

import { preferences } from '#lib/words/de/preferences.ts';
import { signIn } from '#lib/words/de/sign-in.ts';
import type { Area, Translation } from './english.ts';

export const GERMAN: { readonly [Name in Area]: Translation<Name> } = { preferences, signIn };
