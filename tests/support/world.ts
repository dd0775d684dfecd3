/** A whole world for integration tests: the demo tenant over HTTP, a real database file, a drop folder, and the engine between them. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { people } from '#db/schema/people.ts';
import { eachOutcome } from '#db/store/outcomes/outcomes-read.ts';
import { listPeople } from '#db/store/people/all-people.ts';
import type { Run, RunRequest } from '#db/store/runs/runs.ts';
import { type DemoTenant, startDemoTenant } from '#lib/demo/server.ts';
import type { Behaviour } from '#lib/demo/tenant/behaviour.ts';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import type { FaultRule } from '#lib/demo/tenant/faults.ts';
import type { SkuPartNumber } from '#lib/demo/tenant/skus.ts';
import type { LedgerEntry, TenantState } from '#lib/demo/tenant/tenant.ts';
import { createEngine, type Engine } from '#lib/engine/create-engine.ts';
import { executeRun } from '#lib/engine/run-worker.ts';
import { readEnv } from '#lib/env.ts';
import type { DirectoryTiming } from '#lib/graph/directory.ts';
import { putEmptyDatabase } from '#tests/support/runner/empty-database.ts';
import { controlTenant } from './control.ts';
import { type SeedOptions, seedOf } from './seeds.ts';

/** Waits of seconds at Microsoft become milliseconds; the order of things stays. */
const QUICK: DirectoryTiming = {
  writeWindowMs: 150_000,
  unitWindowMs: 10_000,
  timeoutMs: 2000,
  backoffBaseMs: 5,
  replicationMs: 300,
  throttlePatienceMs: 20_000,
  gatherMs: 5,
};

export interface WorldOptions extends SeedOptions {
  behaviour?: Partial<Behaviour>;
  timing?: Partial<DirectoryTiming>;
  env?: Record<string, string>;
}

interface TenantSnapshot extends TenantState {
  counters: { requests: number; subRequests: number; writes: number; throttled: number };
}

export interface World {
  tenant: DemoTenant;
  /** Makes the tenant fail, behave differently or move its clock; and reads what was written to it. */
  fault(rule: FaultRule): Promise<void>;
  noFaults(): Promise<void>;
  behave(change: Partial<Behaviour>): Promise<void>;
  advance(ms: number): Promise<void>;
  snapshot(): Promise<TenantSnapshot>;
  ledger(kind?: LedgerEntry['kind']): Promise<LedgerEntry[]>;
  buySeats(skuPartNumber: SkuPartNumber, enabled: number): void;
  readonly engine: Engine;
  /** As a new process: nothing is known but what the database holds. */
  restart(): void;
  db: Db;
  dropFolder: string;
  dataDir: string;
  /** Puts a file into the drop folder. */
  drop(name: string, text: string | Buffer): void;
  cycle(request?: Partial<RunRequest>): Promise<Run>;
  /** `state/reason` of everybody, by the part of the UPN before the @. */
  standing(): Record<string, string>;
  outcomes(run: Run): Record<string, string>;
  /** Makes everybody due now: as if the time until the next check had passed. */
  letTimePass(): void;
  /** As if `ms` had passed: every time in the database is that much older, and so is the tenant. */
  timePasses(ms: number): Promise<void>;
}

const TABLES_WITH_TIMES = ['people', 'intents', 'events', 'outcomes', 'unchanged_outcomes', 'runs', 'intake_files'];

const nameOf = (userPrincipalName: string) => userPrincipalName.split('@')[0] ?? userPrincipalName;

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const tenant = await startDemoTenant({ seed: seedOf(options), behaviour: options.behaviour ?? {} });
  const dataDir = mkdtempSync(path.join(tmpdir(), 'autoprovision-'));
  const env = readEnv({ FILE_SETTLE_MS: '0', SAFETY_LIMIT: '0', DATA_DIR: dataDir, ...options.env });
  putEmptyDatabase(env.databaseFile);
  const db = openDatabase(env.databaseFile);
  const startEngine = () =>
    createEngine({
      db,
      readEnv: () => env,
      graph: { baseUrl: tenant.url, authorityHost: tenant.url, credential: { kind: 'secret', ...DEMO_CREDENTIALS } },
      publicUrl: 'http://127.0.0.1:3000',
      timing: { ...QUICK, ...options.timing },
    });
  let engine = startEngine();
  onTestFinished(async () => {
    await tenant.close();
    db.$client.close();
  });
  mkdirSync(env.dropFolder, { recursive: true });
  const control = controlTenant(tenant.url);
  return {
    tenant,
    fault: async (rule) => void (await control('POST', 'faults', rule)),
    noFaults: async () => void (await control('DELETE', 'faults')),
    behave: async (change) => void (await control('POST', 'behaviour', change)),
    advance: async (advanceMs) => void (await control('POST', 'clock', { advanceMs })),
    snapshot: async () => (await control('GET', 'state')) as TenantSnapshot,
    buySeats(skuPartNumber, enabled) {
      const sku = tenant.tenant.skus.find((candidate) => candidate.skuPartNumber === skuPartNumber);
      if (sku) sku.enabled = enabled;
    },
    async ledger(kind) {
      const { ledger } = (await control('GET', 'ledger')) as { ledger: LedgerEntry[] };
      return ledger.filter((entry) => kind === undefined || entry.kind === kind);
    },
    get engine() {
      return engine;
    },
    restart() {
      engine = startEngine();
    },
    db,
    dropFolder: env.dropFolder,
    dataDir,
    drop: (name, text) => writeFileSync(path.join(env.dropFolder, name), text),
    async cycle(request = {}) {
      const outcome = await executeRun(
        engine,
        { trigger: 'command_line', requestedBy: 'test', ...request },
        new AbortController().signal,
      );
      if (outcome.kind === 'busy') throw new Error('another cycle is running');
      return outcome.run;
    },
    standing: () =>
      Object.fromEntries(
        listPeople(db, null).map((person) => [nameOf(person.userPrincipalName), `${person.state}/${person.reason}`]),
      ),
    outcomes: (run) =>
      Object.fromEntries(
        [...eachOutcome(db, run.id)].map((outcome) => [
          nameOf(outcome.userPrincipalName),
          `${outcome.state}/${outcome.reason}`,
        ]),
      ),
    letTimePass: () => void db.update(people).set({ nextCheckAt: 0 }).run(),
    async timePasses(ms) {
      for (const table of TABLES_WITH_TIMES)
        for (const { name } of db.$client.pragma(`table_info(${table})`) as { name: string }[])
          if (/_(at|since)$/.test(name)) db.$client.prepare(`update ${table} set ${name} = ${name} - ?`).run(ms);
      await control('POST', 'clock', { advanceMs: ms });
    },
  };
}
