/** What is wrong with an input, in the words of the product instead of those of its validator. Pure. */
import type { z } from 'zod';

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
      return 'is not written as it has to be';
  }
}
