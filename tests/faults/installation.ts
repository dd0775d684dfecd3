/** A whole installation to do faults to: the demo tenant in a process of its own, the built server, a data folder and files of newcomers. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { type Db, openDatabase } from '#db/client.ts';
import { leaseIsHeld } from '#db/store/runs/lease.ts';
import { queuedTriggers, requestRun } from '#db/store/runs/runs.ts';
import { readQuarantine } from '#db/store/system/engine-state.ts';
import { type BenchTenant, startTenant } from '#tests/bench/support/tenant.ts';
import { freePort } from '#tests/support/app/app-process.ts';
import { type Env, temporaryFolder, withoutHeartbeat } from '#tests/support/processes.ts';
import { crowd, csvOf } from '#tests/support/seeds.ts';
import { type Evidence, judge, whatIsOpen } from './judge.ts';
import { type HowToStart, type Server, startServer } from './server.ts';

export interface Options {
  /** Accounts in the tenant: so many can be dropped in files. */
  people: number;
  dataDir?: string;
  dropFolder?: string;
  env?: Env;
}

/** How somebody whom a file names must end. */
type End = 'provisioned' | 'awaiting_sync';

/** People who have no account in the tenant. */
const namedOnly = (size: number) =>
  Array.from({ length: size }, (_, n) => ({ userPrincipalName: `absent${n}@contoso.example` }));

/** How often to look whether something has come about. */
const LOOK_MS = 50;
/** How often to look whether all is well: the more people, the more each look costs. */
const JUDGE_MS = 500;
/** How often the schedule's time comes while healing is waited for, beside the schedule of a minute. */
const CYCLE_MS = 3000;

/** Waits until `isSo`; false where that takes longer than `boundMs`. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  boundMs: number,
  lookMs = LOOK_MS,
): Promise<boolean> {
  const end = performance.now() + boundMs;
  while (!(await isSo())) {
    if (performance.now() > end) return false;
    await pause(lookMs);
  }
  return true;
}

export class Installation {
  readonly tenant: BenchTenant;
  readonly env: Env;
  readonly dataDir: string;
  readonly dropFolder: string;
  readonly databaseFile: string;
  server: Server;
  readonly #everybody = new Set<string>();
  readonly #absent = new Set<string>();
  readonly #files = new Set<string>();
  readonly #servers: Server[] = [];
  #dropped = 0;

  static async start({ people, dataDir = temporaryFolder(), dropFolder, env = {} }: Options): Promise<Installation> {
    const latencyMs = { read: 2, write: 5, batch: 2 };
    const behaviour = { latencyMs, writesPer150s: 1_000_000, unitsPer10s: 1_000_000 };
    const tenant = await startTenant({ people, behaviour });
    const installation = new Installation(
      tenant,
      await freePort(),
      dataDir,
      dropFolder ?? path.join(dataDir, 'idm'),
      env,
    );
    await installation.server.listening;
    return installation;
  }

  private constructor(tenant: BenchTenant, port: number, dataDir: string, dropFolder: string, env: Env) {
    this.tenant = tenant;
    this.dataDir = dataDir;
    this.dropFolder = dropFolder;
    this.databaseFile = path.join(dataDir, 'autoprovision.db');
    this.env = {
      TENANT_MODE: 'demo',
      DATA_DIR: dataDir,
      DROP_FOLDER: dropFolder,
      PORT: String(port),
      GRAPH_BASE_URL: tenant.url,
      AZURE_TENANT_ID: tenant.tenantId,
      AZURE_CLIENT_ID: tenant.clientId,
      AZURE_CLIENT_SECRET: tenant.clientSecret,
      GRAPH_REPLICATION_MS: '400',
      GRAPH_WRITES_PER_150S: '1000000',
      GRAPH_UNITS_PER_10S: '1000000',
      FILE_SETTLE_MS: '0',
      SAFETY_LIMIT: '0',
      LOG_LEVEL: 'warn',
      ...env,
    };
    mkdirSync(dropFolder, { recursive: true });
    this.server = this.startServer();
  }

  get url(): string {
    return `http://127.0.0.1:${this.env.PORT}`;
  }

  /** Another server on the same data; `env` on top of the usual. It becomes the one that faults are done to. */
  startServer(env: Env = {}, how: HowToStart = {}): Server {
    this.server = startServer({ ...this.env, ...env }, how);
    this.#servers.push(this.server);
    return this.server;
  }

  /** The next people that no file has named yet. */
  nextPeople(size: number): { userPrincipalName: string }[] {
    const users = crowd(this.#dropped + size).slice(this.#dropped);
    this.#dropped += size;
    return users;
  }

  /** Counts a file as dropped: nobody in it, and none of its bytes, may be lost. */
  expect(users: readonly { userPrincipalName: string }[], bytes: string, end: End = 'provisioned'): void {
    const who = end === 'provisioned' ? this.#everybody : this.#absent;
    for (const { userPrincipalName } of users) who.add(userPrincipalName);
    this.#files.add(createHash('sha256').update(bytes).digest('hex'));
  }

  /** Drops a file of people whom no file has named yet, whole at once. */
  drop(size: number, name = `newcomers-${this.#dropped}.csv`, end: End = 'provisioned'): void {
    const users = end === 'provisioned' ? this.nextPeople(size) : namedOnly(size);
    const bytes = csvOf(users);
    const hidden = path.join(this.dataDir, 'being-written');
    writeFileSync(hidden, bytes);
    renameSync(hidden, path.join(this.dropFolder, name));
    this.expect(users, bytes, end);
  }

  /** Looks into the database, or changes it, as another program would. */
  withDatabase<T>(work: (db: Db) => T): T {
    const db = openDatabase(this.databaseFile);
    try {
      return work(db);
    } finally {
      db.$client.close();
    }
  }

  /** As if the schedule's next time had come: nothing is queued a second time, and a quarantine keeps its pause. */
  cycleIsDue(): void {
    this.withDatabase((db) => {
      // The run of a process that was killed is closed by the next one: it does not count as at work.
      const isBusy = queuedTriggers(db).length > 0 || leaseIsHeld(db, Date.now());
      if (!isBusy && readQuarantine(db) === null)
        requestRun(db, { trigger: 'schedule', requestedBy: 'schedule' }, Date.now());
    });
  }

  /** True while a cycle is at work. */
  isAtWork(): boolean {
    const db = new Sqlite(this.databaseFile, { readonly: true });
    try {
      return db.prepare(`select 1 from runs where status = 'running' and trigger <> 'watch'`).get() !== undefined;
    } finally {
      db.close();
    }
  }

  /** True while rows of a file are being stored, also where whoever stored them was killed. */
  isImporting(): boolean {
    const db = new Sqlite(this.databaseFile, { readonly: true });
    try {
      return db.prepare(`select 1 from intake_files where status = 'importing'`).get() !== undefined;
    } finally {
      db.close();
    }
  }

  /** True while a file lies in the drop folder or is being imported. */
  hasFilesToImport(): boolean {
    return this.hasFiles() || this.isImporting();
  }

  /** True while a file lies in the drop folder. */
  hasFiles(): boolean {
    return readdirSync(this.dropFolder).some((name) => name.endsWith('.csv'));
  }

  /** Ends the process at once, and lets the 20 s pass for which its lease is respected. */
  async kill(): Promise<void> {
    this.server.signal('SIGKILL');
    await this.server.exit;
    this.heartbeatIsOver();
  }

  heartbeatIsOver(): void {
    this.withDatabase(withoutHeartbeat);
  }

  async restart(): Promise<void> {
    await this.startServer().listening;
  }

  async #evidence(): Promise<Evidence> {
    const { env, databaseFile, dropFolder } = this;
    const ledger = await this.tenant.ledger();
    return {
      env,
      databaseFile,
      dropFolder,
      ledger,
      everybody: this.#everybody,
      absent: this.#absent,
      files: this.#files,
    };
  }

  /** Waits until everybody is provisioned and nothing is left to do, with no other help than the schedule's. Gives the seconds. Throws what is left. */
  async heal(boundMs: number): Promise<number> {
    const startedAt = performance.now();
    const evidence = await this.#evidence();
    let cycleAt = 0;
    let open: string | null = '';
    const isHealed = await until(
      () => {
        try {
          if (performance.now() > cycleAt) {
            this.cycleIsDue();
            cycleAt = performance.now() + CYCLE_MS;
          }
          open = whatIsOpen(evidence);
        } catch (error) {
          // The database may be locked or away for a while.
          open = error instanceof Error ? error.message : String(error);
        }
        return open === null;
      },
      boundMs,
      JUDGE_MS,
    );
    if (!isHealed) throw new Error(`I5: after ${boundMs / 1000} s ${open}`);
    return (performance.now() - startedAt) / 1000;
  }

  /** `heal`, and everything that must hold then. */
  async judge(boundMs: number): Promise<number> {
    const seconds = await this.heal(boundMs);
    const broken = await judge(await this.#evidence());
    if (broken.length > 0) throw new Error(broken.join('; '));
    return seconds;
  }

  async stop(): Promise<void> {
    for (const server of this.#servers)
      if (!server.isGone()) {
        server.signal('SIGKILL');
        await server.exit;
      }
    await this.tenant.stop();
  }
}
