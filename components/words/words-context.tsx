'use client';

import { createContext, type ReactNode, use, useMemo } from 'react';
import type { Area } from '#lib/words/english.ts';
import type { Language } from '#lib/words/languages.ts';
import type { Compiled } from '#lib/words/say.ts';

interface BrowserDictionary {
  language: Language;
  areas: Partial<Record<Area, Compiled>>;
}

export const WordsContext = createContext<BrowserDictionary>({ language: 'en', areas: {} });

/** Hands areas of the dictionary to the components in the browser, beside those it has already. */
export function WordsProvider({ language, areas, children }: BrowserDictionary & { children: ReactNode }) {
  const outer = use(WordsContext);
  const all = useMemo(() => ({ language, areas: { ...outer.areas, ...areas } }), [language, areas, outer.areas]);
  return <WordsContext value={all}>{children}</WordsContext>;
}
