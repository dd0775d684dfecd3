/** The real engine on a database of its own, led to a benchmark's tenant. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Db, openDatabase } from '#db/client.ts';
import type { Run, RunRequest } from '#db/store/runs/runs.ts';
import { createEngine, type Engine } from '#lib/engine/create-engine.ts';
import { executeRun } from '#lib/engine/run-worker.ts';
import { readEnv } from '#lib/env.ts';
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

/** As if the write budget of the last window had been used evenly: what follows goes at the sustained rate from the start. */
function spendWindow(db: Db): void {
  const now = Date.now();
  const add = db.$client.prepare(
    `insert into intents (run_id, person_id, kind, payload, created_at, settled_at, result) values ('earlier', ?, 'licence', '{}', ?, ?, 'applied')`,
  );
  db.$client.transaction(() => {
    const { lastInsertRowid } = db.$client
      .prepare(
        `insert into people (upn_key, user_principal_name, display_name, employee_type, employee_type_key, state, state_since, reason, message, first_seen_at)
         values ('earlier@contoso.example', 'earlier@contoso.example', 'Earlier', 'E', 'e', 'provisioned', 0, 'provisioned', '', 0)`,
      )
      .run();
    for (let write = 1; write <= WRITES; write += 1) {
      const at = Math.round(now - WINDOW_MS + (write * WINDOW_MS) / WRITES);
      add.run(lastInsertRowid, at, at);
    }
  })();
}

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
  if (!isRested) spendWindow(db);
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
