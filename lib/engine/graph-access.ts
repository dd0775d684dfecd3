/** Where Graph is: the real one, or in demo mode the demo tenant, which is handed in: the engine knows it only over HTTP. */
import type { Env } from '#lib/env.ts';
import type { GraphAccess } from './create-engine.ts';

export interface OpenGraphAccess extends GraphAccess {
  /** Ends the demo tenant where it was started for this access. */
  close: () => Promise<void>;
}

/** Gives the demo tenant at `url`, or where that is null the one of this data folder, started where it does not run. */
export type OpenDemoTenant = (where: { url: string | null; dataDir: string; port: number }) => Promise<{
  url: string;
  credentials: { tenantId: string; clientId: string; clientSecret: string };
  close: () => Promise<void>;
}>;

/** Opens access to Graph. `openDemoTenant` is called in demo mode only. */
export async function openGraphAccess(env: Env, openDemoTenant: OpenDemoTenant): Promise<OpenGraphAccess> {
  const { baseUrl, authorityHost, credential } = env.graph;
  if (env.tenantMode === 'entra') {
    if (!baseUrl || !credential) throw new Error('entra mode without Graph settings');
    return { baseUrl, authorityHost, credential, close: async () => {} };
  }
  const { url, credentials, close } = await openDemoTenant({
    url: baseUrl,
    dataDir: env.dataDir,
    port: env.demoTenantPort,
  });
  return {
    baseUrl: url,
    authorityHost: authorityHost ?? url,
    credential: credential ?? { kind: 'secret', ...credentials },
    close,
  };
}
