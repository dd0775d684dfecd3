/** The one demo tenant of a data folder: server and command line share it, whoever needs it first starts it. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { DEMO_CREDENTIALS } from '#lib/demo/tenant/credentials.ts';
import { startDemoTenant } from './server.ts';

const addressSchema = z.object({ url: z.url() });

async function runningTenant(addressFile: string): Promise<string | null> {
  try {
    const { url } = addressSchema.parse(JSON.parse(readFileSync(addressFile, 'utf8')));
    const answer = await fetch(`${url}/_demo/health`, { signal: AbortSignal.timeout(1000) });
    return answer.ok ? url : null;
  } catch {
    return null;
  }
}

/**
 * Gives the demo tenant at `url`; where that is null, the one that serves this data folder, started on `port` (0: any free one) unless
 * it runs. `close` ends it where it was started here.
 */
export async function openDemoTenant({ url, dataDir, port }: { url: string | null; dataDir: string; port: number }) {
  const addressFile = path.join(dataDir, 'demo-tenant-address.json');
  const running = url ?? (await runningTenant(addressFile));
  if (running) return { url: running, credentials: DEMO_CREDENTIALS, close: async () => {} };
  const tenant = await startDemoTenant({ port, stateFile: path.join(dataDir, 'demo-tenant.json') });
  writeFileSync(addressFile, JSON.stringify({ url: tenant.url }));
  return {
    url: tenant.url,
    credentials: DEMO_CREDENTIALS,
    close: async () => {
      rmSync(addressFile, { force: true });
      await tenant.close();
    },
  };
}
