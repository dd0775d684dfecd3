/** Why nothing is known from an answer of Microsoft 365: what is stored in English is said in the reader’s language, whichever version stored it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { storedSaid, tell } from '#lib/domain/said.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import { reasonsIn } from '#lib/words/reasons.ts';
import { sentenceIn, silenceIn } from '#lib/words/sentences.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');

test('why a run stopped is German to a German reader, and what Microsoft says stays as it came', () => {
  const stopped = (why: string) => sentenceIn('de', sentence('graphSilent', { why }));
  expect(stopped(silence('late'))).toEqual({
    message: 'Microsoft Graph antwortet nicht: die Antwort blieb zu lange aus.',
    lang: undefined,
  });
  expect(stopped('Service unavailable').message).toBe('Microsoft Graph antwortet nicht: Service unavailable.');
  expect(sentence('graphSilent', { why: silence('late') }).message).toBe(
    'Microsoft Graph is not responding: no answer in time.',
  );
});

test('reasons of people name it in German, and only Microsoft’s words as a quotation', () => {
  const said = (why: string) => {
    const { message, said: from } = tell('write_failed', { why });
    return reasonsIn('de').sentence({ reason: 'write_failed', message, said: storedSaid(from) }).message;
  };
  expect(said(silence('notShown'))).toContain('(Microsoft 365 zeigt die Änderung noch nicht)');
  expect(said('Try again.')).toContain('(„Try again.“)');
});

test.each([
  [silence('answered', '503 ServiceUnavailable'), 'Graph antwortete mit 503 ServiceUnavailable'],
  [silence('contradicted', 503, 'unknownError'), 'Graph antwortete mit 503 und einem Fehler: unknownError'],
  [silence('noneBecause', silence('broken')), 'keine Antwort: die Verbindung brach ab'],
  [silence('noneBecause', 'Bad gateway'), 'keine Antwort: Bad gateway'],
  // Microsoft’s own words, though they begin or end like ours.
  ['no answer in time, try again', 'no answer in time, try again'],
  ['there was no answer', 'there was no answer'],
])('%s', (english, german) => {
  expect(silenceIn('de', english)).toBe(german);
  expect(silenceIn('en', english)).toBe(english);
});

test('what lib/graph knows nothing from is named by its key, so that it can be said in German', () => {
  const files = readdirSync(path.join(ROOT, 'lib', 'graph'), { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts'));
  expect(sources.length).toBeGreaterThan(20);
  const literal = /\b(?:why:|why =|unresolved\(progress,|notRead\(|unknown\(|lost\(index,)\s*['"`][a-z]/i;
  expect(sources.filter((file) => literal.test(readFileSync(path.join(ROOT, 'lib', 'graph', file), 'utf8')))).toEqual(
    [],
  );
});
