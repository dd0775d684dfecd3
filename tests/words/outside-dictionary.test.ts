import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import TO_CONVERT from './to-convert.json' with { type: 'json' };
import { visibleWords } from './visible-words.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const found = new Map(
  globSync('{app,components}/**/*.{ts,tsx}', { cwd: ROOT })
    .map((file) => file.split(path.sep).join('/'))
    .map((file) => [file, visibleWords(file, readFileSync(path.join(ROOT, file), 'utf8'))] as const)
    .filter(([, words]) => words.length > 0),
);

test('no file says anything outside the dictionary, but those that still have to be converted', () => {
  const others = [...found].filter(([file]) => !TO_CONVERT.includes(file));
  expect(Object.fromEntries(others)).toEqual({});
});

test('the list of what has to be converted only shrinks: no file stands in it that is done', () => {
  expect(TO_CONVERT.filter((file) => !found.has(file))).toEqual([]);
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
