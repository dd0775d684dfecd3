import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..');
const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const components = ['app', 'components'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => path.join(folder, name)),
);
const sheet = textOf('components/controls/button.module.css').replace(/\/\*[\s\S]*?\*\//g, '');

const MEASURES = ['min-width', 'min-height', 'padding', 'font'];

/** What the style sheet says of the size of a class that stands alone, by property. */
function measuresOf(name: string): [string, string][] {
  return [...sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g)]
    .filter(([, selectors = '']) => selectors.split(',').some((one) => one.trim() === `.${name}`))
    .flatMap(([, , body = '']) => [...body.matchAll(/([\w-]+): ([^;]+);/g)])
    .map(([, property = '', value = '']): [string, string] => [property, value])
    .filter(([property]) => MEASURES.includes(property));
}

test('buttons have three ranks, and each rank has one size', () => {
  const ranks = /type Rank = ([^;]+);/.exec(textOf('components/controls/button.tsx'))?.[1] ?? '';
  expect([...ranks.matchAll(/'(\w+)'/g)].map(([, name]) => name)).toEqual(['primary', 'secondary', 'subtle']);
  expect(measuresOf('button').map(([property]) => property)).toEqual(MEASURES);
  // The first two are of the size of a button; the third belongs to a line, and is smaller.
  expect([measuresOf('primary'), measuresOf('secondary')]).toEqual([[], []]);
  expect(measuresOf('subtle').map(([property]) => property)).toEqual(MEASURES);
});

/** Opening tags, which may hold braces and arrows of functions. */
const tagsIn = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`<${name}\\b(?:=>|[^>])*>`, 'g'))].map(String);

/** Not buttons by their look: a cell to edit, a link in a sentence, a row of a table or a list that is pressed, the menu. */
const PLAIN = [
  'app/(console)/settings/use-settings-form.tsx',
  'app/(console)/upload/[id]/rows/cell.tsx',
  'app/sign-in/sign-in-choices.tsx',
  'components/controls/button.tsx',
  'components/layout/navigation.tsx',
  'components/table/data-table.tsx',
];

test('whatever looks like a button is one of a rank', () => {
  const own = components.filter((file) => tagsIn(textOf(file), 'button').length > 0);
  expect(own.sort()).toEqual(PLAIN);
  const sized = components.filter((file) =>
    ['Button', 'GuardedButton', 'ButtonLink'].some((name) =>
      tagsIn(textOf(file), name).some((tag) => /\b(?:size|style)=/.test(tag)),
    ),
  );
  expect(sized).toEqual([]);
});

test('figures that stand below each other have one width', () => {
  expect(textOf('app/globals.css')).toMatch(/:where\(table, dl, time\),[^}]*tabular-nums/);
});
