import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { bundlePrograms } from '#lib/setup/bundle.ts';
import { BUNDLES, PROGRAMS, programFile } from '#lib/setup/program.mjs';

let root: string;

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

const source = () => path.join(root, PROGRAMS.cli);
const bundle = () => path.join(root, BUNDLES, 'cli.mjs');
const started = () => spawnSync(process.execPath, [programFile('cli', root)], { encoding: 'utf8' }).stdout;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'program-'));
  write('package.json', '{"type":"module","imports":{"#lib/*":"./lib/*"}}');
  write('package-lock.json', '{}');
  for (const file of Object.values(PROGRAMS)) write(file, `import { word } from '#lib/word.ts';\nconsole.log(word);`);
  write('lib/word.ts', `export const word: string = 'first';`);
  // What nobody imports is in no bundle.
  write('lib/unused.ts', 'export {};');
});

test('without a bundle a program starts from its sources', () => {
  expect(programFile('cli', root)).toBe(source());
  expect(started()).toBe('first\n');
});

test('the bundle is taken while it matches its sources, and does the same', () => {
  bundlePrograms(root);
  expect(programFile('cli', root)).toBe(bundle());
  expect(started()).toBe('first\n');
  write('lib/unused.ts', 'export const other = 1;');
  expect(programFile('cli', root)).toBe(bundle());
});

test.each([
  ['a source changed', () => write('lib/word.ts', `export const word = 'other';`), 'other\n'],
  ['the packages changed', () => write('package-lock.json', '{"name":"other"}'), 'first\n'],
  ['the list of what it was made from is broken', () => write(`${BUNDLES}/inputs.json`, '{'), 'first\n'],
])('a bundle is never taken where %s', (_, change, said) => {
  bundlePrograms(root);
  change();
  expect(programFile('cli', root)).toBe(source());
  expect(started()).toBe(said);
});

test('a source that went away makes the bundle stale', () => {
  bundlePrograms(root);
  rmSync(path.join(root, 'lib/word.ts'));
  expect(programFile('cli', root)).toBe(source());
});

test('sources that do not compile leave no bundle behind', () => {
  bundlePrograms(root);
  write('lib/word.ts', 'export const = ;');
  expect(() => bundlePrograms(root)).toThrow();
  write('lib/word.ts', `export const word: string = 'first';`);
  expect(programFile('cli', root)).toBe(source());
});

test('a bundle runs although something in it imports createRequire, as packages do that unpack files', () => {
  const text = `import { createRequire } from 'node:module';\nconst require = createRequire('/');\nexport const word: string = require('node:path').sep;`;
  write('lib/word.ts', text);
  bundlePrograms(root);
  expect(programFile('cli', root)).toBe(bundle());
  expect(started()).toBe(`${path.sep}\n`);
});
