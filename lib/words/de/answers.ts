/** What Microsoft 365 answered, or that it did not, as it is kept in English: our own words in German, Microsoft’s as they came. */
import { stopOf } from '#lib/domain/sentences/stops.ts';
import { RUNS_DE } from './run-sentences.ts';
import { silenceInGerman } from './silences.ts';

/** With a full stop only where the English has one; null: Microsoft’s own words. */
function ownWords(text: string): string | null {
  const stop = stopOf(text);
  if (stop === null) return silenceInGerman(text);
  const german = (RUNS_DE[stop.key] as (values: unknown) => string)(stop.values);
  return text.endsWith('.') ? german : german.replace(/\.$/, '');
}

export const inGerman = (text: string) => ownWords(text) ?? text;

/** The same, Microsoft’s words as a quotation. */
export const orQuoted = (text: string) => ownWords(text) ?? `„${text}“`;
