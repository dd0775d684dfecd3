/** The identity provider's addresses, read once an hour: next-auth would read them again for each sign-in of anybody. */
import { z } from 'zod';
import type { SignInSettings } from '#lib/env.ts';

const FRESH_MS = 3_600_000;
/** A provider that does not answer is not asked by every visitor. */
const FAILED_MS = 10_000;
const TIMEOUT_MS = 5000;

const documentSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
});
export type ProviderAddresses = z.infer<typeof documentSchema>;

interface Read {
  addresses: Promise<ProviderAddresses | null>;
  until: number;
}

const shared = globalThis as typeof globalThis & { autoprovisionDiscovery?: Map<string, Read> };

async function read(wellKnown: string): Promise<ProviderAddresses | null> {
  try {
    const answer = await fetch(wellKnown, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const document = documentSchema.safeParse(await answer.json());
    return document.success ? document.data : null;
  } catch {
    return null;
  }
}

/** Where the discovery document of the tenant is. */
export function wellKnownOf({ tenantId, wellKnown }: SignInSettings): string {
  return wellKnown ?? `https://login.microsoftonline.com/${tenantId}/v2.0/.well-known/openid-configuration`;
}

/** What the discovery document at `wellKnown` says; null where it cannot be read, and then not asked for again for ten seconds. */
export async function providerAddresses(wellKnown: string): Promise<ProviderAddresses | null> {
  shared.autoprovisionDiscovery ??= new Map();
  const known = shared.autoprovisionDiscovery.get(wellKnown);
  if (known && Date.now() < known.until) return known.addresses;
  const asked: Read = { addresses: read(wellKnown), until: Date.now() + FRESH_MS };
  shared.autoprovisionDiscovery.set(wellKnown, asked);
  const addresses = await asked.addresses;
  if (!addresses) asked.until = Date.now() + FAILED_MS;
  return addresses;
}
