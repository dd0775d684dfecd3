/** The words of an area, for components that are drawn on the server and do not wait for anything. */

import { use } from 'react';
import type { Area, Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { words } from './words.ts';

export function useWords<Name extends Area>(area: Name): Say<Words[Name]> {
  return use(words(area));
}
