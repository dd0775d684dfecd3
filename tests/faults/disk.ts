/** What disk, database file and log can do to us: full, failing, locked, newer, corrupt, away. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { temporaryFolder } from '#tests/support/processes.ts';
import type { Fault } from './fault.ts';
import { Installation, until } from './installation.ts';
import { atPoints, CALLS, CYCLE, judgeAt, nameOf, traceAt } from './points.ts';
import { trace } from './server.ts';

const HEALED_MS = 180_000;
const PAGE_MS = 2000;
/** A page that has not come by then will not come. */
const GONE_MS = 90_000;
const STARTED_MS = 90_000;

/** Ends an installation, whatever the fault came to. */
async function within(world: Installation, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } finally {
    await world.stop();
  }
}

function failing(error: string): Fault {
  return {
    name: `every write and fsync answers ${error} from a point of the cycle on, for 5 s`,
    times: { long: 6, short: 0 },
    async run(times) {
      const world = await Installation.start({ people: 25 * times });
      return within(world, async () => {
        let longest = 0;
        for (let n = 0; n < times; n += 1) {
          const calls = n % 2 === 0 ? 'pwrite64,ftruncate' : 'fsync,fdatasync,rename';
          const tracing = await trace(
            world.server.pid,
            `trace=${calls}`,
            `inject=${calls}:error=${error}:when=${1 + n * 3}+`,
          );
          world.drop(25);
          world.cycleIsDue();
          await until(() => false, 5000);
          await tracing.detach();
          longest = Math.max(longest, await world.judge(HEALED_MS));
        }
        return longest;
      });
    },
  };
}

const { rename, fsync, unlink, write } = CALLS;
const OF_THE_DISK = { rename, fsync, unlink, write, read: 'pread64' };

const onePoint: Fault = {
  name: 'one rename, fsync, unlink, write or read of a 25-person cycle answers EIO',
  times: { long: 1000, short: 0 },
  run: (times) =>
    atPoints(OF_THE_DISK, times, async (world, point) => {
      const tracing = await traceAt(world.server, point, 'error=EIO');
      world.drop(CYCLE);
      world.cycleIsDue();
      const seconds = await judgeAt(world, nameOf(point));
      return { seconds, cameAbout: (await tracing.detach()).includes('(INJECTED)') };
    }),
};

/** As the guide promises them, for a full disk and for one that has room again. */
const [TOLD_MS, OVER_MS] = [10_000, 5000];

async function healthBecomes({ url }: Installation, status: number, boundMs: number): Promise<void> {
  const isSo = async () => (await fetch(`${url}/healthz`)).status === status;
  if (!(await until(isSo, boundMs))) throw new Error(`/healthz is not ${status} after ${boundMs / 1000} s`);
}

/** Has an installation on a disk of its own, which a ballast can fill but for `room` bytes. */
async function onSmallDisk(
  people: number,
  work: (world: Installation, disk: { fill(room: number): void; empty(): void }) => Promise<number>,
): Promise<number> {
  const dataDir = temporaryFolder();
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'none', dataDir]).status !== 0)
    throw new Error('a small disk cannot be mounted here');
  const ballast = path.join(dataDir, 'ballast');
  const fill = (room: number) => {
    spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k']);
    truncateSync(ballast, Math.max(0, statSync(ballast).size - room));
  };
  try {
    const world = await Installation.start({ people, dataDir });
    return await within(world, () => work(world, { fill, empty: () => rmSync(ballast) }));
  } finally {
    spawnSync('umount', ['-l', dataDir]);
  }
}

const full: Fault = {
  name: 'the disk of the data folder full in mid-cycle, then space again; /healthz says both',
  times: { long: 3, short: 0 },
  run: (times) =>
    onSmallDisk(200 * times, async (world, disk) => {
      let longest = 0;
      for (let n = 0; n < times; n += 1) {
        world.drop(200);
        world.cycleIsDue();
        await until(() => world.isAtWork(), 30_000);
        disk.fill(0);
        await healthBecomes(world, 503, TOLD_MS);
        await until(() => false, 5000);
        disk.empty();
        await healthBecomes(world, 200, OVER_MS);
        longest = Math.max(longest, await world.judge(HEALED_MS));
      }
      return longest;
    }),
};

/** A page of the database’s log. */
const PAGE_BYTES = 4096;
const FULL_MS = 4000;

const fullAtEachPoint: Fault = {
  name: 'the disk full after one page more of a 25-person cycle each time, then space again',
  times: { long: 150, short: 0 },
  run: (times) =>
    onSmallDisk(CYCLE * times, async (world, disk) => {
      let [longest, refused] = [0, 0];
      for (let n = 0; n < times; n += 1) {
        // A log that was long before takes no new room.
        world.withDatabase(({ $client }) => $client.pragma('wal_checkpoint(truncate)'));
        world.drop(CYCLE);
        world.cycleIsDue();
        disk.fill(n * PAGE_BYTES);
        if (await until(async () => (await fetch(`${world.url}/healthz`)).status === 503, FULL_MS)) refused += 1;
        disk.empty();
        await healthBecomes(world, 200, OVER_MS);
        longest = Math.max(longest, await judgeAt(world, `${n} pages left (${refused} times full)`));
      }
      return longest;
    }),
};

/** How long a page takes. */
async function pageMs({ url }: Installation): Promise<number> {
  const askedAt = performance.now();
  const answer = await fetch(`${url}/`, { redirect: 'manual', signal: AbortSignal.timeout(GONE_MS) });
  await answer.text();
  return performance.now() - askedAt;
}

/** Pages only read, and whatever writes by itself waits without them. */
const lockedFor = (seconds: number): Fault => ({
  name: `the database locked for ${seconds} s by another program: every page answers within 2 s`,
  times: { long: 1, short: 0 },
  async run(times) {
    const world = await Installation.start({ people: 25 * times });
    return within(world, async () => {
      let [longest, slowestMs] = [0, 0];
      // The first page of a server loads what all of them need.
      await pageMs(world);
      for (let n = 0; n < times; n += 1) {
        world.drop(25);
        world.cycleIsDue();
        const other = new Sqlite(world.databaseFile);
        other.exec('begin exclusive');
        const unlockedAt = performance.now() + seconds * 1000;
        while (performance.now() < unlockedAt) {
          slowestMs = Math.max(slowestMs, await pageMs(world));
        }
        other.exec('rollback');
        other.close();
        longest = Math.max(longest, await world.judge(HEALED_MS));
      }
      if (slowestMs > PAGE_MS) throw new Error(`a page took ${(slowestMs / 1000).toFixed(1)} s`);
      return longest;
    });
  },
});

/** The database file in a state in which the server must not start, and says so in one line with exit code 1; put right, it goes on. */
function refused(name: string, spoil: (file: string) => void, says: RegExp): Fault {
  return {
    name,
    times: { long: 1, short: 1 },
    async run() {
      const world = await Installation.start({ people: 25 });
      return within(world, async () => {
        world.drop(25);
        await world.heal(HEALED_MS);
        world.server.signal('SIGTERM');
        await world.server.exit;
        const whole = readFileSync(world.databaseFile);
        spoil(world.databaseFile);
        const server = world.startServer();
        await until(() => server.isGone(), STARTED_MS);
        if (!server.isGone()) throw new Error('it started');
        if ((await server.exit) !== 1 || !says.test(server.said())) throw new Error(`it said ${server.said()}`);
        writeFileSync(world.databaseFile, whole);
        await world.restart();
        return world.judge(HEALED_MS);
      });
    },
  };
}

const spoilFirstPage = (file: string) => {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 0, 4096);
  writeFileSync(file, bytes);
};

function fromTheFuture(file: string): void {
  const db = new Sqlite(file);
  db.exec(`insert into __drizzle_migrations (hash, created_at) values ('later', 4102444800000)`);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

const logFull: Fault = {
  name: 'the target of the log full (/dev/full)',
  times: { long: 1, short: 0 },
  async run() {
    const world = await Installation.start({ people: 25 });
    return within(world, async () => {
      await world.kill();
      const log = openSync('/dev/full', 'w');
      const server = world.startServer({ LOG_LEVEL: 'debug' }, { stdio: ['ignore', 'ignore', log] });
      closeSync(log);
      world.drop(25);
      const seconds = await world.judge(HEALED_MS);
      if (server.isGone()) throw new Error('it ended');
      return seconds;
    });
  },
};

const logGone: Fault = {
  name: 'whoever reads the log gone (closed pipe)',
  times: { long: 1, short: 0 },
  async run() {
    const world = await Installation.start({ people: 25 });
    return within(world, async () => {
      await world.kill();
      const server = world.startServer({ LOG_LEVEL: 'debug' });
      await server.listening;
      server.child.stderr?.destroy();
      server.child.stdout?.destroy();
      world.drop(25);
      const seconds = await world.judge(HEALED_MS);
      if (server.isGone()) throw new Error('it ended');
      return seconds;
    });
  },
};

export const DISK: readonly Fault[] = [
  ...[
    failing('ENOSPC'),
    onePoint,
    failing('EIO'),
    failing('EROFS'),
    full,
    fullAtEachPoint,
    lockedFor(1),
    lockedFor(30),
    lockedFor(60),
  ],
  refused('the database corrupt at a start', spoilFirstPage, /cannot be used/),
  refused('the database newer than the program', fromTheFuture, /newer/),
  ...[logFull, logGone],
];
