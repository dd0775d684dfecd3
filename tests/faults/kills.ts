/** Ends of the server: in the middle of system calls, at random moments, with the log of the database torn, and by SIGTERM. */
import { copyFileSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '#lib/demo/tenant/random.ts';
import type { Fault } from './fault.ts';
import { Installation, until } from './installation.ts';
import { trace } from './server.ts';

const HEALED_MS = 120_000;
/** `lib/serve.ts` promises to end in so long. */
const DRAIN_MS = 10_000;
const random = seededRandom(20261127);

/** The calls by which something gets out of the process, by kind. */
const CALLS = {
  rename: 'rename,renameat,renameat2,link',
  fsync: 'fsync,fdatasync',
  unlink: 'unlink,unlinkat',
  write: 'pwrite64,pwritev,ftruncate',
  send: 'write,writev,sendto,sendmsg',
};

/** The calls of one kind that the thread with the most of them makes in a cycle: strace counts by thread. */
function mostByThread(seen: string, calls: string): number {
  const byThread = new Map<string, number>();
  for (const line of seen.split('\n')) {
    const [, thread = '0', name = ''] = /^(?:\[pid +(\d+)\] )?(\w+)\(/.exec(line) ?? [];
    if (calls.split(',').includes(name)) byThread.set(thread, (byThread.get(thread) ?? 0) + 1);
  }
  return Math.max(0, ...byThread.values());
}

const CYCLE = 25;

/** Calls of each kind in a cycle of 25 people, evenly chosen where there are more than `times`; interleaved, so that a few are of every kind. */
async function pointsOf(world: Installation, times: number): Promise<{ kind: string; calls: string; when: number }[]> {
  const tracing = await trace(world.server.pid, `trace=${Object.values(CALLS).join(',')}`);
  world.drop(CYCLE);
  await world.heal(HEALED_MS);
  const seen = await tracing.detach();
  const each = Math.ceil(times / Object.keys(CALLS).length);
  return Object.entries(CALLS)
    .flatMap(([kind, calls]) => {
      const most = mostByThread(seen, calls);
      const step = Math.max(1, most / each);
      return Array.from({ length: Math.min(each, most) }, (_, n) => ({
        kind,
        calls,
        when: 1 + Math.floor(n * step),
        n,
      }));
    })
    .toSorted((a, b) => a.n - b.n)
    .slice(0, times);
}

const atSystemCalls: Fault = {
  name: 'killed at a rename, fsync, unlink, write or send of a 25-person cycle',
  times: { long: 100, short: 0 },
  async run(times) {
    const world = await Installation.start({ people: CYCLE * (times + 1) });
    let longest = 0;
    try {
      for (const { kind, calls, when } of await pointsOf(world, times)) {
        const tracing = await trace(world.server.pid, `trace=${calls}`, `inject=${calls}:signal=KILL:when=${when}`);
        world.drop(CYCLE);
        world.cycleIsDue();
        // A cycle may come to its end with fewer calls than the one that was counted.
        await until(() => world.server.isGone() || !(world.isAtWork() || world.hasFiles()), HEALED_MS);
        if (!world.server.isGone()) await tracing.detach();
        await world.kill();
        await world.restart();
        longest = Math.max(longest, await said(world, `${kind} ${when}`));
      }
    } finally {
      await world.stop();
    }
    return longest;
  },
};

/** Judges, and names the point where something does not hold. */
async function said(world: Installation, point: string): Promise<number> {
  try {
    const seconds = await world.judge(HEALED_MS);
    process.stderr.write(`${point}: all well after ${seconds.toFixed(0)} s\n`);
    return seconds;
  } catch (error) {
    throw new Error(`${point}: ${error instanceof Error ? error.message : error}`);
  }
}

const atRandom: Fault = {
  name: 'killed at a random moment of a 1,000-person cycle',
  times: { long: 20, short: 0 },
  async run(times) {
    const size = 1000;
    const world = await Installation.start({ people: size * times });
    let longest = 0;
    try {
      for (let n = 0; n < times; n += 1) {
        world.drop(size);
        world.cycleIsDue();
        await until(() => world.isAtWork(), HEALED_MS);
        await pause(random() * 8000);
        await world.kill();
        await world.restart();
        longest = Math.max(longest, await said(world, `kill ${n + 1}`));
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
        await pause(random() * 3000);
        // Stopped, so that nothing is written between the two copies.
        world.server.signal('SIGSTOP');
        const files = [world.databaseFile, `${world.databaseFile}-wal`];
        for (const file of files) copyFileSync(file, path.join(folder, path.basename(file)));
        world.server.signal('SIGKILL');
        await world.server.exit;
        // What had been synchronised before an answer was waited for is on the disk: only the last frames can be torn.
        const wal = path.join(folder, path.basename(files[1] ?? ''));
        truncateSync(wal, Math.max(0, statSync(wal).size - Math.floor(random() * 4096)));
        for (const file of files) copyFileSync(path.join(folder, path.basename(file)), file);
        world.heartbeatIsOver();
        await world.restart();
        longest = Math.max(longest, await said(world, `loss ${n + 1}`));
      }
    } finally {
      await world.stop();
    }
    return longest;
  },
};

const stopped: Fault = {
  name: 'SIGTERM at a random moment: ends in 10 s, without an error',
  times: { long: 25, short: 1 },
  async run(times) {
    let longest = 0;
    const world = await Installation.start({ people: 50 * times });
    try {
      for (let n = 0; n < times; n += 1) {
        world.drop(50);
        world.cycleIsDue();
        await pause(random() * 5000);
        world.server.signal('SIGTERM');
        const { server } = world;
        if (!(await until(() => server.isGone(), DRAIN_MS + 1000))) throw new Error('it did not end in 10 s');
        const code = await server.exit;
        if (code !== 0) throw new Error(`SIGTERM ${n + 1}: ended with ${code}`);
        // No `heartbeatIsOver`: whoever ends in order gives its lease back.
        await world.restart();
        longest = Math.max(longest, await said(world, `SIGTERM ${n + 1}`));
      }
    } finally {
      await world.stop();
    }
    return longest;
  },
};

const longImport: Fault = {
  name: 'killed at a random moment of an import of 100,000 rows',
  times: { long: 5, short: 0 },
  async run(times) {
    const rows = 100_000;
    let longest = 0;
    for (let n = 0; n < times; n += 1) {
      // Nobody has an account: what counts is that every row is stored, once.
      const world = await Installation.start({ people: 1 });
      try {
        world.drop(rows, 'everybody.csv', 'awaiting_sync');
        world.cycleIsDue();
        await pause(random() * 12_000);
        await world.kill();
        await world.restart();
        longest = Math.max(longest, await said(world, `import ${n + 1}`));
      } finally {
        await world.stop();
      }
    }
    return longest;
  },
};

export const KILLS: readonly Fault[] = [atSystemCalls, atRandom, longImport, tornLog, stopped];
