import { globSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { PARTS, type Part, partsOf } from '#lib/words/browser-parts.ts';
import { browserScripts } from '#lib/words/browser-script.ts';
import { compiledMessages } from '#lib/words/dictionary.ts';
import type { Area } from '#lib/words/english.ts';
import { LANGUAGES, type Language } from '#lib/words/languages.ts';
import { importsOf, ROOT, sourceOf } from '#tests/support/imports.ts';

const TONGUES = Object.keys(LANGUAGES) as Language[];

/** What a browser has once the scripts have run. */
function wordsAfter(language: Language, ...parts: Part[]): Record<string, Record<string, unknown>> {
  const browser: { autoprovisionWords?: Record<string, Record<string, unknown>> } = {};
  for (const part of parts) runInNewContext(browserScripts(language)[part].text, { globalThis: browser });
  return structuredClone(browser.autoprovisionWords ?? {});
}

test.each(TONGUES)('the scripts of %s bring the words of this language alone, each its part', (language) => {
  expect(wordsAfter(language, 'signIn')).toEqual({ [language]: { signIn: compiledMessages(language, 'signIn') } });
  const words = wordsAfter(language, 'everywhere', 'settings');
  expect(Object.keys(words)).toEqual([language]);
  expect(Object.keys(words[language] ?? {})).toEqual([...PARTS.everywhere, ...PARTS.settings]);
});

test('other words have another name, so that a browser may keep what it has', () => {
  const names = TONGUES.flatMap((language) => Object.values(browserScripts(language)).map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  const hashes = TONGUES.map((language) => browserScripts(language).people.name.split('.')[2]);
  expect(new Set(hashes).size).toBe(TONGUES.length);
});

/** The areas that components of the browser speak from, in what these files draw. */
function areasIn(files: readonly string[]): Set<string> {
  const areas = new Set<string>();
  const seen = new Set<string>();
  const look = (file: string, isInBrowser: boolean): void => {
    const source = sourceOf(file);
    const isClient = isInBrowser || source.startsWith("'use client'");
    const key = `${file} ${isClient}`;
    if (seen.has(key)) return;
    seen.add(key);
    if (isClient) for (const [, area = ''] of source.matchAll(/(?:useWords|pageWords)\('(\w+)'\)/g)) areas.add(area);
    for (const next of importsOf(file)) if (/^(app|components)\//.test(next)) look(next, isClient);
  };
  for (const file of files) look(file, false);
  return areas;
}

const FRAME = /^app\/(\(console\)\/)?(layout|error|not-found)\.tsx$/;
const pages = globSync('app/**/{page,layout,error,not-found}.tsx', { cwd: ROOT }).map((file) =>
  file.split(path.sep).join('/'),
);
const addressOf = (file: string) => path.posix.dirname(file).replace(/^app(\/\(console\))?/, '') || '/';

test.each(pages)('%s gets every area that the browser speaks from on it', (file) => {
  const brought: readonly Area[] = (FRAME.test(file) ? partsOf('/') : partsOf(addressOf(file))).flatMap(
    (part) => PARTS[part],
  );
  const missing = [...areasIn([file])].filter((area) => !brought.some((one) => one === area));
  expect(missing).toEqual([]);
});

test('no part brings what no page of it speaks from', () => {
  const spoken = (part: Part) =>
    areasIn(pages.filter((file) => part === 'everywhere' || partsOf(addressOf(file)).includes(part)));
  for (const part of Object.keys(PARTS) as Part[]) {
    const said = spoken(part);
    expect(
      PARTS[part].filter((area) => !said.has(area)),
      part,
    ).toEqual([]);
  }
});
