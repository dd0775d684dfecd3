/** `npm run faults`: does every fault to the real processes and prints a row of a table for each. `-- --short`: a few; `-- --only WORDS`; `-- --times N`. */
import { parseArgs } from 'node:util';
import { buildIfChanged } from '#lib/setup/build.ts';
import { DATABASE_FILE } from './database-file.ts';
import { DISK } from './disk.ts';
import type { Fault } from './fault.ts';
import { KILLS } from './kills.ts';
import { MEMORY } from './memory.ts';
import { SURROUNDINGS } from './surroundings.ts';
import { TENANT } from './tenant.ts';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    times: { type: 'string' },
    /** Takes the build as it is, also where the sources have changed since. */
    'as-built': { type: 'boolean', default: false },
  },
});

// Signals that stop a process, strace, /dev/full.
if (process.platform !== 'linux') {
  process.stdout.write('The faults of the machine take Linux: left out here.\n');
  process.exit(0);
}
const FAULTS: readonly Fault[] = [...KILLS, ...DISK, ...DATABASE_FILE, ...TENANT, ...SURROUNDINGS, ...MEMORY];

if (!values['as-built']) buildIfChanged();
const today = new Date().toISOString().slice(0, 10);
let failed = 0;
for (const { name, times, run } of FAULTS) {
  let often = Number(values.times ?? (values.short ? times.short : times.long));
  if (often === 0 || !name.includes(values.only)) continue;
  let result: string;
  try {
    const done = await run(often);
    const { longest } = typeof done === 'number' ? { longest: done } : done;
    if (typeof done !== 'number') often = done.times;
    result = `all well, after ${longest.toFixed(0)} s at most`;
  } catch (error) {
    failed += 1;
    result = `**broken**: ${error instanceof Error ? error.message : error}`;
  }
  process.stdout.write(`| ${name} | ${often} | ${today} | ${result} |\n`);
}
process.exitCode = failed > 0 ? 1 : 0;
