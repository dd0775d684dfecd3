import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importTable, isFile, lintOverrides, readImportRules, tableInReadme } from '#tests/import-rules.ts';

const ROOT = path.join(import.meta.dirname, '..');
const rules = readImportRules();
const places = Object.keys(rules);
const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
  readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
);
const packages = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
const builtIns = ['child_process', 'crypto', 'fs', 'http', 'net', 'os', 'path', 'timers', 'vm', 'worker_threads'];

/** How a file that lies in `from` names one that lies in `to`. */
const probeOf = (place: string) => (isFile(place) ? place : `${place}/probe.ts`);

/** Every import that could be written in `place`, each with what the table says about it. */
function importsOf(place: string): { specifier: string; isAllowed: boolean }[] {
  const rule = rules[place];
  const among = (list: readonly string[] = [], name: string) => list.includes(name);
  return [
    ...[...places, 'tests'].map((other) => ({
      specifier: `#${probeOf(other)}`,
      isAllowed: (other === place && !isFile(place)) || among(rule?.imports, other) || isInAllowedFolder(place, other),
    })),
    ...packages.flatMap((name) => [
      { specifier: name, isAllowed: among(rule?.packages, name) },
      { specifier: `${name}/part`, isAllowed: among(rule?.packages, name) },
    ]),
    ...builtIns.flatMap((name) => [
      { specifier: `node:${name}`, isAllowed: among(rule?.packages, `node:${name}`) },
      { specifier: `node:${name}/promises`, isAllowed: among(rule?.packages, `node:${name}`) },
      { specifier: name, isAllowed: false },
    ]),
    { specifier: './neighbour.ts', isAllowed: true },
    { specifier: '../db/client.ts', isAllowed: false },
    { specifier: '../../lib/env.ts', isAllowed: false },
    { specifier: './deeper/probe.ts', isAllowed: false },
  ];
}

/** A file with an entry of its own belongs, for who asks for it, to the folder it lies in. */
function isInAllowedFolder(place: string, other: string): boolean {
  const folders = [place, ...(rules[place]?.imports ?? [])];
  return isFile(other) && folders.some((folder) => other.startsWith(`${folder}/`));
}

let root = '';
/** `file:line` of every import that the lint refuses, with what it says. */
const refused = new Map<string, string>();
/** Files of `CIRCLES` in which the lint finds one. */
const circular = new Set<string>();

const CIRCLES: Record<string, string> = {
  'lib/schedule/circle-a.ts': "import { b } from './circle-b.ts';\n\nexport const a = b;\n",
  'lib/schedule/circle-b.ts': "import { a } from './circle-a.ts';\n\nexport const b = a;\n",
  'lib/schedule/types-a.ts': "import type { B } from './types-b.ts';\n\nexport type A = B;\n",
  'lib/schedule/types-b.ts': "import type { A } from './types-a.ts';\n\nexport type B = A;\n",
  'lib/graph/far.ts': "import type { Near } from '#lib/graph/http/near.ts';\n\nexport type Far = Near;\n",
  'lib/graph/http/near.ts': "import type { Far } from '#lib/graph/far.ts';\n\nexport type Near = Far;\n",
  'lib/graph/straight.ts': "import type { Far } from './far.ts';\n\nexport type Straight = Far;\n",
};

function write(file: string, text: string): void {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

beforeAll(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'architecture-')));
  const config = JSON.parse(readFileSync(path.join(ROOT, 'biome.json'), 'utf8'));
  write('biome.json', JSON.stringify({ ...config, $schema: undefined, vcs: undefined }));
  cpSync(path.join(ROOT, 'package.json'), path.join(root, 'package.json'));
  mkdirSync(path.join(root, 'lib'), { recursive: true });
  cpSync(path.join(ROOT, 'lib', 'import-rules.biome.json'), path.join(root, 'lib', 'import-rules.biome.json'));
  for (const place of places)
    write(
      probeOf(place),
      importsOf(place)
        .map(({ specifier }) => `export * from '${specifier}';\n`)
        .join(''),
    );
  for (const [file, text] of Object.entries(CIRCLES)) write(file, text);
  const biome = path.join(ROOT, 'node_modules', '.bin', 'biome');
  const only = ['--only=style/noRestrictedImports', '--only=suspicious/noImportCycles'];
  const { stdout } = spawnSync(biome, ['lint', ...only, '--max-diagnostics=none', '--reporter=github'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const line of stdout.split('\n')) {
    const [, rule, file = '', at, message = ''] = /title=([\w/]+),file=([^,]+),line=(\d+),.*?::(.*)$/.exec(line) ?? [];
    const name = path.relative(root, file);
    if (rule === 'lint/style/noRestrictedImports') refused.set(`${name}:${at}`, message);
    if (rule === 'lint/suspicious/noImportCycles' && name in CIRCLES) circular.add(name);
  }
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.each(places)('%s', (place) => {
  const verdicts = () =>
    importsOf(place).map((one, index) => ({ ...one, said: refused.get(`${probeOf(place)}:${index + 1}`) ?? null }));

  test('every import that the table does not name is refused, and no other', () => {
    const said = verdicts();
    expect(said.filter(({ isAllowed, said }) => !isAllowed && said === null)).toEqual([]);
    expect(said.filter(({ isAllowed, said }) => isAllowed && said !== null)).toEqual([]);
  });

  test('the lint says where the code belongs', () => {
    const instead = rules[place]?.instead ?? '';
    expect(instead).not.toBe('');
    const sentences = new Set(verdicts().flatMap(({ said }) => said ?? []));
    expect(sentences.size).toBe(3);
    expect([...sentences].filter((sentence) => sentence.includes(instead))).toHaveLength(2);
    expect([...sentences].filter((sentence) => sentence.includes('by its whole path'))).toHaveLength(1);
  });
});

test('the lint and the documentation have the rules of lib/import-rules.json (`npm run rules` writes them)', () => {
  const written = JSON.parse(readFileSync(path.join(ROOT, 'lib', 'import-rules.biome.json'), 'utf8'));
  expect(written).toEqual({ overrides: lintOverrides(rules) });
  expect(tableInReadme()).toBe(importTable(rules));
});

test('the table names only packages that are installed, and folders and files that are there', () => {
  const named = Object.values(rules).flatMap((rule) => rule.packages.filter((name) => !name.startsWith('node:')));
  expect(named.filter((name) => !packages.includes(name))).toEqual([]);
  const there = [...places, ...Object.values(rules).flatMap((rule) => rule.imports)];
  expect(there.filter((place) => !existsSync(path.join(ROOT, place)))).toEqual([]);
});

test('every file of code belongs to a folder of the table', () => {
  const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs'], { cwd: ROOT, encoding: 'utf8' });
  const known = [...places, 'tests'];
  const strange = files
    .trim()
    .split('\n')
    .filter((file) => !known.some((place) => file === place || file.startsWith(`${place}/`)));
  expect(strange).toEqual([]);
});

test('a circle of imports is refused, also one of types, also over folders; what only leads to one is not', () => {
  const files = Object.keys(CIRCLES).filter((file) => !file.endsWith('straight.ts'));
  expect([...circular].sort()).toEqual(files.sort());
});

test('no file imports types in a way that the lint does not read', () => {
  const result = spawnSync('git', ['grep', '-lE', "(: |<|typeof )import\\('", '--', 'app', 'components', 'db', 'lib'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(result.stdout).toBe('');
});

/** Folders whose files are a list: one for each migration, and one for each area of words. */
const LISTS = ['db/migrations', 'db/migrations/meta', 'lib/words/de', 'lib/words/en'];

test('no folder of code has more files side by side than one sees at a glance', () => {
  const files = execFileSync('git', ['ls-files', '--', 'app', 'components', 'db', 'lib', 'tests'], { cwd: ROOT });
  const folders = files.toString().trim().split('\n').map(path.dirname);
  const long = [...new Set(folders)].filter((folder) => folders.filter((one) => one === folder).length > 17);
  expect(long.sort()).toEqual(LISTS);
});
