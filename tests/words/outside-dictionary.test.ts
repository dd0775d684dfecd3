import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { visibleWords } from './visible-words.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const found = new Map(
  globSync('{app,components}/**/*.{ts,tsx}', { cwd: ROOT })
    .map((file) => file.split(path.sep).join('/'))
    .map((file) => [file, visibleWords(file, readFileSync(path.join(ROOT, file), 'utf8'))] as const),
);

test('no file says anything outside the dictionary', () => {
  expect(found.size).toBeGreaterThan(200);
  expect(Object.fromEntries([...found].filter(([, words]) => words.length > 0))).toEqual({});
});

test.each([
  ['<p>Hello</p>', ['Hello']],
  ["<p>{isOn ? 'on' : say('off')}</p>", ['on']],
  ["<p>{names[0] ?? 'nobody'}</p>", ['nobody']],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source of one
  ['<p>{`${n} people`}</p>', ['people']],
  ["<p>{say(isOn ? 'on' : 'off')}</p>", []],
  ['<img alt="Dog" title={say(\'dog\')} src="dog.svg" />', ['Dog']],
  ['<Field label="Name" name="who" className="wide field" />', ['Name']],
  ["const LABELS = { ok: 'All is well', no: 'no' };", ['All is well']],
  ["const ITEMS = [{ href: '/', label: 'Overview' }];", ['Overview']],
  ["const HEADERS = { 'content-type': 'text/plain; charset=utf-8' };", []],
  ["throw new Error('this is for the log');", []],
  ["import { a } from 'a file'; type A = 'one two'; if (a === 'one two') throw a;", []],
])('in %s a reader sees %j', (source, words) => {
  expect(visibleWords('example.tsx', source).map((word) => word.replace(/^\d+: /, ''))).toEqual(words);
});
