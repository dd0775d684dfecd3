/**
 * Drops a file of newcomers into the product's own server on a simulated machine, world by world, and prints in JSON when what happened
 * to them, in virtual ms: `node tests/simulation/newcomers.ts '[{ "people": 600, "behaviour": { "licensingLagMs": 20000 } }]'`
 */
import './platform/quiet.ts';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getTasks } from 'node-cron';
import { openDatabase } from '#db/client.ts';
import type { Behaviour } from '#lib/demo/tenant/behaviour.ts';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import type { FaultRule } from '#lib/demo/tenant/faults.ts';
import { Tenant } from '#lib/demo/tenant/tenant.ts';
import { startScheduler } from '#lib/engine/scheduler.ts';
import { readEnv } from '#lib/env.ts';
import { addEarlierWrites } from '#tests/support/earlier-writes.ts';
import { crowd, csvOf, seedOf } from '#tests/support/seeds.ts';
import { Etiquette } from './etiquette.ts';
import { Observer } from './observer.ts';
import { Dice } from './platform/chance.ts';
import { GRAPH_URL, installMachine, setMachine } from './platform/machine.ts';
import { kill, newProcess, within } from './platform/process.ts';
import { virtualTime } from './platform/virtual-time.ts';

export interface Newcomers {
  people: number;
  /** As many writes were accepted within a window an hour before. */
  provenWrites?: number;
  /** Beside the latencies of the demo. */
  behaviour?: Partial<Behaviour>;
  mailboxOpensAfterMs?: number;
  /** What the tenant does to some requests. */
  fault?: FaultRule;
}

export interface Found {
  /** When each person was licensed, in order. */
  licensedAt: number[];
  /** When the product has seen the mailbox of each person open, in order. */
  mailboxSeenAt: number[];
  /** Writes that the tenant counted, refused ones too. */
  writes: number;
  /** When it refused requests with a 429, in order; to the second. */
  refusedAt: number[];
}

const BEGINS_AT = Date.UTC(2026, 10, 23, 8);
const LATENCIES: Partial<Behaviour> = { latencyMs: { read: 20, write: 60, batch: 10 }, replicationLagMs: 1500 };
const STEP_MS = 1000;
const HOUR_MS = 3_600_000;
const LONGEST_MS = HOUR_MS;
const WINDOW_MS = 150_000;

async function run({
  people,
  provenWrites = 0,
  behaviour = {},
  mailboxOpensAfterMs = 0,
  fault,
}: Newcomers): Promise<Found> {
  virtualTime.begin(BEGINS_AT);
  const users = crowd(people, { mailboxOpensAfterMs });
  const seed = { ...seedOf({ users }), behaviour: { ...LATENCIES, ...behaviour } };
  const tenant = new Tenant(seed, { now: virtualTime.now });
  if (fault) tenant.faults.add(fault);
  setMachine({
    dice: new Dice(1),
    tenant,
    etiquette: new Etiquette(),
    networkMs: 2,
    taskMs: 5,
    diskFaults: [],
    killAfterOperations: null,
  });
  const folder = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'newcomers-'));
  process.env.DATA_DIR = folder;
  const { databaseFile, dropFolder } = readEnv();
  mkdirSync(dropFolder, { recursive: true });
  writeFileSync(path.join(dropFolder, 'newcomers.csv'), csvOf(users));
  if (provenWrites > 0) remember(databaseFile, provenWrites);
  const server = newProcess('server');
  await within(server, () => startScheduler(openDemoTenant));
  const database = new Observer(databaseFile);
  const ready = () =>
    database.all<{ at: number }>(
      "select mailbox_ready_at as at from people where state = 'provisioned' and mailbox_ready_at is not null",
    );
  const refusedAt: number[] = [];
  while (ready().length < people && virtualTime.elapsed() < LONGEST_MS) {
    const until = virtualTime.elapsed() + STEP_MS;
    do await virtualTime.settle();
    while (virtualTime.step(until));
    while (refusedAt.length < tenant.counters.throttled) refusedAt.push(until);
  }
  const inOrder = (times: { at: number }[]) => times.map(({ at }) => at - BEGINS_AT).sort((a, b) => a - b);
  const found = {
    licensedAt: inOrder(tenant.ledger.filter(({ kind }) => kind === 'licence')),
    mailboxSeenAt: inOrder(ready()),
    writes: tenant.counters.writes,
    refusedAt,
  };
  database.close();
  kill(server);
  // Its list of tasks is one for the whole process.
  getTasks().clear();
  rmSync(folder, { recursive: true, force: true });
  return found;
}

/** Within one window, an hour ago. */
function remember(databaseFile: string, writes: number): void {
  const db = openDatabase(databaseFile);
  const from = Math.floor((BEGINS_AT - HOUR_MS) / WINDOW_MS) * WINDOW_MS;
  addEarlierWrites(db.$client, writes, from, from + WINDOW_MS - 1);
  db.$client.close();
}

const openDemoTenant = async () => ({ url: GRAPH_URL, credentials: DEMO_CREDENTIALS, close: async () => {} });

installMachine(DEMO_CREDENTIALS);
process.env.SAFETY_LIMIT = '0';
const found: Found[] = [];
for (const newcomers of JSON.parse(process.argv[2] ?? '[]') as Newcomers[]) found.push(await run(newcomers));
process.stdout.write(JSON.stringify(found), () => process.exit(0));
