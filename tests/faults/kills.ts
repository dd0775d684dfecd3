/** Ends of the server: in the middle of system calls, at random moments, with the log of the database torn, and by SIGTERM. */
import { copyFileSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.ts';
import { Installation, until } from './installation.ts';
import { CALLS, CYCLE, judgeAt, pointsOf } from './points.ts';
import { trace } from './server.ts';

const HEALED_MS = 120_000;
const AT_WORK_MS = 20_000;
/** Within it 100,000 accounts are looked up. */
const LOOKED_UP_MS = 600_000;
/** `lib/serve.ts` promises to end in so long. */
const DRAIN_MS = 10_000;

const atSystemCalls: Fault = {
  name: 'killed at a rename, fsync, unlink, write or send of a 25-person cycle',
  times: { long: 100, short: 0 },
  async run(times) {
    const world = await Installation.start({ people: CYCLE * (times + 1) });
    let longest = 0;
    try {
      for (const { kind, calls, when } of await pointsOf(world, CALLS, times)) {
        const tracing = await trace(world.server.pid, `trace=${calls}`, `inject=${calls}:signal=KILL:when=${when}`);
        world.drop(CYCLE);
        world.cycleIsDue();
        // A cycle may come to its end with fewer calls than the one that was counted.
        await until(() => world.server.isGone() || !(world.isAtWork() || world.hasFiles()), HEALED_MS);
        if (!world.server.isGone()) await tracing.detach();
        await world.kill();
        await world.restart();
        longest = Math.max(longest, await judgeAt(world, `${kind} ${when}`));
      }
    } finally {
      await world.stop();
    }
    return longest;
  },
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

const longImport: Fault = {
  name: `killed at random moments of an import of 100,000 rows, ${IN_A_ROW} times in a row`,
  times: { long: 20, short: 0 },
  async run(times) {
    const rows = 100_000;
    let longest = 0;
    for (let n = 0; n < times; n += IN_A_ROW) {
      // Nobody has an account: what counts is that every row is stored, once.
      const world = await Installation.start({ people: 1 });
      try {
        world.drop(rows, 'everybody.csv', 'awaiting_sync');
        for (let kill = 0; kill < IN_A_ROW; kill += 1) {
          world.cycleIsDue();
          await pause(Math.random() * 6000);
          await world.kill();
          await world.restart();
        }
        longest = Math.max(longest, await judgeAt(world, `import ${n + IN_A_ROW}`, LOOKED_UP_MS));
      } finally {
        await world.stop();
      }
    }
    return longest;
  },
};

export const KILLS: readonly Fault[] = [atSystemCalls, atRandom, longImport, tornLog, stopped];
