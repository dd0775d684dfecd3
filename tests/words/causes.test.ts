import { expect, test } from 'vitest';
import { CAUSES, type CauseCode } from '#lib/domain/diagnosis/causes.ts';
import { SAYINGS, type Saying, sayingText, utc } from '#lib/domain/diagnosis/sayings.ts';
import { causeWords } from '#lib/words/causes.ts';

/** Everything that a fact can say, each value told from the others. */
const TEXTS = [
  ...['upn', 'name', 'address', 'groupId', 'error', 'code', 'domain', 'verified', 'day', 'licence', 'licences'],
  ...['location', 'status', 'statuses', 'text', 'category', 'property', 'value'],
];
const FACTS = {
  ...Object.fromEntries(TEXTS.map((name) => [name, `<${name}>`])),
  ...{ at: 86_400_000, hours: 717, n: 515, isEnabled: true, purpose: 'shared', reason: 'safety_limit' },
};
const VALUES = [...TEXTS.map((name) => `<${name}>`), '717', '515', utc(FACTS.at)];

test.each(Object.keys(SAYINGS))('what %s says names the same values in German', (code) => {
  const saying = [code, FACTS] as unknown as Saying;
  const named = (text: string) => VALUES.filter((value) => text.includes(value));
  const [english, german] = [sayingText(saying), sayingText(saying, causeWords('de').sayings)];
  expect(german).not.toBe(english);
  expect(german).not.toMatch(/undefined|null|\[object/);
  expect(named(german)).toEqual(named(english));
});

test.each(Object.keys(CAUSES) as CauseCode[])('%s is explained in German', (code) => {
  const { title, disproof, fix } = causeWords('de').causes[code];
  const english = CAUSES[code];
  for (const [german, original] of [
    [title, english.title],
    [disproof, english.disproof],
    [fix, english.fix],
  ]) {
    expect(german).not.toBe(original);
    expect(german).toMatch(/\p{L}{3}/u);
  }
});
