import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { PLANTED_FAULTS } from './planted/planted-faults.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const FOUND = path.join(import.meta.dirname, 'found');

/** Runs the simulation in a process of its own, whose time and network are replaced for good. Gives what it prints. */
async function simulate(...given: string[]): Promise<string> {
  const program = path.join(import.meta.dirname, 'run.ts');
  const run = promisify(execFile)(process.execPath, [program, ...given], { maxBuffer: 64 * 1024 * 1024 });
  return run.then(
    ({ stdout }) => stdout,
    (error: { stdout?: string; stderr?: string }) => `${error.stdout}${error.stderr}`,
  );
}

const tracesOf = (output: string) => output.split('\n').filter((line) => /^seed \d+: /.test(line));

test('thirty fixed worlds keep every promise, and the same seed gives the same trace', async () => {
  const [all, again] = await Promise.all([
    simulate('--seeds', '30', '--verbose'),
    simulate('--seeds', '3', '--from', '5', '--verbose'),
  ]);
  expect(all).toContain(' 0 broken promises');
  expect(tracesOf(all)).toHaveLength(30);
  expect(tracesOf(again)).toEqual(tracesOf(all).slice(4, 7));
});

test('several processes run each seed once, as one process does', async () => {
  const [together, alone] = await Promise.all([
    simulate('--seeds', '3', '--from', '13', '--jobs', '2', '--verbose'),
    simulate('--seeds', '3', '--from', '13', '--verbose'),
  ]);
  expect(tracesOf(together).toSorted()).toEqual(tracesOf(alone));
  expect(tracesOf(alone)).toHaveLength(3);
  expect(together).toMatch(/^3 seeds, .* 0 broken promises/m);
});

test('ten worlds that nobody has seen keep every promise', async () => {
  // The output of a failure names the seed: `npm run simulate -- --seeds 1 --from SEED` runs it again.
  const first = 1_000_000 + (Math.floor(Date.now() / 1000) % 1_000_000_000);
  expect(await simulate('--seeds', '10', '--from', String(first))).toContain(' 0 broken promises');
});

const worlds = readdirSync(FOUND).filter((name) => name.endsWith('.json'));
test.for(worlds)('what was found once stays mended: %s', async (name) => {
  expect(await simulate('--found', path.join(FOUND, name))).toContain(' 0 broken promises');
});

test('every fault that is planted to measure the simulation still has its place in the product', () => {
  const places = PLANTED_FAULTS.map(({ name, file, find }) => [
    name,
    readFileSync(path.join(ROOT, file), 'utf8').split(find).length - 1,
  ]);
  expect(places.filter(([, times]) => times !== 1)).toEqual([]);
});
