import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const sources = ['app', 'components', 'db', 'lib', 'tests'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.artifacts'))
    .map((file) => path.join(folder, file)),
);

const [, chapter = ''] = /\n## Recipes\n([\s\S]*?)\n## /.exec(read('lib/README.md')) ?? [];
const recipes = new Map(
  chapter
    .split(/^### /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf('\n')), text] as const),
);
const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, words]) => words ?? '');
const filesIn = (text: string) =>
  quoted(text).filter((words) => /^(?:app|components|db|lib|tests)\/.*\.tsx?$/.test(words));

test('every recipe has steps, and files that are there', () => {
  expect(recipes.size).toBe(6);
  for (const [title, text] of recipes) {
    expect(text.match(/^\d\. /gm)?.length, title).toBeGreaterThanOrEqual(3);
    expect(filesIn(text).length, title).toBeGreaterThan(0);
    expect(
      filesIn(text).filter((file) => !existsSync(path.join(ROOT, file))),
      title,
    ).toEqual([]);
  }
});

test('every function and component that a recipe calls by its name is exported', () => {
  const names = quoted(chapter).flatMap((words) => /^([A-Za-z]{9,})(?:\(.*\))?$/.exec(words)?.[1] ?? []);
  expect(names.length).toBeGreaterThan(3);
  const code = sources
    .filter((file) => !file.startsWith('tests'))
    .map(read)
    .join('\n');
  expect(names.filter((name) => !new RegExp(`export (?:async )?(?:function|const) ${name}\\b`).test(code))).toEqual([]);
});

const IMPORTS_COLUMNS =
  /import (?:type )?\{[^}]*\b(?:KNOWN_COLUMNS|REQUIRED_COLUMNS|COLUMN_FIELDS|perColumn|KnownColumn|OptionalColumn)\b[^}]*\} from '[^']*\/newcomer\.ts'/;

/** Whatever is complete only with every column, reason, event, setting or permission. */
test.each([
  ['Add a CSV column', /Record<(?:KnownColumn|OptionalColumn|ColumnId)\b|\bin keyof Newcomer\]/],
  ['Add a reason', /Record<ReasonCode\b|: readonly ReasonCode\[\] = /],
  ['Add a page', /Record<(?:Permission|HelpTopic)\b/],
  ['Add an event', /Record<EventKind\b/],
  ['Add a setting', /Record<keyof Settings\b|\bin keyof Settings\]|^const \w+: Settings = /m],
])('the recipe "%s" names every file that must be complete', (title, pattern) => {
  const named = filesIn(recipes.get(title) ?? '');
  const complete = sources.filter((file) => file !== path.join('tests', 'recipes.test.ts') && pattern.test(read(file)));
  expect(complete.length).toBeGreaterThan(0);
  expect(complete.filter((file) => !named.includes(file))).toEqual([]);
});

test('the recipe "Add a CSV column" tells of every user of the known columns: it changes, or follows by itself', () => {
  const [steps = '', following = ''] = (recipes.get('Add a CSV column') ?? '').split(/follows by itself:/);
  const users = sources.filter((file) => !file.startsWith('tests') && IMPORTS_COLUMNS.test(read(file)));
  const changed = filesIn(steps);
  expect(filesIn(following).toSorted()).toEqual(users.filter((file) => !changed.includes(file)).toSorted());
});
