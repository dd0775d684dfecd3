/** Why people stand where they stand, in the reader’s language: titles, fixes and sentences. For the server. */
import { REASON_CATALOGUE } from '#lib/domain/reasons/reason-catalogue.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import { isReasonCode, REASONS, RUN_REASONS, stepsOf, type Wording } from '#lib/domain/reasons/reasons.ts';
import { readSaid, saidText } from '#lib/domain/reasons/said.ts';
import { REASON_CAUSES_DE } from '#lib/words/de/reason-causes.ts';
import { NOTES_DE, REASONS_DE, RUN_REASONS_DE } from '#lib/words/de/reasons.ts';
import type { Language } from './languages.ts';
import { pseudo } from './pseudo.ts';
import type { SentenceInWords } from './sentences.ts';

/** A sentence as it is stored with a person or an outcome. */
export interface StoredSentence {
  reason: string;
  message: string;
  /** `storedSaid`, as text or read; null: only the English text is known. */
  said: unknown;
}

export interface SayReason {
  /** An unknown code (from a newer version) is its own title. */
  title(code: string): string;
  /** Why a run ended early. */
  runTitle(code: string): string;
  /** Null where nothing needs doing. */
  fix(code: string): string | null;
  /** The same as steps, one after the other. */
  steps(code: string): readonly string[];
  /** The cause, as Help tells it. */
  cause(code: ReasonCode): string;
  sentence(stored: StoredSentence): SentenceInWords;
}

const GERMAN: Wording = { reasons: REASONS_DE, notes: NOTES_DE };

/** In English a sentence is what was stored, whatever is said today. */
function sentenceIn(language: Language, { reason, message, said }: StoredSentence): SentenceInWords {
  if (language !== 'de') return { message: accented(language, message), lang: undefined };
  const read = readSaid(said, { reason, message });
  return read ? { message: saidText(read, GERMAN), lang: undefined } : { message, lang: 'en' };
}

function accented(language: Language, text: string): string {
  return language === 'en-x-pseudo' ? String(pseudo(text)) : text;
}

export function reasonsIn(language: Language): SayReason {
  const words = language === 'de' ? REASONS_DE : REASONS;
  const runWords: Record<string, string> = language === 'de' ? RUN_REASONS_DE : RUN_REASONS;
  const title = (code: string) => (isReasonCode(code) ? accented(language, words[code].title) : code);
  const steps = (code: string) =>
    isReasonCode(code) ? stepsOf(words[code]).map((step) => accented(language, step)) : [];
  return {
    title,
    runTitle: (code) => (Object.hasOwn(runWords, code) ? accented(language, runWords[code] ?? code) : title(code)),
    fix: (code) => steps(code).join(' ') || null,
    steps,
    cause: (code) => accented(language, language === 'de' ? REASON_CAUSES_DE[code] : REASON_CATALOGUE[code].cause),
    sentence: (stored) => sentenceIn(language, stored),
  };
}

/** An item of a list as its reader gets it: what it is made from is of no more use. */
export function inWords<Item extends StoredSentence & { reasonTitle: string }>(
  say: SayReason,
  item: Item,
): Item & SentenceInWords {
  return { ...item, ...say.sentence(item), said: null, reasonTitle: say.title(item.reason) };
}
