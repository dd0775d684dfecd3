/** Ends of the server: in the middle of system calls, at random moments, with the log of the database torn, and by SIGTERM. */
import { copyFileSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.ts';
import { Installation, until } from './installation.ts';
import { atPoints, CALLS, CYCLE, judgeAt, nameOf, traceAt } from './points.ts';

const HEALED_MS = 120_000;
const AT_WORK_MS = 20_000;
/** Within it 100,000 accounts are looked up. */
const LOOKED_UP_MS = 600_000;
/** `lib/serve.ts` promises to end in so long. */
const DRAIN_MS = 10_000;

const atSystemCalls: Fault = {
  name: 'killed at every rename, fsync, unlink, write and send of a 25-person cycle',
  times: { long: 1000, short: 0 },
  run: (times) =>
    atPoints(CALLS, times, async (world, point) => {
      const tracing = await traceAt(world.server, point, 'signal=KILL');
      world.drop(CYCLE);
      world.cycleIsDue();
      // A cycle may come to its end with fewer calls than the one that was counted.
      await until(() => world.server.isGone() || !(world.isAtWork() || world.hasFiles()), HEALED_MS);
      const cameAbout = world.server.isGone();
      if (!cameAbout) await tracing.detach();
      await world.kill();
      await world.restart();
      return { seconds: await judgeAt(world, nameOf(point)), cameAbout };
    }),
};

/** So many kills follow each other before all is to be well. */
const IN_A_ROW = 4;

const atRandom: Fault = {
  name: `killed at random moments of 1,000-person cycles, ${IN_A_ROW} times in a row`,
  times: { long: 200, short: 0 },
  async run(times) {
    const size = 1000;
    const world = await Installation.start({ people: size * Math.ceil(times / IN_A_ROW) });
    let longest = 0;
    try {
      for (let n = 0; n < times; n += 1) {
        if (n % IN_A_ROW === 0) world.drop(size);
        world.cycleIsDue();
        await until(() => world.isAtWork(), AT_WORK_MS);
        await pause(Math.random() * 4000);
        await world.kill();
        await world.restart();
        if ((n + 1) % IN_A_ROW === 0 || n + 1 === times)
          longest = Math.max(longest, await judgeAt(world, `kill ${n + 1}`));
      }
    } finally {
      await world.stop();
    }
    return longest;
  },
};

const tornLog: Fault = {
  name: 'power lost in mid-cycle, the end of the database’s log torn',
  times: { long: 10, short: 1 },
  async run(times) {
    let longest = 0;
    const world = await Installation.start({ people: 100 * times });
    try {
      for (let n = 0; n < times; n += 1) {
        const folder = path.join(world.dataDir, `crash-${n}`);
        mkdirSync(folder);
        world.drop(100);
        world.cycleIsDue();
        await until(() => world.isAtWork(), HEALED_MS);
        await pause(Math.random() * 3000);
        // Stopped, so that nothing is written between the two copies.
        world.server.signal('SIGSTOP');
        const files = [world.databaseFile, `${world.databaseFile}-wal`];
        for (const file of files) copyFileSync(file, path.join(folder, path.basename(file)));
        world.server.signal('SIGKILL');
        await world.server.exit;
        // What had been synchronised before an answer was waited for is on the disk: only the last frames can be torn.
        const wal = path.join(folder, path.basename(files[1] ?? ''));
        truncateSync(wal, Math.max(0, statSync(wal).size - Math.floor(Math.random() * 4096)));
        for (const file of files) copyFileSync(path.join(folder, path.basename(file)), file);
        world.heartbeatIsOver();
        await world.restart();
        longest = Math.max(longest, await judgeAt(world, `loss ${n + 1}`));
      }
    } finally {
      await world.stop();
    }
    return longest;
  },
};

const stopped: Fault = {
  name: 'SIGTERM at a random moment: ends in 10 s, without an error',
  times: { long: 100, short: 1 },
  async run(times) {
    let longest = 0;
    const world = await Installation.start({ people: 50 * times });
    try {
      for (let n = 0; n < times; n += 1) {
        world.drop(50);
        world.cycleIsDue();
        await pause(Math.random() * 3000);
        world.server.signal('SIGTERM');
        const { server } = world;
        if (!(await until(() => server.isGone(), DRAIN_MS + 1000))) throw new Error('it did not end in 10 s');
        const code = await server.exit;
        if (code !== 0) throw new Error(`SIGTERM ${n + 1}: ended with ${code}`);
        // No `heartbeatIsOver`: whoever ends in order gives its lease back.
        await world.restart();
        longest = Math.max(longest, await judgeAt(world, `SIGTERM ${n + 1}`));
      }
    } finally {
      await world.stop();
    }
    return longest;
  },
};

const ROWS = 100_000;
/** The thread of import takes a few seconds for the file: a kill after a longer pause would mostly come too late. */
const PAUSE_MS = 1500;

const longImport: Fault = {
  name: 'killed at random moments of imports of 100,000 rows, again and again until the file is imported',
  times: { long: 200, short: 0 },
  async run(times) {
    let longest = 0;
    for (let killed = 0; killed < times; ) {
      // Nobody has an account: what counts is that every row is stored, once.
      const world = await Installation.start({ people: 1 });
      try {
        world.drop(ROWS, 'everybody.csv', 'awaiting_sync');
        while (killed < times && world.hasFilesToImport()) {
          world.cycleIsDue();
          if (!(await until(() => world.isImporting(), AT_WORK_MS))) break;
          await pause(Math.random() * PAUSE_MS);
          if (world.isImporting()) killed += 1;
          await world.kill();
          await world.restart();
        }
        longest = Math.max(longest, await judgeAt(world, `import after ${killed} kills`, LOOKED_UP_MS));
      } finally {
        await world.stop();
      }
    }
    return longest;
  },
};

export const KILLS: readonly Fault[] = [atSystemCalls, atRandom, longImport, tornLog, stopped];
