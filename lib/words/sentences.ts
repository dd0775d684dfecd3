/** What is kept as an English sentence with its key and values, in the reader’s language. */
import { type Sentence, type Sentences, saidIn } from '#lib/domain/sentences/sentence.ts';
import { inGerman } from '#lib/words/de/answers.ts';
import { FILES_DE } from '#lib/words/de/file-sentences.ts';
import { MAPPINGS_DE } from '#lib/words/de/mapping-sentences.ts';
import { RUNS_DE } from '#lib/words/de/run-sentences.ts';
import type { Language } from './languages.ts';
import { pseudo } from './pseudo.ts';

export const SENTENCES_DE: Sentences = { ...FILES_DE, ...RUNS_DE, ...MAPPINGS_DE };

export interface SentenceInWords {
  message: string;
  /** Where it is not in the reader’s language: it was stored in English without what it was made from. */
  lang: 'en' | undefined;
}

export type InWords<Item extends Sentence> = Omit<Item, keyof Sentence> & SentenceInWords;

/** In English a sentence is what was stored, whatever is said today. */
export function sentenceIn(language: Language, { message, said }: Sentence): SentenceInWords {
  if (language === 'en-x-pseudo') return { message: String(pseudo(message)), lang: undefined };
  if (language === 'en') return { message, lang: undefined };
  const german = saidIn(SENTENCES_DE, { said });
  return german === null ? { message, lang: 'en' } : { message: german, lang: undefined };
}

/** Something with a sentence as its reader gets it: what it is made from is of no more use. */
export function inWords<Item extends Sentence>(language: Language, item: Item): InWords<Item> {
  const { message, said, ...other } = item;
  return { ...other, ...sentenceIn(language, { message, said }) };
}

/** What Microsoft 365 answered, or why nothing is known from it: our own words in the reader’s language, Microsoft’s as they came. */
export function answerIn(language: Language, why: string): string {
  if (language === 'en-x-pseudo') return String(pseudo(why));
  return language === 'de' ? inGerman(why) : why;
}
