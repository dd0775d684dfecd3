/** Builds the app: pages by Next, the programs' bundles, compressed copies of what browsers load, and last the mark of what it was built from. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundlePrograms } from './bundle.ts';
import { compressFiles } from './compress.ts';
import { fingerprint } from './fingerprint.mjs';

const ROOT = path.join(import.meta.dirname, '..', '..');
const FOLDERS = ['app', 'components', 'lib', 'db', 'public'];
const FILES = [
  ...['instrumentation.ts', 'proxy.ts', 'next.config.mjs'],
  ...['package-lock.json', 'package.json', 'tsconfig.json'],
];

const markOf = (root: string) => path.join(root, '.next', 'built-from');

function filesIn(root: string, folder: string): string[] {
  const full = path.join(root, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/** What a build below `root` would be made from, as one hash; null where a file went away meanwhile. */
function sourcesOf(root: string): string | null {
  const single = FILES.filter((file) => existsSync(path.join(root, file)));
  return fingerprint(root, [...FOLDERS.flatMap((folder) => filesIn(root, folder)), ...single].sort());
}

/** True where the last build below `root` ran to its end and was made from the files as they are now. */
export function isBuilt(root: string): boolean {
  const mark = markOf(root);
  return existsSync(mark) && readFileSync(mark, 'utf8') === sourcesOf(root);
}

/** Runs `steps` and leaves the mark of the sources as they were before. No mark is left where a step throws. */
export function buildMarked(root: string, steps: () => void): void {
  rmSync(markOf(root), { force: true });
  const sources = sourcesOf(root);
  steps();
  if (sources !== null) writeFileSync(markOf(root), sources);
}

function buildPages(): void {
  const next = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
  const result = spawnSync(process.execPath, [next, 'build'], {
    cwd: ROOT,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`${result.stdout}${result.stderr}\nThe build failed.`);
}

/** Builds in any case. Ends the process where that fails: the lines of the step that failed say why. */
export function build(): void {
  process.stdout.write('Building …\n');
  try {
    buildMarked(ROOT, () => {
      buildPages();
      bundlePrograms(ROOT);
      compressFiles(path.join(ROOT, '.next', 'static'));
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
}

/** True when a build was needed and made. */
export function buildIfChanged(): boolean {
  if (isBuilt(ROOT)) return false;
  build();
  return true;
}
