/** The words for what browsers draw, as scripts of their own for each language: loaded once and kept, so that no page carries them. */

import { createHash } from 'node:crypto';
import { PARTS, type Part } from './browser-parts.ts';
import { compiledMessages } from './dictionary.ts';
import type { Area } from './english.ts';
import type { Language } from './languages.ts';
import type { Compiled } from './say.ts';

export type BrowserWords = Partial<Record<Area, Compiled>>;

declare global {
  /** Of every language and part that was read since the page was loaded, or the server was started. */
  var autoprovisionWords: Partial<Record<Language, BrowserWords>> | undefined;
}

export interface BrowserScript {
  name: string;
  text: string;
}

const scripts = new Map<Language, Record<Part, BrowserScript>>();

export function browserScripts(language: Language): Record<Part, BrowserScript> {
  const known = scripts.get(language);
  if (known) return known;
  const made = Object.fromEntries(
    Object.entries(PARTS).map(([part, areas]) => [part, scriptOf(language, part, wordsOf(language, areas))]),
  ) as Record<Part, BrowserScript>;
  scripts.set(language, made);
  return made;
}

function scriptOf(language: Language, part: string, words: BrowserWords): BrowserScript {
  const text = JSON.stringify(words);
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  return {
    name: `${language}.${part}.${hash}.js`,
    text: `Object.assign((globalThis.autoprovisionWords??={})[${JSON.stringify(language)}]??={},${text})`,
  };
}

function wordsOf(language: Language, areas: readonly Area[]): BrowserWords {
  return Object.fromEntries(areas.map((area) => [area, compiledMessages(language, area)]));
}

/** Lets the server draw, with these words, what a browser will draw again. */
export function prepareWords(language: Language): void {
  globalThis.autoprovisionWords ??= {};
  globalThis.autoprovisionWords[language] ??= wordsOf(language, Object.values(PARTS).flat());
}
