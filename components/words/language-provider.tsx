'use client';

import { createContext, type ReactNode } from 'react';
import type { Language } from '#lib/words/languages.ts';

/** The language of the page. */
export const LanguageContext = createContext<Language>('en');

export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <LanguageContext value={language}>{children}</LanguageContext>;
}
