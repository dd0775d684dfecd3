/** `npm run generated [SEED]`: the long form, ten thousand generated files from a seed that it prints. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const seed = process.argv[2] ?? String(Date.now() % 2 ** 31);
process.stdout.write(`seed ${seed}\n`);
const { status } = spawnSync(
  process.execPath,
  [
    path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--config',
    'tests/vitest.config.ts',
    'tests/intake/generated',
  ],
  { cwd: ROOT, stdio: 'inherit', env: { ...process.env, GENERATED_FILES: '10000', GENERATED_SEED: seed } },
);
process.exitCode = status ?? 1;
