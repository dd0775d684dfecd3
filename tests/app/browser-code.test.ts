import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { importsOf, ROOT, sourceOf } from '#tests/support/imports.ts';

/** Everything that comes to a browser with this component. */
function comesWith(component: string): string[] {
  const seen = new Set([component]);
  for (const file of seen) for (const next of importsOf(file)) seen.add(next);
  return [...seen];
}

test('what checks input on the server (zod, 32 kB) comes to no browser, but for the settings, which are checked as they are typed', () => {
  const components = globSync('{app,components}/**/*.{ts,tsx}', { cwd: ROOT }).filter((file) =>
    sourceOf(file).startsWith("'use client'"),
  );
  expect(components.length).toBeGreaterThan(50);
  const heavy = components.filter((component) =>
    comesWith(component).some((file) => /^import [^;]*from 'zod'/m.test(sourceOf(file))),
  );
  expect(heavy.map((file) => file.split('/').at(-1)).sort()).toEqual(['section-fields.tsx', 'settings-form.tsx']);
});
