/** What was done to a value of a row, in the reader’s language. It was kept in English, where each way of saying it stands for itself. */
import { VALUE_CHANGES_DE } from '#lib/words/de/value-changes.ts';
import type { Language } from './languages.ts';
import { pseudo } from './pseudo.ts';

const CORRECTED = /^corrected by (.*)$/s;

const isKnown = (text: string): text is keyof typeof VALUE_CHANGES_DE => Object.hasOwn(VALUE_CHANGES_DE, text);

/** Null: an earlier version said it in another way. */
function inGerman(what: string): string | null {
  const [, by] = CORRECTED.exec(what) ?? [];
  if (by !== undefined) return `korrigiert von ${by}`;
  const parts = what.split(', ');
  return parts.every(isKnown) ? parts.map((part) => VALUE_CHANGES_DE[part]).join(', ') : null;
}

/** `lang`: where it stays in English though its reader has another language. */
export function valueChangeIn(language: Language, what: string): { what: string; lang: 'en' | undefined } {
  if (language === 'en-x-pseudo') return { what: String(pseudo(what)), lang: undefined };
  if (language === 'en') return { what, lang: undefined };
  const german = inGerman(what);
  return german === null ? { what, lang: 'en' } : { what: german, lang: undefined };
}
