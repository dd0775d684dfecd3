import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { browserScript } from '#lib/words/browser-script.ts';
import { compiledMessages } from '#lib/words/dictionary.ts';
import { LANGUAGES, type Language } from '#lib/words/languages.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** What a browser has once the script has run. */
function wordsAfter(language: Language): Record<string, Record<string, unknown>> {
  const browser: { autoprovisionWords?: Record<string, Record<string, unknown>> } = {};
  runInNewContext(browserScript(language).text, { globalThis: browser });
  return structuredClone(browser.autoprovisionWords ?? {});
}

test.each(Object.keys(LANGUAGES) as Language[])(
  'the script of %s brings the words of this language alone',
  (language) => {
    const words = wordsAfter(language);
    expect(Object.keys(words)).toEqual([language]);
    expect(words[language]?.preferences).toEqual(compiledMessages(language, 'preferences'));
  },
);

test('other words have another name, so that a browser may keep what it has', () => {
  const names = (Object.keys(LANGUAGES) as Language[]).map((language) => browserScript(language).name.split('.')[1]);
  expect(new Set(names).size).toBe(names.length);
  expect(browserScript('de')).toEqual(browserScript('de'));
});

test('it brings every area that a component of the browser speaks from', () => {
  const sources = globSync('{app,components}/**/*.{ts,tsx}', { cwd: ROOT }).map((file) =>
    readFileSync(path.join(ROOT, file), 'utf8'),
  );
  const areas = new Set(
    sources.flatMap((source) => {
      const speaks = source.startsWith("'use client'") ? /(?:useWords|pageWords)\('(\w+)'\)/g : /pageWords\('(\w+)'\)/g;
      return [...source.matchAll(speaks)].map(([, area]) => area);
    }),
  );
  expect(areas.size).toBeGreaterThan(5);
  const brought = Object.keys(wordsAfter('en').en ?? {});
  expect([...areas].filter((area) => !brought.includes(area ?? ''))).toEqual([]);
});
