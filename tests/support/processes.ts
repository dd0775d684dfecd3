/** The product's programs as processes of their own, for tests that kill them or rely on their contract. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { Db } from '#db/client.ts';
import { leases } from '#db/schema/runs.ts';
import type { Seed } from '#lib/demo/tenant/tenant.ts';
import { controlTenant } from '#tests/support/control.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');

export type Env = Record<string, string>;

export interface TenantProcess {
  url: string;
  /** The environment that leads the product to this tenant. */
  env: Env;
  control: ReturnType<typeof controlTenant>;
  stop(): Promise<void>;
}

export function temporaryFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'autoprovision-'));
}

function start(script: string, args: readonly string[], env: Env): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  return spawn(process.execPath, [path.join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { PATH, HOME, NODE_ENV: 'test', LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** What a program is started with beside a tenant process: a folder of its own, no pauses, no limit. */
export function programEnv(tenant: TenantProcess, dataDir: string): Env {
  return {
    ...tenant.env,
    TENANT_MODE: 'entra',
    DATA_DIR: dataDir,
    FILE_SETTLE_MS: '0',
    SAFETY_LIMIT: '0',
    GRAPH_REPLICATION_MS: '400',
  };
}

/** Starts `npm run demo:tenant` with a seed and waits for its line of JSON. */
export async function startTenantProcess(seed: Seed): Promise<TenantProcess> {
  const folder = temporaryFolder();
  const seedFile = path.join(folder, 'seed.json');
  writeFileSync(seedFile, JSON.stringify(seed));
  const child = start('lib/setup/demo-tenant.ts', [], {
    DEMO_TENANT_SEED: seedFile,
    DEMO_TENANT_STATE: path.join(folder, 'state.json'),
  });
  if (!child.stdout) throw new Error('no stdout');
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const { url, tenantId, clientId, clientSecret } = JSON.parse(line) as Record<string, string>;
  return {
    url: url ?? '',
    env: {
      GRAPH_BASE_URL: url ?? '',
      AZURE_AUTHORITY_HOST: url ?? '',
      AZURE_TENANT_ID: tenantId ?? '',
      AZURE_CLIENT_ID: clientId ?? '',
      AZURE_CLIENT_SECRET: clientSecret ?? '',
    },
    control: controlTenant(url ?? ''),
    async stop() {
      if (child.exitCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command of `npm run cli` to its end, or until `killAfterMs`. `onStart` gets the process, to signal it. */
export async function cli(
  args: readonly string[],
  env: Env,
  killAfterMs?: number,
  onStart?: (child: ChildProcess) => void,
): Promise<Ended> {
  const child = start('lib/cli/start.mjs', args, env);
  onStart?.(child);
  const timer = killAfterMs === undefined ? null : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const [stdout, stderr, [code]] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  if (timer) clearTimeout(timer);
  return { code, stdout, stderr };
}

/** As if the heartbeat of whoever was killed had been missing for long enough. */
export function withoutHeartbeat(db: Db): void {
  db.update(leases).set({ expiresAt: 0 }).run();
}
