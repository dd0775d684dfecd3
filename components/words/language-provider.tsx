'use client';

import { createContext, type ReactNode, use } from 'react';
import type { Language } from '#lib/words/languages.ts';

/** The language of the page. */
export const LanguageContext = createContext<Language>('en');

const loading = new Map<string, Promise<void>>();

function load(script: string): Promise<void> {
  const known = loading.get(script);
  if (known) return known;
  const loaded = new Promise<void>((resolve, reject) => {
    const element = document.createElement('script');
    element.src = script;
    element.onload = () => resolve();
    element.onerror = () => reject(new Error(`${script} did not load`));
    document.head.append(element);
  });
  loading.set(script, loaded);
  return loaded;
}

/** `script`: where the words are. They are there already, unless the page is drawn by the browser alone, as for an item that does not exist, or gets another language. */
export function LanguageProvider(props: { language: Language; script: string; children: ReactNode }) {
  const { language, script, children } = props;
  if (!globalThis.autoprovisionWords?.[language]) use(load(script));
  return <LanguageContext value={language}>{children}</LanguageContext>;
}
