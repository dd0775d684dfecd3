/** Bundles command line, server and the thread of intake: a start then reads a few files instead of resolving 800 modules. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { fingerprint } from './fingerprint.mjs';
import { BUNDLES, PROGRAMS } from './program.mjs';

/** A package that changes, or `#…` that leads elsewhere, makes the bundles stale as well. */
const SETTINGS = ['package-lock.json', 'package.json'];
/** Has a compiled part that is found by its place; Next loads most of itself by name. */
const NOT_BUNDLED = ['better-sqlite3', 'next'];
/** Bundled CommonJS packages ask for Node's own modules by `require`. Packages may import `createRequire` themselves, so it has another name here. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);`;

/** Writes the bundles of the sources below `root`. Throws where they do not compile. */
export function bundlePrograms(root: string): void {
  const outdir = path.join(root, BUNDLES);
  rmSync(outdir, { recursive: true, force: true });
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: PROGRAMS,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: NOT_BUNDLED,
    banner: { js: REQUIRE },
    metafile: true,
    logLevel: 'silent',
  });
  const sources = Object.keys(metafile.inputs).filter((file) => !file.startsWith('node_modules/'));
  const files = [...sources, ...SETTINGS].sort();
  mkdirSync(outdir, { recursive: true });
  writeFileSync(path.join(outdir, 'inputs.json'), JSON.stringify({ fingerprint: fingerprint(root, files), files }));
}
