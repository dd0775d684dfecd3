/**
 * How much the simulation finds: plants each fault into a copy of the product and runs seeds until one breaks a promise.
 * `node tests/simulation/power.ts [--known] [--small] [--seeds 200] [--only PART_OF_A_NAME_OR_FILE]…`
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { PlantedFault } from './planted/planted-fault.ts';
import { PLANTED_FAULTS } from './planted/planted-faults.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const COPIED = ['app', 'db', 'lib', 'tests', 'package.json'];

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    only: { type: 'string', multiple: true, default: [''] },
    /** Only the seed noted with each fault. */
    known: { type: 'boolean', default: false },
    /** The same, and the world that shows it is made small; tells how small it became. */
    small: { type: 'boolean', default: false },
  },
});

function copyOfTheProduct(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'planted-'));
  for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}

/** The line about the first broken promise; null: none was broken. */
function firstBroken(folder: string, name: string, from: number, seeds: number): string | null {
  const run = ['tests/simulation/run.ts', '--from', String(from), '--seeds', String(seeds)];
  if (!values.small) run.push('--until-broken');
  const { status, stdout } = spawnSync(process.execPath, run, { cwd: folder, encoding: 'utf8' });
  if (status === 0) return null;
  const broken = stdout.split('\n').find((line) => line.startsWith('seed '));
  if (broken === undefined) throw new Error(`${name}: the product with this fault does not run`);
  const small = stdout.split('\n').find((line) => line.includes(' are enough: '));
  return small ? `${broken};${small.replace(/ are enough: .*/, '')}` : broken;
}

/** The same, with this fault planted: first in the world that is known to show it. */
function found(folder: string, { name, file, find, replace, seed }: PlantedFault): string | null {
  const target = path.join(folder, file);
  const original = readFileSync(target, 'utf8');
  if (original.split(find).length !== 2) throw new Error(`${name}: what is to be replaced stands not once in ${file}`);
  const planted = original.replace(find, () => replace);
  writeFileSync(target, planted);
  const line = seed === null ? null : firstBroken(folder, name, seed, 1);
  const others =
    line === null && !values.known && !values.small ? firstBroken(folder, name, 1, Number(values.seeds)) : line;
  writeFileSync(target, original);
  return others;
}

const faults = PLANTED_FAULTS.filter(({ name, file }) =>
  values.only.some((part) => name.includes(part) || file.includes(part)),
);
const folder = copyOfTheProduct();
let count = 0;
for (const fault of faults) {
  const line = found(folder, fault);
  if (line !== null) count += 1;
  process.stdout.write(`${line === null ? 'NOT FOUND' : 'found'}: ${fault.name}${line === null ? '' : ` (${line})`}\n`);
}
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${count} of ${faults.length} found\n`);
