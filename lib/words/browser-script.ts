/** The words for what browsers draw, as a script of its own for each language: loaded once and kept, so that no page carries them. */

import { createHash } from 'node:crypto';
import { compiledMessages } from './dictionary.ts';
import type { Area } from './english.ts';
import type { Language } from './languages.ts';
import type { Compiled } from './say.ts';

/** The areas that components in a browser use. */
const BROWSER_AREAS = [
  'actions',
  'approvalGroups',
  'changes',
  'controls',
  'counted',
  'documents',
  'files',
  'find',
  'historyFilters',
  'keys',
  'mails',
  'mapping',
  'navigation',
  'onPremises',
  'pager',
  'peopleList',
  'personCase',
  'plannedStarts',
  'preferences',
  'requests',
  'rowCases',
  'runs',
  'sessionList',
  'settingNames',
  'settingsForm',
  'signIn',
  'states',
  'table',
  'time',
  'upload',
] as const satisfies Area[];

export type BrowserWords = Partial<Record<Area, Compiled>>;

declare global {
  /** Of every language that was read since the page was loaded, or the server was started. */
  var autoprovisionWords: Partial<Record<Language, BrowserWords>> | undefined;
}

export interface BrowserScript {
  name: string;
  text: string;
}

const scripts = new Map<Language, BrowserScript>();

export function browserScript(language: Language): BrowserScript {
  const known = scripts.get(language);
  if (known) return known;
  const words = JSON.stringify({ [language]: wordsFor(language) });
  const hash = createHash('sha256').update(words).digest('base64url').slice(0, 16);
  const made = { name: `${language}.${hash}.js`, text: `Object.assign(globalThis.autoprovisionWords??={},${words})` };
  scripts.set(language, made);
  return made;
}

function wordsFor(language: Language): BrowserWords {
  return Object.fromEntries(BROWSER_AREAS.map((area) => [area, compiledMessages(language, area)]));
}

/** Lets the server draw, with these words, what a browser will draw again. */
export function prepareWords(language: Language): void {
  globalThis.autoprovisionWords ??= {};
  globalThis.autoprovisionWords[language] ??= wordsFor(language);
}
