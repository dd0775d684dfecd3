/** Sentences that are kept in English, and beside it as a key with its values, so that pages can say them in other languages. Pure. */
import { z } from 'zod';
import { FILES } from './file-sentences.ts';
import { MAPPINGS } from './mapping-sentences.ts';
import { RUNS } from './run-sentences.ts';
import { SERVER } from './server-sentences.ts';

export const SENTENCES = { ...FILES, ...RUNS, ...MAPPINGS, ...SERVER };

/** What says them in a language: for each key a function of its values. */
export type Sentences = typeof SENTENCES;
export type SentenceKey = keyof Sentences;

/** A sentence inside another one, said in the same language. */
export interface Part {
  readonly say: readonly [key: SentenceKey, values?: object];
}

/** Where a sentence takes a text, another sentence may stand. */
type Given<Values> = {
  [Name in keyof Values]: Values[Name] extends string
    ? Values[Name] | Part
    : Values[Name] extends readonly string[]
      ? readonly (string | Part)[]
      : Values[Name];
};
type Needed<Key extends SentenceKey> = Parameters<Sentences[Key]> extends [infer Values] ? [values: Given<Values>] : [];

/** As it is stored. `said` is left out where nobody knows what it was made from: it came from elsewhere, or was stored by an earlier version. */
export interface Sentence {
  message: string;
  said?: readonly [key: string, values?: object] | undefined;
}

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && 'say' in value;

function filled(value: unknown, sentences: Sentences): unknown {
  if (isPart(value)) return textOf(value.say, sentences);
  return Array.isArray(value) ? value.map((one) => filled(one, sentences)) : value;
}

/** Throws for a value that is not there: a newer sentence may want one that an earlier version did not keep. */
const COMPLETE: ProxyHandler<Record<string, unknown>> = {
  get(values, name) {
    if (typeof name === 'string' && Object.hasOwn(values, name)) return values[name];
    throw new Error(`the value ${String(name)} is missing`);
  },
};

function textOf([key, values = {}]: Part['say'], sentences: Sentences): string {
  const given = Object.entries(values).map(([name, value]) => [name, filled(value, sentences)]);
  const say = sentences[key] as (values: unknown) => string;
  return say(new Proxy(Object.fromEntries(given), COMPLETE));
}

export function sentence<Key extends SentenceKey>(key: Key, ...values: Needed<Key>): Sentence & { said: Part['say'] } {
  const said = [key, ...values] as unknown as Part['say'];
  return { message: textOf(said, SENTENCES), said };
}

export function part<Key extends SentenceKey>(key: Key, ...values: Needed<Key>): Part {
  return { say: [key, ...values] as unknown as Part['say'] };
}

/** A sentence inside another one: in English where it is not known what it was made from. */
export function partOf({ message, said }: Sentence): Part | string {
  return said === undefined ? message : { say: said as Part['say'] };
}

/** What is made from sentences of which one cannot be said in other languages cannot be either. */
export function within(whole: Sentence, from: readonly Sentence[]): Sentence {
  return from.every(({ said }) => said) ? whole : { message: whole.message };
}

/** A sentence beside what else is stored with it. */
export const SENTENCE = {
  message: z.string(),
  /** Another version’s may be anything. */
  said: z
    .union([z.tuple([z.string()]), z.tuple([z.string(), z.record(z.string(), z.unknown())])])
    .optional()
    .catch(undefined),
};

/** Earlier versions stored the text alone. */
export const sentenceSchema: z.ZodType<Sentence> = z.union([
  z.string().transform((message) => ({ message })),
  z.object(SENTENCE),
]);

/** Null where it cannot be said in another language. */
export function saidIn(sentences: Sentences, { said }: Pick<Sentence, 'said'>): string | null {
  if (said === undefined || !Object.hasOwn(sentences, said[0])) return null;
  try {
    return textOf(said as Part['say'], sentences);
  } catch {
    return null;
  }
}
