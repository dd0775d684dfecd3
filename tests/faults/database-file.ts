/** What can become of the database file under the running server: deleted, its log deleted, moved away and back, replaced. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import type { Fault } from './fault.ts';
import { Installation, until } from './installation.ts';
import type { Server } from './server.ts';

const HEALED_MS = 180_000;
const AT_WORK_MS = 60_000;
const NOTICED_MS = 20_000;
const AWAY_MS = 5000;
/** `lib/serve.ts` ends with it where another file has to be opened. */
const START_AGAIN = 75;

async function inMidCycle(world: Installation): Promise<void> {
  world.drop(100);
  world.cycleIsDue();
  await until(() => world.isAtWork(), AT_WORK_MS);
  await pause(Math.random() * 1000);
}

/** Waits until a server has ended with the code that asks for another start. */
async function ended(server: Server, says: RegExp): Promise<void> {
  if (!(await until(() => server.isGone(), NOTICED_MS))) throw new Error('it did not notice');
  const code = await server.exit;
  if (code !== START_AGAIN || !says.test(server.said())) throw new Error(`ended with ${code}: ${server.said()}`);
}

/** `ended`, and starts it as a service manager would. */
async function startedAgain(world: Installation, says: RegExp): Promise<void> {
  await ended(world.server, says);
  world.heartbeatIsOver();
  await world.restart();
}

/** `strike` once in each of several cycles, all in one installation. */
function inEachCycle(name: string, long: number, strike: (world: Installation) => Promise<void>): Fault {
  return {
    name,
    times: { long, short: 0 },
    async run(times) {
      const world = await Installation.start({ people: 200 * times });
      try {
        let longest = 0;
        for (let n = 0; n < times; n += 1) {
          await inMidCycle(world);
          await strike(world);
          longest = Math.max(longest, await world.judge(HEALED_MS));
        }
        return longest;
      } finally {
        await world.stop();
      }
    },
  };
}

const deleted = (name: string, endings: readonly string[]) =>
  inEachCycle(name, 10, async (world) => {
    for (const ending of endings) rmSync(world.databaseFile + ending, { force: true });
    await startedAgain(world, /what it held is back/);
  });

const deletedUnderTwo = inEachCycle('the database deleted in mid-cycle under two servers', 5, async (world) => {
  const { server } = world;
  await world.startServer({ PORT: '0' }).listening;
  rmSync(world.databaseFile);
  const says = /what it held is back|is kept in/;
  await ended(server, says);
  await startedAgain(world, says);
});

/** Says so in the place of every page, and to whoever watches the service. */
async function expectWaiting({ url }: Installation): Promise<void> {
  const [page, health] = await Promise.all([fetch(`${url}/`), fetch(`${url}/healthz`)]);
  const said = await page.text();
  if (page.status !== 503 || health.status !== 503 || !said.includes('moved away'))
    throw new Error(`it answered ${page.status} and ${health.status}: ${said}`);
}

const movedAway = inEachCycle('the database moved away in mid-cycle, and back after 5 s', 5, async (world) => {
  const files = ['', '-wal', '-shm'].map((ending) => world.databaseFile + ending);
  for (const file of files) renameSync(file, `${file}.away`);
  await pause(AWAY_MS);
  await expectWaiting(world);
  for (const file of files) renameSync(`${file}.away`, file);
  if (world.server.isGone()) throw new Error('it ended');
});

/** A copy from before takes the place of the database in mid-cycle: the new file counts, and what only the old one knew is kept. */
const replaced = inEachCycle(
  'the database replaced in mid-cycle by a copy, the kept one put back',
  5,
  async (world) => {
    const [copy, backups] = [path.join(world.dataDir, 'copy.db'), path.join(world.dataDir, 'backups')];
    const before = existsSync(backups) ? readdirSync(backups) : [];
    const db = new Sqlite(world.databaseFile, { readonly: true });
    db.prepare('vacuum into ?').run(copy);
    db.close();
    await pause(Math.random() * 500);
    renameSync(copy, world.databaseFile);
    await startedAgain(world, /was replaced/);
    const [kept] = readdirSync(backups).filter((name) => !before.includes(name));
    if (!kept?.startsWith('before-replacement-')) throw new Error(`nothing is kept: ${kept}`);
    // The one hand that this takes: who replaced it by mistake takes the kept file, with the server stopped.
    world.server.signal('SIGTERM');
    await world.server.exit;
    renameSync(path.join(backups, kept), world.databaseFile);
    world.heartbeatIsOver();
    await world.restart();
  },
);

export const DATABASE_FILE: readonly Fault[] = [
  deleted('the database deleted in mid-cycle', ['']),
  deleted('the database and its log deleted in mid-cycle', ['', '-wal', '-shm']),
  deleted('only the log of the database deleted in mid-cycle', ['-wal']),
  deletedUnderTwo,
  movedAway,
  replaced,
];
