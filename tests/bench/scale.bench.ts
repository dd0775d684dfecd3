/**
 * A million people and five million outcomes: how long the real server takes to answer each page over HTTP, how long its event loop
 * stands still meanwhile, how large it grows, how soon after a start it answers, and how soon the search knows everybody. The baseline
 * of the same run: the same question put to the database without counters, groups and index of the search.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type Db, openDatabase } from '#db/client.ts';
import { countUnindexed, indexNextPeople } from '#db/store/search/search-index.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { readEnv } from '#lib/env.ts';
import { buildIfChanged } from '#lib/setup/build.ts';
import { p95, report } from '#tests/bench/support/report.ts';
import { type AppProcess, freePort, startApp } from '#tests/support/app/app-process.ts';
import { type Session, signIn } from '#tests/support/app/session.ts';
import type { Watched } from '#tests/support/app/watch-process.ts';
import { addManyPeople, fileOf, nameOf, runOf, upnOf } from '#tests/support/many-people.ts';

const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 1_000_000);
const LOOKS = Number(process.env.BENCH_LOOKS ?? 20);
const OUTCOMES_EACH = 5;
const [PAGE_MS, FIND_MS, BLOCKED_MS, MEMORY_MB, START_MS, DEMO_START_MS] = [150, 50, 50, 400, 3000, 10_000];
/** The server's lines say what was between them. */
const WATCH_MS = 250;

const folder = mkdtempSync(path.join(tmpdir(), 'bench-scale-'));
const env = readEnv({ DATA_DIR: path.join(folder, 'data') });
const watchFile = path.join(folder, 'watched');

function fillDatabase(): Db {
  mkdirSync(env.dropFolder, { recursive: true });
  const db = openDatabase(env.databaseFile);
  const startedAt = performance.now();
  addManyPeople(db, PEOPLE, OUTCOMES_EACH);
  // Pages and the index are measured: no cycle, and not the first backup of gigabytes, which is tried by restoring it.
  saveSettings(db, env, { paused: true, backupTime: '' }, { name: 'bench', key: 'bench' }, Date.now());
  const seconds = (performance.now() - startedAt) / 1000;
  process.stdout.write(`${PEOPLE} people, ${PEOPLE * OUTCOMES_EACH} outcomes, made in ${seconds.toFixed(0)} s\n`);
  return db;
}

async function start(): Promise<{ app: AppProcess; startMs: number }> {
  const watcher = pathToFileURL(path.join(import.meta.dirname, '..', 'support', 'app', 'watch-start.mjs')).href;
  const port = String(await freePort());
  const startedAt = performance.now();
  const app = await startApp({
    TENANT_MODE: 'demo',
    DATA_DIR: env.dataDir,
    PORT: port,
    LOG_LEVEL: 'silent',
    NODE_OPTIONS: `--import ${watcher}`,
    WATCH_FILE: watchFile,
  });
  await (await fetch(`${app.url}/sign-in`)).text();
  return { app, startMs: performance.now() - startedAt };
}

interface Measured {
  /** By the clock, and in processor time of the event loop's thread: a machine that is busy otherwise only adds to the first. */
  blockedMs: number;
  busyMs: number;
  rssMB: number;
  /** Processor time, all threads. */
  cpuMs: number;
}

function watchedSince(at: number): Measured {
  const lines = readFileSync(watchFile, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Watched)
    .filter((line) => line.at >= at);
  return {
    blockedMs: Math.max(...lines.map(({ blockedMs }) => blockedMs)),
    busyMs: Math.max(...lines.map(({ busyMs }) => busyMs)),
    rssMB: Math.max(...lines.map(({ rssBytes }) => rssBytes)) / 1e6,
    cpuMs: (lines.at(-1)?.cpuMs ?? 0) - (lines[0]?.cpuMs ?? 0),
  };
}

interface Asked {
  path(look: number): string;
  /** The same without what makes it quick. */
  naive: string;
  /** Where it is not that of a page. */
  targetMs?: number;
}

const COUNTED = 'select state, count(*) from people not indexed group by state';
const listed = (where: string, order: string) =>
  `${COUNTED}; select count(*) from people not indexed where ${where}; select * from people not indexed where ${where} order by ${order} limit 50`;
const contains = (text: string) => `(display_name like '%${text}%' or upn_key like '%${text}%')`;
const people = (query: string, where: string, order = 'first_seen_at desc'): Asked => ({
  path: () => `/people?${query}`,
  naive: listed(where, order),
});

/** A person as somebody on the phone spells it. */
const found = (spell: (n: number) => string): Asked => ({
  path: (look) => `/api/find?q=${encodeURIComponent(spell(look * 89 + 1))}`,
  naive: `select * from people where ${contains(spell(90))} limit 8`,
  targetMs: FIND_MS,
});
const turnedRound = (n: number) => nameOf(n).split(' ').toReversed().join(', ');
/** The second letter of the surname is another one. */
const withSlip = (n: number) => nameOf(n).replace(/ (\S)\S/, ' $1x');

const PAGES: Record<string, Asked> = {
  home: {
    path: () => '/',
    naive: `${COUNTED}; select state, reason, count(*), min(state_since), min(next_check_at) from people not indexed group by 1, 2`,
  },
  people: people('', 'true'),
  'people by name, page 90': people('sort=name&dir=asc&page=90', 'true', 'display_name'),
  'people of a state by mailbox': people(
    'state=provisioned&sort=open&dir=desc',
    "state = 'provisioned'",
    'mailbox_ready_at desc',
  ),
  'people of a type, longest first': people('type=n&sort=since&dir=asc', "employee_type_key = 'n'", 'state_since'),
  'people by age': people('age=30d', `state_since < ${Date.now() - 30 * 86_400_000}`),
  'people of two states by UPN': people(
    'state=dismissed,held&sort=upn&dir=asc',
    "state in ('dismissed', 'held')",
    'upn_key',
  ),
  'people of a file in a state': people(`file=${fileOf(PEOPLE / 2)}&state=provisioned`, "state = 'provisioned'"),
  'search for one person': {
    path: (look) => `/people?q=${encodeURIComponent(nameOf(look * 97 + 1))}`,
    naive: listed(contains(nameOf(98)), 'first_seen_at desc'),
  },
  'search that many fit': people('q=ada', contains('ada')),
  'search that everybody fits': people('q=contoso&sort=name&dir=asc', contains('contoso'), 'display_name'),
  'search in vain': people('q=zzqqy', contains('zzqqy')),
  'search by two letters': people('q=ad', contains('ad')),
  'find an address': found(upnOf),
  'find a name turned round': found(turnedRound),
  'find a name without accents': found((n) => nameOf(n).normalize('NFD').replaceAll(/\p{M}/gu, '')),
  'find a name with a slip': found(withSlip),
  'find a surname with a slip': found((n) => withSlip(n).split(' ').at(1) ?? ''),
  'find a line of an address book': found((n) => `${nameOf(n)} <${upnOf(n)}>`),
  'find nobody': found((n) => `zzqqy ${n}`),
  'one person': {
    path: (look) => `/people/${look * 1009 + 1}`,
    naive: 'select * from outcomes not indexed where person_id = 1',
  },
  'one run': {
    path: (look) => `/runs/${runOf(look * 1000 + 1)}`,
    naive: `select state, count(*) from outcomes not indexed where run_id = '${runOf(1)}' group by state`,
  },
  runs: { path: () => '/runs', naive: 'select * from runs not indexed order by requested_at desc limit 50' },
  'one file': {
    path: (look) => `/files/${fileOf(look * 1000 + 1)}`,
    naive: `select verdict, count(*) from intake_rows not indexed where file_id = '${fileOf(1)}' group by verdict`,
  },
  files: { path: () => '/files', naive: 'select * from intake_files not indexed order by received_at desc limit 50' },
  licences: { path: () => '/licences', naive: 'select employee_type_key, count(*) from people not indexed group by 1' },
  mappings: { path: () => '/mappings', naive: 'select employee_type_key, count(*) from people not indexed group by 1' },
  approvals: { path: () => '/approvals', naive: "select * from people not indexed where state = 'held'" },
  history: {
    path: () => '/history',
    naive: 'select * from events not indexed where actor_key is not null order by at desc limit 50',
  },
  'history of a name': {
    path: () => '/history?q=ada%20ahorn',
    naive: `select * from events e join people p on p.id = e.person_id where ${contains('ada ahorn')} order by at desc limit 50`,
  },
};

/** How long the answer takes, ms. Asked more often than one visitor may, it waits and asks again. */
async function ask(session: Session, address: string): Promise<number> {
  const startedAt = performance.now();
  const response = await session.get(address);
  await response.text();
  if (response.status === 429) {
    await sleep(Number(response.headers.get('retry-after')) * 1000);
    return ask(session, address);
  }
  if (response.status !== 200) throw new Error(`${address} answered ${response.status}`);
  return performance.now() - startedAt;
}

/** How long the question takes without counters and indexes, ms. */
function naively(db: Db, naive: string): number {
  const startedAt = performance.now();
  for (const query of naive.split(';')) db.$client.prepare(query).all();
  return performance.now() - startedAt;
}

async function measurePages(db: Db, session: Session): Promise<void> {
  // A page that was never asked for is loaded and compiled first.
  for (const { path: pathOf } of Object.values(PAGES)) for (const look of [1, 2, 3]) await ask(session, pathOf(look));
  await sleep(WATCH_MS);
  const from = Date.now();
  for (const [name, { path: pathOf, naive, targetMs = PAGE_MS }] of Object.entries(PAGES)) {
    const times: number[] = [];
    for (let look = 0; look < LOOKS; look += 1) times.push(await ask(session, pathOf(look + 4)));
    report({
      what: `${name}, p95 of ${LOOKS}`,
      figure: p95(times),
      unit: 'ms',
      target: { atMost: targetMs },
      baseline: naively(db, naive),
      baselineIs: 'its data alone, reading the tables',
    });
  }
  await sleep(WATCH_MS);
  const { blockedMs, busyMs, rssMB, cpuMs } = watchedSince(from);
  const answers = LOOKS * Object.keys(PAGES).length;
  report({ what: 'processor time a page, all threads', figure: cpuMs / answers, unit: 'ms' });
  report({
    what: 'event loop never blocked longer, through all pages',
    figure: busyMs,
    unit: 'ms of processor time',
    target: { atMost: BLOCKED_MS },
  });
  report({ what: 'the same by the clock, with all that the machine does beside', figure: blockedMs, unit: 'ms' });
  report({
    what: 'memory of the process, through all pages',
    figure: rssMB,
    unit: 'MB',
    target: { atMost: MEMORY_MB },
  });
}

/** The server finds nobody in the index of the search and puts everybody in. */
async function measureIndex(db: Db): Promise<void> {
  const from = Date.now();
  const { app, startMs } = await start();
  while (countUnindexed(db) > 0) await sleep(100);
  await sleep(WATCH_MS);
  const seconds = (Date.now() - from) / 1000;
  const { blockedMs, busyMs, rssMB } = watchedSince(from + startMs);
  await app.stop();
  db.$client.exec('delete from people_search; update search_progress set up_to = 0');
  const oneByOneAt = performance.now();
  while (indexNextPeople(db));
  report({
    what: 'search knows everybody after',
    figure: seconds,
    unit: 's',
    baseline: (performance.now() - oneByOneAt) / 1000,
    baselineIs: 'the same in the main thread, waiting for the disk',
  });
  report({ what: 'event loop never blocked longer meanwhile', figure: busyMs, unit: 'ms of processor time' });
  report({ what: 'the same by the clock', figure: blockedMs, unit: 'ms' });
  report({ what: 'memory meanwhile', figure: rssMB, unit: 'MB', target: { atMost: MEMORY_MB } });
}

/** `npm run demo`, as somebody types it: from then to the first answered page. */
async function demoStart(dataDir: string, port: number): Promise<number> {
  const startedAt = performance.now();
  const child = spawn('npm', ['run', 'demo'], {
    cwd: path.join(import.meta.dirname, '..', '..'),
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('http://')) break;
  await (await fetch(`http://127.0.0.1:${port}/sign-in`)).text();
  const ms = performance.now() - startedAt;
  const exit = once(child, 'exit');
  if (child.pid) process.kill(-child.pid, 'SIGTERM');
  await exit;
  return ms;
}

buildIfChanged();
const db = fillDatabase();
await measureIndex(db);
const starts: number[] = [];
for (let look = 0; look < 3; look += 1) {
  const { app, startMs } = await start();
  starts.push(startMs);
  if (look === 2) await measurePages(db, await signIn(app.url, 'Operator'));
  await app.stop();
}
const demoFolder = path.join(folder, 'demo');
const firstDemo = await demoStart(demoFolder, await freePort());
const secondDemo = await demoStart(demoFolder, await freePort());
const integrity = naively(db, 'pragma quick_check(1)');
report({
  what: 'start to first answered page',
  figure: Math.max(...starts),
  unit: 'ms',
  target: { atMost: START_MS },
  baseline: integrity,
  baselineIs: 'reading the database file once',
});
report({
  what: 'second start of the demo',
  figure: secondDemo,
  unit: 'ms',
  target: { atMost: DEMO_START_MS },
  baseline: firstDemo,
  baselineIs: 'its first start, everything built',
});
db.$client.close();
rmSync(folder, { recursive: true, force: true });
