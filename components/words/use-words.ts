/** The words of an area, for components that the browser draws. On the server `use-words.server.ts` stands in for this file: package.json says so under `imports`. */

import { use } from 'react';
import type { Area, Words } from '#lib/words/english.ts';
import { type Say, sayer } from '#lib/words/say.ts';
import { WordsContext } from './words-context.tsx';

/** Throws where no `BrowserWords` around it names the area. */
export function useWords<Name extends Area>(area: Name): Say<Words[Name]> {
  const { language, areas } = use(WordsContext);
  const messages = areas[area];
  if (!messages) throw new Error(`the browser has no words for ${area}: name them in BrowserWords`);
  return sayer<Words[Name]>(language, messages);
}
