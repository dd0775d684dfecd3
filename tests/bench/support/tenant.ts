/** Starts demo tenants for benchmarks, and what they have counted. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Behaviour } from '#lib/demo/tenant/behaviour.ts';
import { demoOrganisation } from '#lib/demo/tenant/seed.ts';
import type { LedgerEntry, UserSeed } from '#lib/demo/tenant/tenant.ts';
import { controlTenant } from '#tests/support/control.ts';

export interface TenantOptions {
  /** Accounts person1 … personN. */
  people: number;
  change?: Partial<UserSeed>;
  /** Mailboxes open between so many minutes after the licence, spread evenly. */
  mailboxMinutes?: [least: number, most: number];
  behaviour?: Partial<Behaviour>;
}

/** Latencies and replication lag of the demo organisation. */
export const USUAL: Partial<Behaviour> = demoOrganisation().behaviour ?? {};

/** `USUAL` with windows, latencies and lag so many times shorter. */
export function compressed(times: number): Partial<Behaviour> {
  const { latencyMs = { read: 0, write: 0, batch: 0 }, replicationLagMs = 0 } = USUAL;
  return {
    timeScale: times,
    latencyMs: { read: latencyMs.read / times, write: latencyMs.write / times, batch: latencyMs.batch / times },
    replicationLagMs: replicationLagMs / times,
  };
}

interface Counted {
  requests: number;
  subRequests: number;
  writes: number;
  throttled: number;
}

export interface BenchTenant {
  url: string;
  tenantId: string;
  clientId: string;
  clientSecret: string;
  control: ReturnType<typeof controlTenant>;
  counted(): Promise<Counted>;
  ledger(): Promise<LedgerEntry[]>;
  stop(): Promise<void>;
}

export async function startTenant(options: TenantOptions): Promise<BenchTenant> {
  const script = path.join(import.meta.dirname, 'tenant-process.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const given = JSON.parse(line) as Pick<BenchTenant, 'url' | 'tenantId' | 'clientId' | 'clientSecret'>;
  const control = controlTenant(given.url);
  return {
    ...given,
    control,
    counted: async () => ((await control('GET', 'counters')) as { counters: Counted }).counters,
    ledger: async () => ((await control('GET', 'ledger')) as { ledger: LedgerEntry[] }).ledger,
    async stop() {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}
