/** What is around us: a share that goes and comes, slow writers, odd names, a second server, command lines, another clock. */
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cli, temporaryFolder } from '#tests/support/processes.ts';
import { csvOf } from '#tests/support/seeds.ts';
import type { Fault } from './fault.ts';
import { Installation, until } from './installation.ts';

const HEALED_MS = 180_000;

const away: Fault = {
  name: 'the share away and back 50 times while 10 files come',
  times: { long: 1, short: 0 },
  async run() {
    // A folder below the data folder is our own and made anew.
    const world = await Installation.start({ people: 250, dropFolder: path.join(temporaryFolder(), 'share') });
    const elsewhere = `${world.dropFolder}-away`;
    try {
      for (let n = 0; n < 50; n += 1) {
        if (n % 5 === 0) world.drop(25);
        world.cycleIsDue();
        renameSync(world.dropFolder, elsewhere);
        await until(() => false, 100 + 7 * n);
        renameSync(elsewhere, world.dropFolder);
        await until(() => false, 300);
      }
      return await world.judge(HEALED_MS);
    } finally {
      await world.stop();
    }
  },
};

const dripping: Fault = {
  name: 'a file that is written for 15 s, line by line, with cycles meanwhile',
  times: { long: 1, short: 0 },
  async run() {
    const world = await Installation.start({ people: 30, env: { FILE_SETTLE_MS: '2000' } });
    try {
      const users = world.nextPeople(30);
      const bytes = csvOf(users);
      const file = path.join(world.dropFolder, 'dripping.csv');
      writeFileSync(file, '');
      for (const piece of bytes.match(/[\s\S]{1,50}/g) ?? []) {
        appendFileSync(file, piece);
        world.cycleIsDue();
        await until(() => false, 15_000 / (bytes.length / 50));
      }
      world.expect(users, bytes);
      return await world.judge(HEALED_MS);
    } finally {
      await world.stop();
    }
  },
};

const names: Fault = {
  name: 'files with hostile names',
  times: { long: 1, short: 0 },
  async run() {
    const odd = [
      '-rf.csv',
      '$(touch x).csv',
      'ümlaut é.csv',
      'a\nb.csv',
      '%2e%2e%2fx.csv',
      `${'n'.repeat(240)}.csv`,

      '<b>.csv',
    ];
    const world = await Installation.start({ people: 5 * odd.length });
    try {
      for (const name of odd) world.drop(5, name);
      return await world.judge(HEALED_MS);
    } finally {
      await world.stop();
    }
  },
};

const together: Fault = {
  name: 'two servers and three command lines at once',
  times: { long: 3, short: 0 },
  async run(times) {
    const world = await Installation.start({ people: 200 * times });
    const { PORT: _, ...env } = world.env;
    try {
      await world.startServer({ PORT: '0' }).listening;
      let longest = 0;
      for (let n = 0; n < times; n += 1) {
        world.drop(200);
        world.cycleIsDue();
        const ended = await Promise.all([1, 2, 3].map(() => cli(['cycle', '--all'], env)));
        const bad = ended.find(({ code }) => code !== 0 && code !== 3);
        if (bad) throw new Error(`a command line ended with ${bad.code}: ${bad.stderr}`);
        longest = Math.max(longest, await world.judge(HEALED_MS));
      }
      return longest;
    } finally {
      await world.stop();
    }
  },
};

export const SURROUNDINGS: readonly Fault[] = [away, dripping, names, together];
