/** Builds the app unless the last build was made from the very same files. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');
const STAMP = path.join(ROOT, '.next', 'built-from');
const SOURCES = ['app', 'components', 'lib', 'db', 'public', 'instrumentation.ts', 'proxy.ts', 'next.config.mjs'];
const SETTINGS = ['package-lock.json', 'package.json', 'tsconfig.json'];

function filesIn(entry: string): string[] {
  const full = path.join(ROOT, entry);
  if (!existsSync(full)) return [];
  const children = readdirSync(full, { recursive: true, withFileTypes: true });
  return children.filter((child) => child.isFile()).map((child) => path.join(child.parentPath, child.name));
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const single = [...SOURCES, ...SETTINGS].filter((name) => path.extname(name) !== '');
  const files = [...SOURCES.filter((name) => path.extname(name) === '').flatMap(filesIn)];
  for (const file of [...files, ...single.map((name) => path.join(ROOT, name))].sort())
    if (existsSync(file)) hash.update(path.relative(ROOT, file)).update(readFileSync(file));
  return hash.digest('hex');
}

/** True when a build was needed and made. Ends the process where the build fails: its own lines say why. */
export function buildIfChanged(): boolean {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return false;
  process.stdout.write('Building …\n');
  const next = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
  const result = spawnSync(process.execPath, [next, 'build'], {
    cwd: ROOT,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    encoding: 'utf8',
  });
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}${result.stderr}\nThe build failed.\n`);
    process.exit(1);
  }
  spawnSync(process.execPath, [path.join(ROOT, 'lib', 'worker', 'thread-start.mjs')], { cwd: ROOT, stdio: 'inherit' });
  writeFileSync(STAMP, wanted);
  return true;
}
