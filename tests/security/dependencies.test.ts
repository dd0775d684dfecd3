/** What we depend on: licences, scripts at installation, and versions with known holes. From the lockfile alone. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const ROOT = path.join(import.meta.dirname, '..', '..');
const packageSchema = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
});
const lockfile = z
  .object({ packages: z.record(z.string(), packageSchema) })
  .parse(JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')));
const lowest = z
  .record(z.string(), z.tuple([z.string(), z.string()]))
  .parse(JSON.parse(readFileSync(path.join(import.meta.dirname, 'lowest-safe-versions.json'), 'utf8')));

/** Everything that is installed, by its place; not the project itself, nor the folder of its own that it links to. */
const installed = Object.entries(lockfile.packages)
  .filter(([place, { link }]) => place.startsWith('node_modules/') && !link)
  .map(([place, one]) => ({ place, name: place.slice(place.lastIndexOf('node_modules/') + 13), ...one }));

/** Free for a product that is not given away in source; LGPL as a library of its own, which sharp's is. */
const LICENCES =
  /^\(?(?:(?:MIT|MIT-0|0BSD|ISC|Apache-2\.0|BSD-[23]-Clause|MPL-2\.0|LGPL-3\.0-or-later|CC-BY-4\.0|BlueOak-1\.0\.0|Python-2\.0|Unlicense|WTFPL)(?: AND | OR |$|\)))+$/;

test('every package has a licence that lets us use it', () => {
  expect(installed.length).toBeGreaterThan(200);
  expect(
    installed.filter(({ license = '' }) => !LICENCES.test(license)).map(({ place, license }) => `${place}: ${license}`),
  ).toEqual([]);
});

test('nothing that the product needs runs a script when it is installed', () => {
  const withScript = installed.filter(({ hasInstallScript }) => hasInstallScript);
  expect(withScript.filter(({ dev }) => !dev)).toEqual([]);
  expect([...new Set(withScript.map(({ name }) => name))]).toEqual(['esbuild']);
});

function isBelow(version: string, least: string): boolean {
  const [a, b] = [version, least].map((one) => one.split(/[.+-]/).map(Number));
  const at = (b ?? []).findIndex((part, index) => a?.[index] !== part);
  return at >= 0 && (a?.[at] ?? 0) < (b?.[at] ?? 0);
}

test('no package is older than the lowest version without a known hole', () => {
  const old = installed.filter(({ name, version = '0', place }) => {
    const least = lowest[name]?.[0];
    // Brought by drizzle-kit, which only writes migrations with it.
    const isExcused = name === 'esbuild' && /drizzle-kit|@esbuild-kit/.test(place);
    return least !== undefined && !isExcused && isBelow(version, least);
  });
  expect(old.map(({ place, version }) => `${place} ${version}`)).toEqual([]);
  expect(Object.keys(lowest).filter((name) => !installed.some((one) => one.name === name))).toEqual([]);
});
