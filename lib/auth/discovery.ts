/** The identity provider's addresses, read once an hour: next-auth would read them again for each sign-in of anybody. */
import { z } from 'zod';
import type { SignInSettings } from '#lib/env.ts';
import { log } from '#lib/log.ts';

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

const DOCUMENT = '/.well-known/openid-configuration';

/** Where the discovery document of the tenant is. */
function wellKnownOf({ tenantId, wellKnown }: SignInSettings): string {
  return wellKnown ?? `https://login.microsoftonline.com/${tenantId}/v2.0${DOCUMENT}`;
}

/**
 * An issuer names the place of its own document, so that nobody speaks for another one. Entra ID names the tenant by its id, also
 * where the document was asked for by a domain of the tenant.
 */
function isIssuerOf({ tenantId }: SignInSettings, address: string, issuer: string): boolean {
  if (address.split(/[?#]/, 1)[0] === issuer.replace(/\/$/, '') + DOCUMENT) return true;
  const named = URL.parse(issuer);
  const isOfTenant = named?.pathname.toLowerCase().startsWith(`/${tenantId.toLowerCase()}/`) ?? false;
  return isOfTenant && named?.origin === new URL(address).origin;
}

async function read(signIn: SignInSettings): Promise<ProviderAddresses | null> {
  const wellKnown = wellKnownOf(signIn);
  try {
    const answer = await fetch(wellKnown, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const document = documentSchema.parse(await answer.json());
    if (isIssuerOf(signIn, wellKnown, document.issuer)) return document;
    log.error(
      { wellKnown, issuer: document.issuer },
      'nobody can sign in: the discovery document is of another issuer',
    );
  } catch (error) {
    const problem = error instanceof Error ? error.message : null;
    log.error({ wellKnown, problem }, 'nobody can sign in: the discovery document cannot be read');
  }
  return null;
}

/** What the discovery document of the tenant says; null where it cannot be read or is of another issuer, and then not asked for again for ten seconds. */
export async function providerAddresses(signIn: SignInSettings): Promise<ProviderAddresses | null> {
  shared.autoprovisionDiscovery ??= new Map();
  const wellKnown = wellKnownOf(signIn);
  const known = shared.autoprovisionDiscovery.get(wellKnown);
  if (known && Date.now() < known.until) return known.addresses;
  const asked: Read = { addresses: read(signIn), until: Date.now() + FRESH_MS };
  shared.autoprovisionDiscovery.set(wellKnown, asked);
  const addresses = await asked.addresses;
  if (!addresses) asked.until = Date.now() + FAILED_MS;
  return addresses;
}
