/** What the checks of the set-up found, said in a language: kept as messages with their values, so that it can be said again. For the server. */

import type { Sentence } from '#lib/domain/sentences/sentence.ts';
import { sayIn } from './dictionary.ts';
import type { Words } from './english.ts';
import type { Language } from './languages.ts';
import type { KeyedMessage } from './say.ts';
import { answerIn, sentenceIn } from './sentences.ts';

/** A message whose values are numbers and names. */
export type Clause = KeyedMessage<Words['findings']>;

type Filled<Values> = {
  [Name in keyof Values]: string extends Values[Name]
    ? Values[Name] | Clause | readonly Clause[] | Sentence
    : Values[Name];
};

/** A message in whose place of a name other messages may stand, or a sentence of the domain. */
export type Message = Clause extends infer Each
  ? Each extends readonly [infer Key, infer Values]
    ? readonly [key: Key, values: Filled<Values>]
    : Each
  : never;

/** What was found in one check. */
export interface Found {
  /** Null: the check is called as its code is. */
  title: Message | null;
  sentences: readonly Message[];
  fix: Message | null;
}

export interface FoundInWords {
  /** Null: as the code is called. */
  title: string | null;
  message: string;
  fix: string | null;
}

/** Values that tell what another system said, or that it said nothing. */
const ANSWERS = ['why', 'problem'];

/** Throws for messages or values of another version. */
export function sayFound(language: Language, { title, sentences, fix }: Found): FoundInWords {
  const say = sayIn(language, 'findings');
  const fill = (name: string, value: unknown): unknown => {
    if (typeof value === 'string') return ANSWERS.includes(name) ? answerIn(language, value) : value;
    if (typeof value === 'object' && value !== null && 'message' in value)
      return sentenceIn(language, value as Sentence).message;
    if (!Array.isArray(value)) return value;
    return Array.isArray(value[0])
      ? value.map((one) => say.told(one)).join('; ')
      : say.told(value as unknown as Clause);
  };
  const told = ([key, values = {}]: readonly [unknown, object?]) => {
    const filled = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fill(name, value)]));
    return say.told([key, filled] as unknown as Clause);
  };
  return {
    title: title && told(title),
    message: sentences.map(told).join(' '),
    fix: fix && told(fix),
  };
}
