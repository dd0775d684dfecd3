import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '..');

const REFUSED = [
  ['lib/domain', '#db/client.ts'],
  ['lib/domain', '#lib/env.ts'],
  ['lib/domain', 'node:fs'],
  ['lib/graph', '#db/client.ts'],
  ['lib/graph', '#lib/services/people.ts'],
  ['lib/notify', '#db/schema.ts'],
  ['lib/demo', '#db/schema.ts'],
  ['lib/services', '#lib/graph/directory.ts'],
  ['lib/services', '#lib/engine/cycle/process-people.ts'],
  ['lib/services', '#lib/engine/create-engine.ts'],
  ['lib/services', '#lib/engine/run-worker.ts'],
  ['app', '#db/client.ts'],
  ['app', '#lib/graph/directory.ts'],
  ['components', '#lib/engine/create-engine.ts'],
] as const;

const ALLOWED = [
  ['lib/domain', './states.ts'],
  ['lib/domain', 'zod'],
  ['lib/graph', '#lib/domain/account.ts'],
  ['lib/services', '#lib/domain/states.ts'],
  ['lib/services', '#db/client.ts'],
  ['app', '#lib/services/people.ts'],
  ['app', '#components/shell.tsx'],
] as const;

/** Files that the import rule refuses, of one probe file for every pair. */
const refused = new Set<string>();

const probeName = (folder: string, specifier: string) => `${folder}/${specifier.replace(/\W+/g, '-')}.ts`;

beforeAll(() => {
  const root = mkdtempSync(path.join(tmpdir(), 'architecture-'));
  const config = JSON.parse(readFileSync(path.join(ROOT, 'biome.json'), 'utf8'));
  writeFileSync(path.join(root, 'biome.json'), JSON.stringify({ ...config, $schema: undefined, vcs: undefined }));
  for (const [folder, specifier] of [...REFUSED, ...ALLOWED]) {
    mkdirSync(path.join(root, folder), { recursive: true });
    const text = `import { thing } from '${specifier}';\n\nexport const other = thing;\n`;
    writeFileSync(path.join(root, probeName(folder, specifier)), text);
  }
  const biome = path.join(ROOT, 'node_modules', '.bin', 'biome');
  const result = spawnSync(
    biome,
    ['lint', '--only=style/noRestrictedImports', '--max-diagnostics=none', '--colors=off'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  for (const [, file] of result.stderr.matchAll(/^(\S+\.ts):\d+:\d+ lint\/style\/noRestrictedImports/gm))
    if (file) refused.add(file);
});

test.each(REFUSED)('lint refuses that %s imports %s', (folder, specifier) => {
  expect(refused).toContain(probeName(folder, specifier));
});

test.each(ALLOWED)('lint allows that %s imports %s', (folder, specifier) => {
  expect(refused.size).toBeGreaterThan(0);
  expect(refused).not.toContain(probeName(folder, specifier));
});
