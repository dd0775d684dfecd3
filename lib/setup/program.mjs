/** Starts the product's programs: from the bundle that the build made, as long as it matches its sources, else from the sources. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { fingerprint } from './fingerprint.mjs';
import { isTooOld } from './node-version.mjs';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** Where the sources of each program begin. */
export const PROGRAMS = { cli: 'lib/cli/main.ts', server: 'lib/server.ts', thread: 'lib/worker/worker.ts' };

/** The folder of the bundles; `inputs.json` in it names what they were made from. */
export const BUNDLES = '.next/bundles';

/**
 * The file to start a program from.
 * @param {keyof typeof PROGRAMS} name
 * @param {string} root folder of package.json
 */
export function programFile(name, root = ROOT) {
  return path.join(root, bundlesAreFresh(root) ? `${BUNDLES}/${name}.mjs` : PROGRAMS[name]);
}

/** @param {string} root */
function bundlesAreFresh(root) {
  try {
    const made = JSON.parse(readFileSync(path.join(root, BUNDLES, 'inputs.json'), 'utf8'));
    return made.fingerprint === fingerprint(root, made.files);
  } catch {
    return false;
  }
}

/** @param {keyof typeof PROGRAMS} name */
export function startProgram(name) {
  if (isTooOld(process.version)) {
    process.stderr.write(
      `Node ${process.version} is too old, and \`npm ci --omit=dev\` brings none: install Node 24.\n`,
    );
    process.exit(1);
  }
  return import(pathToFileURL(programFile(name)).href);
}
