import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..', '..');

const files = ['app', 'components'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
);
const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const sheets = files.filter((file) => file.endsWith('.module.css'));

function classesIn(sheet: string): Set<string> {
  const css = textOf(sheet).replace(/url\("[^"]*"\)|\/\*[\s\S]*?\*\//g, '');
  const selectors = css.match(/[^{};]+(?=\{)/g) ?? [];
  return new Set(
    selectors.flatMap((selector) => [...selector.matchAll(/\.([a-z]\w*)/gi)].map(([, name = '']) => name)),
  );
}

/** Every class that a component asks for, with its style sheet; `*`: the component picks one by a value. */
function asked(): { file: string; sheet: string; name: string }[] {
  return files
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) => {
      const text = textOf(file);
      return [...text.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)].flatMap(([, local, address = '']) => {
        const sheet = address.startsWith('#') ? address.slice(1) : path.join(path.dirname(file), address);
        const names = [...text.matchAll(new RegExp(`(?<![-/\\w])${local}(?:\\.(\\w+)|\\[)`, 'g'))];
        return names.map(([, name = '*']) => ({ file, sheet, name }));
      });
    });
}

test('every class that a component asks for is in its style sheet', () => {
  expect(asked().length).toBeGreaterThan(200);
  const missing = asked().filter(({ sheet, name }) => name !== '*' && !classesIn(sheet).has(name));
  expect(missing.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
});

test('every class of a style sheet is used', () => {
  const wanted = asked();
  const idle = sheets.flatMap((sheet) => {
    const names = wanted.filter((one) => one.sheet === sheet).map(({ name }) => name);
    return names.includes('*')
      ? []
      : [...classesIn(sheet)].filter((name) => !names.includes(name)).map((name) => `${sheet}: ${name}`);
  });
  expect(idle).toEqual([]);
});
