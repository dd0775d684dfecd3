/** What is wrong with an input, in the words of the product instead of those of its validator. Pure. */
import type { z } from 'zod';
import { sayIn } from '#lib/words/dictionary.ts';
import { ENGLISH, type Words } from '#lib/words/english.ts';
import type { Language } from '#lib/words/languages.ts';
import type { KeyedMessage } from '#lib/words/say.ts';

type InputProblem = KeyedMessage<Words['inputProblems']>;
type RawIssue = z.core.$ZodRawIssue;

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'yes or no',
  array: 'a list',
  object: 'a group of values',
  date: 'a date',
};

function wrongSize({ origin, ...issue }: RawIssue & { code: 'too_small' | 'too_big' }): string {
  const isSmall = issue.code === 'too_small';
  const bound = isSmall ? issue.minimum : issue.maximum;
  const word = isSmall ? 'at least' : 'at most';
  if (origin === 'string')
    return bound === 1 && isSmall ? 'must not be empty' : `must have ${word} ${bound} characters`;
  if (origin === 'array' || origin === 'set') return `must have ${word} ${bound} ${bound === 1 ? 'entry' : 'entries'}`;
  return `must be ${word} ${bound}`;
}

/** For `safeParse`: where a schema has a sentence of its own, that one is used. */
export function inputProblem(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${KINDS[issue.expected] ?? 'something else'}`;
    case 'too_small':
    case 'too_big':
      return wrongSize(issue);
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return `there is no ${issue.keys.join(', ')}`;
    default:
      return 'is not in the right format';
  }
}

/** Each sentence of the dictionary, as it looks with its values. */
const SENTENCES = Object.entries(ENGLISH.inputProblems).map(([key, text]) => {
  const plain = text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
  return { key, pattern: new RegExp(`^${plain.replaceAll(/\\\{(\w+)\\\}/g, '(?<$1>.*)')}$`, 's') };
});

/** A number is written as the reader writes it. */
function valueIn(language: Language, value: string): string {
  return /^\d{1,3}(?:,\d{3})+$/.test(value) ? Number(value.replaceAll(',', '')).toLocaleString(language) : value;
}

/** A problem in another language: schemas have it in English, by which it is found in the dictionary. One that is not there stays as it is. */
export function inputProblemIn(language: Language, problem: string): string {
  if (language === 'en') return problem;
  for (const { key, pattern } of SENTENCES) {
    const found = pattern.exec(problem);
    if (!found) continue;
    const values = Object.entries(found.groups ?? {}).map(([name, value]) => [name, valueIn(language, value)]);
    return sayIn(language, 'inputProblems').told([key, Object.fromEntries(values)] as unknown as InputProblem);
  }
  return problem;
}
