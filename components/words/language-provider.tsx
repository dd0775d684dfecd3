'use client';

import { usePathname } from 'next/navigation';
import { createContext, type ReactNode, use } from 'react';
import { PARTS, type Part, partsOf } from '#lib/words/browser-parts.ts';
import type { Language } from '#lib/words/languages.ts';

/** Where the script of each part is. */
export type Addresses = Readonly<Record<Part, string>>;

/** The language of the page. */
export const LanguageContext = createContext<Language>('en');

const loading = new Map<string, Promise<unknown>>();

function load(script: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = script;
    element.onload = () => resolve();
    element.onerror = () => reject(new Error(`${script} did not load`));
    document.head.append(element);
  });
}

/** One promise for all of them: React takes a second one, used where the first has been kept, for the first. */
function loadAll(scripts: readonly string[]): Promise<unknown> {
  const key = scripts.join();
  const loaded = loading.get(key) ?? Promise.all(scripts.map(load));
  loading.set(key, loaded);
  return loaded;
}

/** What the server drew stands until the words are there; most often they are, unless the page is the first of its part or gets another language. */
export function LanguageProvider(props: { language: Language; scripts: Addresses; children: ReactNode }) {
  const { language, scripts, children } = props;
  const path = usePathname();
  const known = globalThis.autoprovisionWords?.[language];
  const missing = partsOf(path).filter((part) => PARTS[part].some((area) => known?.[area] === undefined));
  if (missing.length > 0) use(loadAll(missing.map((part) => scripts[part])));
  return <LanguageContext value={language}>{children}</LanguageContext>;
}
