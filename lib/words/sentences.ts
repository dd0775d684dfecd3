/** What is kept as an English sentence with its key and values, in the reader’s language. */
import { FILES } from '#lib/domain/sentences/file-sentences.ts';
import { type Sentence, type Sentences, saidIn, sentence } from '#lib/domain/sentences/sentence.ts';
import { valuesOf } from '#lib/domain/sentences/silences.ts';
import { inGerman } from '#lib/words/de/answers.ts';
import { FILES_DE } from '#lib/words/de/file-sentences.ts';
import { MAPPINGS_DE } from '#lib/words/de/mapping-sentences.ts';
import { RUNS_DE } from '#lib/words/de/run-sentences.ts';
import { SERVER_DE } from '#lib/words/de/server-sentences.ts';
import type { Language } from './languages.ts';
import { pseudo } from './pseudo.ts';

export const SENTENCES_DE: Sentences = { ...FILES_DE, ...RUNS_DE, ...MAPPINGS_DE, ...SERVER_DE };

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

/** How each reason that an import closes a row with begins and goes on, around its values. */
const CLOSED_BY_IMPORT = [
  ...(['cameAgain', 'cameBefore', 'cameBeforeAlike'] as const).map((key) => ({
    key,
    text: FILES[key]({ line: '{}', file: '{}' }),
  })),
  // As earlier versions stored it.
  { key: 'cameAgain' as const, text: 'It came again as line {} of {}, and stays out there.' },
].map(({ key, text }) => ({ key, parts: text.split('{}') }));

/** Why a row was closed: what its import gave as the reason in the reader’s language, an operator’s words as they are. */
export function whyClosedIn(language: Language, why: string): string {
  if (language === 'en') return why;
  for (const key of ['cameBeforeAll', 'cameBeforeAlikeAll'] as const)
    for (const n of [1, 2]) if (why === FILES[key]({ n })) return sentenceIn(language, sentence(key, { n })).message;
  if (why === FILES.fileReadAgain()) return sentenceIn(language, sentence('fileReadAgain')).message;
  const [sameFile] = valuesOf(why, FILES.fileCameBefore({ file: '{}' }).split('{}')) ?? [];
  if (sameFile !== undefined) return sentenceIn(language, sentence('fileCameBefore', { file: sameFile })).message;
  for (const { key, parts } of CLOSED_BY_IMPORT) {
    const [line, file] = valuesOf(why, parts) ?? [];
    if (line !== undefined && file !== undefined) return sentenceIn(language, sentence(key, { line, file })).message;
  }
  return why;
}

/** What Microsoft 365 answered, or why nothing is known from it: our own words in the reader’s language, Microsoft’s as they came. */
export function answerIn(language: Language, why: string): string {
  if (language === 'en-x-pseudo') return String(pseudo(why));
  return language === 'de' ? inGerman(why) : why;
}
