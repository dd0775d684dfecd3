/** Why nothing is known from an answer of Microsoft 365: what is stored in English is said in the reader’s language, whichever version stored it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { storedSaid, tell } from '#lib/domain/reasons/said.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import { stopOf } from '#lib/domain/sentences/stops.ts';
import { reasonsIn } from '#lib/words/reasons.ts';
import { answerIn, sentenceIn } from '#lib/words/sentences.ts';

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

test('a sign-in address that is of no use is named in German', () => {
  const kept = sentence('signInFailed', { why: silence('authorityUnusable') });
  const german =
    /^Die Anmeldung bei .*: Unter der Adresse in AZURE_AUTHORITY_HOST gibt es keine .*openid-configuration/;
  expect(sentenceIn('de', kept).message).toMatch(german);
  expect(answerIn('de', kept.message)).toMatch(german);
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
  [
    silence('deletedUnread'),
    'es war vorher da und steht jetzt nicht unter den Konten, und die gelöschten lassen sich nicht lesen',
  ],
  [silence('nameUnread'), 'der Name im Active Directory ließ sich nicht nachschlagen'],
  // Microsoft’s own words, though they begin or end like ours.
  ['no answer in time, try again', 'no answer in time, try again'],
  ['there was no answer', 'there was no answer'],
  ['The property id is missing: see below.', 'The property id is missing: see below.'],
])('%s', (english, german) => {
  expect(answerIn('de', english)).toBe(german);
  expect(answerIn('en', english)).toBe(english);
});

test('a run’s sentence inside a reason is German too, also as an earlier release stored it', () => {
  const { message } = sentence('graphSilent', { why: silence('answered', '503 Bad gateway. Try again') });
  const stored = { reason: 'write_failed', said: [['write_failed', { why: message }]], message: 'The change …' };
  expect(reasonsIn('de').sentence(stored).message).toContain(
    '(Microsoft Graph antwortet nicht: Graph antwortete mit 503 Bad gateway. Try again.)',
  );
  expect(
    reasonsIn('de').sentence({ ...stored, said: [['write_failed', { why: message.slice(0, -1) }]] }).message,
  ).toContain('(Microsoft Graph antwortet nicht: Graph antwortete mit 503 Bad gateway. Try again)');
});

const LICENCES = 'LicenseAssignment.Read.All';
test.each([
  sentence('signInFailed', { why: 'AADSTS7000222: The provided client secret keys are expired.' }),
  sentence('tokenRefused'),
  sentence('signInsThrottled'),
  sentence('entraSilent'),
  sentence('graphSilent', { why: silence('late') }),
  sentence('graphThrottles'),
  sentence('graphAnswered', { status: 500, permission: LICENCES }),
  sentence('licencesUnreadable'),
  sentence('noLicencesNamed'),
  sentence('permissionMissing', { permission: LICENCES, why: 'Insufficient privileges.' }),
  sentence('userPermissionMissing', { why: 'Insufficient privileges to complete the operation.' }),
  sentence('batchRefused'),
  sentence('accountsRefused', { permission: 'User.ReadWrite.All', n: 1, access: 'assign' }),
  sentence('accountsRefused', { permission: 'User.ReadWrite.All', n: 12, access: 'location' }),
  sentence('mostCallsFailed', { failed: 17, all: 20 }),
])('what keeps Graph from being used is told by its text: $message', (kept) => {
  expect(stopOf(kept.message)?.key).toBe(kept.said[0]);
  expect(answerIn('de', kept.message)).toBe(sentenceIn('de', kept).message);
  expect(answerIn('en', kept.message)).toBe(kept.message);
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
