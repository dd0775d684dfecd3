/** Reasons of people in every language, with every kind of facts that they take. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { NOTE_FACTS, REASON_FACTS, type ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import { NOTES, REASONS, RUN_REASONS, stepsOf } from '#lib/domain/reasons/reasons.ts';
import { type Note, readSaid, storedSaid, tell, withNotes } from '#lib/domain/reasons/said.ts';
import { NOTES_DE, REASONS_DE } from '#lib/words/de/reasons.ts';
import { reasonsIn } from '#lib/words/reasons.ts';

/** Values that a schema lets through, each of its kinds. `name` tells them apart in a sentence. */
function samples(schema: z.ZodType, name: string): unknown[] {
  if (schema instanceof z.ZodOptional) return [...samples(schema.unwrap() as z.ZodType, name), undefined];
  if (schema instanceof z.ZodNullable) return [...samples(schema.unwrap() as z.ZodType, name), null];
  if (schema instanceof z.ZodEnum) return schema.options;
  if (schema instanceof z.ZodBoolean) return [true, false];
  if (schema instanceof z.ZodNumber) return [417, 1, 0];
  if (schema instanceof z.ZodArray) return [[`${name}1`, `${name}2`]];
  if (schema instanceof z.ZodObject) return objects(schema.shape);
  return [schema instanceof z.ZodISODate ? '2026-11-02' : `<${name}>`];
}

/** As many as the field with the most kinds has. */
function objects(shape: Record<string, z.ZodType>): Record<string, unknown>[] {
  const fields = Object.entries(shape).map(([name, schema]) => [name, samples(schema, name)] as const);
  const most = Math.max(1, ...fields.map(([, values]) => values.length));
  return Array.from({ length: most }, (_, at) =>
    Object.fromEntries(fields.map(([name, values]) => [name, values[at % values.length]])),
  );
}

const CODES = Object.keys(REASON_FACTS) as ReasonCode[];
const NOTE_CODES = Object.keys(NOTE_FACTS) as (keyof typeof NOTE_FACTS)[];

/** What both languages must name: nothing of the case may be lost. */
const namesIn = (text: string) => [...text.matchAll(/<\w+>|\b417\b/g)].map(([name]) => name).toSorted();

function expectSaid(english: string, german: string, code: string): void {
  for (const text of [english, german]) {
    expect(text, code).toMatch(/[.:]( |$)/);
    expect(text, code).not.toMatch(/undefined|null|\[object|NaN|Invalid/);
  }
  expect([...new Set(namesIn(german))], code).toEqual([...new Set(namesIn(english))]);
  expect(german, code).not.toBe(english);
}

test.each(CODES)('%s is said in English and German with the same facts', (code) => {
  for (const facts of objects(REASON_FACTS[code].shape)) {
    const [english, german] = [REASONS[code], REASONS_DE[code]];
    expectSaid(english.sentence(facts as never), german.sentence(facts as never), code);
    expect(german.title).not.toBe(english.title);
    expect(stepsOf(german)).toHaveLength(stepsOf(english).length);
    expect(reasonsIn('de').cause(code)).not.toBe(reasonsIn('en').cause(code));
  }
});

test.each(NOTE_CODES)('the note %s is said in English and German with the same facts', (code) => {
  for (const facts of objects(NOTE_FACTS[code].shape))
    expectSaid(NOTES[code](facts as never), NOTES_DE[code](facts as never), code);
});

test.each(CODES)('%s comes back from the database as it was told', (code) => {
  for (const facts of objects(REASON_FACTS[code].shape)) {
    const notes: Note[] = [
      ['request_id', { id: 'a1' }],
      ...(code === 'queued' ? [] : [['why', { why: 'Since' }] as Note]),
    ];
    const plain = tell(code, facts as never);
    for (const { said, message } of [plain, withNotes(plain, notes)])
      expect(readSaid(storedSaid(said), { reason: code, message }), code).toEqual(JSON.parse(JSON.stringify(said)));
  }
});

test('what needs no facts costs nothing to store', () => {
  expect(storedSaid(tell('provisioned').said)).toBeNull();
  expect(storedSaid(tell('retried', { by: 'Ann' }).said)).toBe('[["retried",{"by":"Ann"}]]');
});

test('a German reader gets the sentence in German, or as it was stored and marked as English', () => {
  const german = reasonsIn('de');
  const { message, said } = withNotes(tell('no_seat', { licence: 'A and B', free: 1 }), [['request_id', { id: 'r1' }]]);
  const stored = { reason: 'no_seat', message, said: storedSaid(said) };
  expect(german.sentence(stored)).toEqual({
    message: expect.stringContaining('Anforderungs-ID: r1.'),
    lang: undefined,
  });
  expect(german.sentence(stored).message).toContain('A und B');
  expect(german.sentence({ ...stored, said: null })).toEqual({ message, lang: 'en' });
  expect(german.sentence({ ...stored, said: '[["no_seat",{"licence":7}]]' })).toEqual({ message, lang: 'en' });
  expect(reasonsIn('en').sentence(stored)).toEqual({ message, lang: undefined });
  const open = { reason: 'provisioned', message: tell('provisioned').message, said: null };
  expect(german.sentence(open)).toEqual({ message: REASONS_DE.provisioned.sentence({}), lang: undefined });
  expect(german.sentence({ ...open, message: 'Of an earlier release.' }).lang).toBe('en');
  const imported = 'Accepted from a.csv, line 2. The next cycle looks up the account.';
  expect(german.sentence({ reason: 'queued', message: imported, said: null }).message).toMatch(/^Angenommen\./);
});

test('titles and fixes are those of the language; a code of a newer version is its own title', () => {
  const german = reasonsIn('de');
  expect([german.title('no_seat'), german.fix('no_seat')]).toEqual([REASONS_DE.no_seat.title, REASONS_DE.no_seat.fix]);
  expect(german.fix('several_accounts')).toBe(german.steps('several_accounts').join(' '));
  expect([german.title('of_tomorrow'), german.fix('of_tomorrow')]).toEqual(['of_tomorrow', null]);
  for (const code of Object.keys(RUN_REASONS)) expect(german.runTitle(code)).not.toBe(reasonsIn('en').runTitle(code));
  expect(german.runTitle('permission_missing')).toContain('Graph');
  expect(reasonsIn('en-x-pseudo').title('no_seat')).not.toMatch(/[a-z]/i);
});

test('one licence is assigned, and several are', () => {
  const opening = (licences: string | null, words: typeof REASONS) => words.mailbox_opening.sentence({ licences });
  expect(opening('A', REASONS)).toMatch(/^A is assigned and verified\./);
  expect(opening(null, REASONS)).toMatch(/^The licence is assigned/);
  expect(opening('A and B', REASONS)).toMatch(/^A and B are assigned and verified\./);
  expect(opening('A', REASONS_DE)).toMatch(/^A ist zugewiesen und bestätigt\./);
  expect(opening('A and B', REASONS_DE)).toMatch(/^A und B sind zugewiesen und bestätigt\./);
  const dryRun = (licences: string) => REASONS_DE.would_license.sentence({ licences, location: null });
  expect([dryRun('A'), dryRun('A and B')]).toEqual([
    'Probelauf: A würde zugewiesen.',
    'Probelauf: A und B würden zugewiesen.',
  ]);
});
