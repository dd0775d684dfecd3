import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const ROOT = path.join(import.meta.dirname, '..');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const packageSchema = z.object({
  scripts: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
});
const manifest = packageSchema.parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')));

test('every path that README names is there', () => {
  const named = [...README.matchAll(/(?<![\w/.-])((?:app|components|lib|db|tests|public)\/[\w./()[\]-]*)/g)].map(
    // A closing bracket or full stop of the sentence is not part of the path.
    ([, file]) => (file ?? '').replace(/[).]+$/, ''),
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

test('every command that README names is there', () => {
  const named = [...README.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script ?? '');
  expect(named.filter((script) => !(script in manifest.scripts))).toEqual([]);
});

test('every dependency has its reason in README', () => {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  const unnamed = names.filter((name) => !name.startsWith('@types/') && !README.includes(name));
  expect(unnamed).toEqual([]);
});
