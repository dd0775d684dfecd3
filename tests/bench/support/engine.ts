/** The real engine on a database of its own, led to a benchmark's tenant. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '#db/client.ts';
import type { Run, RunRequest } from '#db/store/runs/runs.ts';
import { createEngine, type Engine } from '#lib/engine/create-engine.ts';
import { executeRun } from '#lib/engine/run-worker.ts';
import { readEnv } from '#lib/env.ts';
import { addEarlierWrites } from '#tests/support/earlier-writes.ts';
import { crowd, csvOf } from '#tests/support/seeds.ts';
import type { BenchTenant } from './tenant.ts';

export interface BenchEngine {
  engine: Engine;
  /** Puts a CSV of person`first` … into the drop folder. */
  drop(name: string, people: number, first?: number): void;
  cycle(request?: Partial<RunRequest>): Promise<Run>;
  close(): void;
}

const WINDOW_MS = 150_000;
const WRITES = 3000;

/** `isRested` false: the tenant's budget was used evenly until now. `compression`: the tenant's windows, latencies and lag are so many times shorter, and so are our waits. */
export function openEngine(
  tenant: BenchTenant,
  compression = 1,
  more: Record<string, string> = {},
  isRested = true,
): BenchEngine {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const env = readEnv({ FILE_SETTLE_MS: '0', SAFETY_LIMIT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...more });
  mkdirSync(env.dropFolder, { recursive: true });
  const db = openDatabase(env.databaseFile);
  // What follows goes at the sustained rate from the start.
  if (!isRested) addEarlierWrites(db.$client, WRITES, Date.now() - WINDOW_MS, Date.now());
  const { url, tenantId, clientId, clientSecret } = tenant;
  const engine = createEngine({
    db,
    readEnv: () => env,
    graph: { baseUrl: url, authorityHost: url, credential: { kind: 'secret', tenantId, clientId, clientSecret } },
    publicUrl: '',
    timing: {
      writeWindowMs: 150_000 / compression,
      unitWindowMs: 10_000 / compression,
      replicationMs: 20_000 / compression,
      backoffBaseMs: 500 / compression,
      gatherMs: 500 / compression,
    },
  });
  return {
    engine,
    drop(name, people, first = 1) {
      const users = crowd(first + people - 1).slice(first - 1);
      writeFileSync(path.join(env.dropFolder, name), csvOf(users));
    },
    async cycle(request = {}) {
      const outcome = await executeRun(
        engine,
        { trigger: 'schedule', requestedBy: 'bench', ...request },
        new AbortController().signal,
      );
      if (outcome.kind === 'busy') throw new Error('another cycle is at work');
      return outcome.run;
    },
    close: () => db.$client.close(),
  };
}
