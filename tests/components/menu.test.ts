import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { NAV_ITEMS } from '#components/layout/nav-items.ts';

const PICTURES = path.join(import.meta.dirname, '..', '..', 'public', 'menu.svg');

test('every page of the menu has its picture, and no picture is without a page', () => {
  const pictures = [...readFileSync(PICTURES, 'utf8').matchAll(/<symbol id="(\w+)"/g)].map(([, name]) => name);
  expect(pictures).toEqual(NAV_ITEMS.map(({ page }) => page));
});
