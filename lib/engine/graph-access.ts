/** Locates Graph: the real one or, in demo mode, the demo tenant, started here unless a server on this machine already runs it. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Env } from '#lib/env.ts';
import type { GraphAccess } from './create-engine.ts';

export interface OpenGraphAccess extends GraphAccess {
  /** Stops the demo tenant where it was started here. */
  close: () => Promise<void>;
}

const addressSchema = z.object({ url: z.url() });

async function runningDemoTenant(addressFile: string): Promise<string | null> {
  try {
    const { url } = addressSchema.parse(JSON.parse(readFileSync(addressFile, 'utf8')));
    const answer = await fetch(`${url}/_demo/health`, { signal: AbortSignal.timeout(1000) });
    return answer.ok ? url : null;
  } catch {
    return null;
  }
}

/** Opens access to Graph. Only here, in demo mode, is the demo tenant's code loaded. */
export async function openGraphAccess(env: Env): Promise<OpenGraphAccess> {
  const { baseUrl, authorityHost, credential } = env.graph;
  const noop = async () => {};
  if (env.tenantMode === 'entra') {
    if (!baseUrl || !credential) throw new Error('entra mode without Graph settings');
    return { baseUrl, authorityHost, credential, close: noop };
  }
  const { DEMO_CREDENTIALS } = await import('#lib/demo/credentials.ts');
  const demoCredential = credential ?? { kind: 'secret' as const, ...DEMO_CREDENTIALS };
  const accessTo = (url: string, close: () => Promise<void>): OpenGraphAccess => ({
    baseUrl: url,
    authorityHost: authorityHost ?? url,
    credential: demoCredential,
    close,
  });
  if (baseUrl) return accessTo(baseUrl, noop);
  const addressFile = path.join(env.dataDir, 'demo-tenant-address.json');
  const running = await runningDemoTenant(addressFile);
  if (running) return accessTo(running, noop);
  const { startDemoTenant } = await import('#lib/demo/server.ts');
  const tenant = await startDemoTenant({
    port: env.demoTenantPort,
    stateFile: path.join(env.dataDir, 'demo-tenant.json'),
  });
  writeFileSync(addressFile, JSON.stringify({ url: tenant.url }));
  return accessTo(tenant.url, async () => {
    rmSync(addressFile, { force: true });
    await tenant.close();
  });
}
