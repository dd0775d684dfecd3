/** One word for one thing, and no button that is called otherwise than the sentence says which tells to press it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CAUSES } from '#lib/domain/diagnosis/causes.ts';
import { REASON_CATALOGUE } from '#lib/domain/reasons/reason-catalogue.ts';
import { REASONS, stepsOf } from '#lib/domain/reasons/reasons.ts';
import { PERSON_STATES } from '#lib/domain/states.ts';
import { causesDe } from '#lib/words/de/causes.ts';
import { REASON_CAUSES_DE } from '#lib/words/de/reason-causes.ts';
import { REASONS_DE } from '#lib/words/de/reasons.ts';
import { ENGLISH } from '#lib/words/english.ts';
import { GERMAN } from '#lib/words/german.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');

const filesOf = (folder: string) =>
  readdirSync(path.join(ROOT, folder)).map((file) => ({
    file,
    text: readFileSync(path.join(ROOT, folder, file), 'utf8'),
  }));

/** What must not be said, by what is said instead. */
const TERMS: Record<string, RegExp> = {
  Version: /Fassung/,
  Serveradministration: /Betreuung des Servers/,
  Tab: /Registerkarte/,
  'Microsoft 365-Administration': /Microsoft 365-Verwaltung/,
  'Exchange-Team': /Exchange-Verwaltung/,
  'Active Directory-Team': /Active-Directory-Team/,
  Anleitung: /Leitfaden/,
  'eine Lizenz entfernen': /Lizenz\S* (?:\S+ )*entzieh|entzogen und neu zugewiesen/,
  'verifizierte Domäne': /Domän\S* (?:\S+ ){0,5}überprüft|überprüfte\S* Domän/,
  'Jetzt lizenzieren': /Sofort lizenzieren/,
  Malwarescanner: /Virenscanner/,
  Zeichencodierung: /(?<!Zeichen)[cC]odierung/,
  Hardlink: /festen? Link/,
  ID: /Kennung/,
  'Zeilen werden nicht übernommen': /Zeilen?\W.{0,30}nicht importiert\b/,
  Dienststatus: /Dienstintegrität/,
  'einen Fall schließen': /schließen Sie den Fall ab|den Fall (?:von Hand )?abgeschlossen|Person\w* abschließ/,
  'Exchange Online-Dienstplan': /Exchange-Online-Pl|Plan von Exchange Online/,
};

test.each(Object.entries(TERMS))('%s is what German pages and guides say', (_term, other) => {
  const said = [...filesOf('lib/words/de'), ...filesOf('public/help/de')];
  expect(said.length).toBeGreaterThan(60);
  expect(said.filter(({ text }) => other.test(text)).map(({ file }) => file)).toEqual([]);
});

const LANGUAGES = [
  {
    language: 'English',
    areas: ENGLISH,
    quoted: /“([^”{]+)”/g,
    sentences: [
      ...Object.values(REASONS).flatMap(stepsOf),
      ...Object.values(REASON_CATALOGUE).map(({ cause }) => cause),
      ...Object.values(CAUSES).flatMap(({ disproof, fix }) => [disproof, fix]),
    ],
  },
  {
    language: 'German',
    areas: GERMAN,
    quoted: /„([^“{]+)“/g,
    sentences: [
      ...Object.values(REASONS_DE).flatMap(stepsOf),
      ...Object.values(REASON_CAUSES_DE),
      ...Object.values(causesDe).flatMap(({ disproof, fix }) => [disproof, fix]),
    ],
  },
];

describe.each(LANGUAGES)('$language', ({ areas, quoted, sentences }) => {
  test('calls no state of a person what a status of a run is called', () => {
    const people = PERSON_STATES.map((state) => areas.states[state]);
    const runs = Object.entries(areas.states).filter(([key]) => key.startsWith('run.'));
    expect(runs.length).toBeGreaterThan(7);
    expect(runs.filter(([, label]) => people.includes(label))).toEqual([]);
  });

  test('names buttons as they are called', () => {
    const called = new Set(Object.values(areas).flatMap((area) => Object.values(area)));
    const named = sentences.flatMap((sentence) => [...(sentence ?? '').matchAll(quoted)].map(([, name]) => name ?? ''));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !called.has(name))).toEqual([]);
  });
});
