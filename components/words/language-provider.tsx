'use client';

import { usePathname } from 'next/navigation';
import { createContext, type ReactNode, use } from 'react';
import { PARTS, type Part, partsOf } from '#lib/words/browser-parts.ts';
import type { Language } from '#lib/words/languages.ts';

/** Where the script of each part is. */
export type Addresses = Readonly<Record<Part, string>>;

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

/** What the server drew stands until the words are there; most often they are, unless the page is the first of its part or gets another language. */
export function LanguageProvider(props: { language: Language; scripts: Addresses; children: ReactNode }) {
  const { language, scripts, children } = props;
  const path = usePathname();
  const known = globalThis.autoprovisionWords?.[language];
  for (const part of partsOf(path))
    if (PARTS[part].some((area) => known?.[area] === undefined)) use(load(scripts[part]));
  return <LanguageContext value={language}>{children}</LanguageContext>;
}
