import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { NAV_ITEMS } from '#components/layout/nav-items.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const PICTURES = path.join(ROOT, 'components', 'layout', 'menu-pictures.module.css');

test('every page of the menu has its picture, and no picture is without a page', () => {
  const pictures = [...readFileSync(PICTURES, 'utf8').matchAll(/^\.(\w+) \{\s+--picture: path\(\s*"[^"]+"\s*\);/gm)];
  expect(pictures.map(([, name]) => name)).toEqual(NAV_ITEMS.map(({ page }) => page));
});

test('no style sheet has a picture in an address, for which a browser builds a document before it paints the page', () => {
  const sheets = ['app', 'components'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.css'))
      .map((file) => path.join(folder, file)),
  );
  expect(sheets.length).toBeGreaterThan(40);
  expect(sheets.filter((sheet) => /\burl\(/.test(readFileSync(path.join(ROOT, sheet), 'utf8')))).toEqual([]);
});
