/** The words of an area, for components that the browser draws. On the server `use-words.server.ts` stands in for this file: package.json says so under `imports`. */

import { use } from 'react';
import type { BrowserWords } from '#lib/words/browser-script.ts';
import type { Area, Words } from '#lib/words/english.ts';
import type { Language } from '#lib/words/languages.ts';
import { type Say, sayer } from '#lib/words/say.ts';
import { LanguageContext } from './language-provider.tsx';

globalThis.autoprovisionWords ??= {};
/** Kept: once the browser has gone to another page, what is still drawn of this one would find the words of that. */
const everyLanguage: Partial<Record<Language, BrowserWords>> = globalThis.autoprovisionWords;

/** Throws where the page does not get the area: `lib/words/browser-parts.ts` names those it gets. */
export function useWords<Name extends Area>(area: Name): Say<Words[Name]> {
  return wordsIn(use(LanguageContext), area);
}

/** For what a browser says outside of components, as after a request: in the language of the page. */
export function pageWords<Name extends Area>(area: Name): Say<Words[Name]> {
  return wordsIn(document.documentElement.lang as Language, area);
}

function wordsIn<Name extends Area>(language: Language, area: Name): Say<Words[Name]> {
  const messages = everyLanguage[language]?.[area];
  if (!messages) throw new Error(`no words for ${area} (lib/words/browser-parts.ts)`);
  return sayer<Words[Name]>(language, messages);
}
