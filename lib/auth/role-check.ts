/** Asks the identity provider which role somebody has now, by the refresh token of the sign-in. */
import type { SignInSettings } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { providerAddresses } from './discovery.ts';
import type { Role } from './roles.ts';
import { claimsFor, keyOf, personOf, satisfies } from './signed-in.ts';

export type RoleCheck =
  | { kind: 'confirmed'; role: Role | null }
  /** The account is disabled, deleted or signed out by its administrator. */
  | { kind: 'refused' }
  /** The sign-in does not satisfy the authentication context that is asked for. */
  | { kind: 'too_weak' }
  /** Nothing was found out. */
  | { kind: 'unreachable' };

/** The answers of a provider that mean the person and not us. */
const REFUSALS = ['invalid_grant', 'interaction_required', 'login_required', 'consent_required', 'access_denied'];

async function ask(signIn: SignInSettings, operatorKey: string, refreshToken: string): Promise<RoleCheck> {
  const known = await providerAddresses(signIn);
  if (!known) return { kind: 'unreachable' };
  // Loaded when it is needed, which is not at every request.
  const { Issuer, errors } = await import('openid-client');
  const { Client } = new Issuer(known);
  const client = new Client({ client_id: signIn.clientId, client_secret: signIn.clientSecret });
  try {
    const exchangeBody = signIn.authContext ? { claims: claimsFor(signIn.authContext) } : {};
    const claims = (await client.refresh(refreshToken, { exchangeBody })).claims();
    const person = personOf(claims);
    if (!person || keyOf(person) !== operatorKey) return { kind: 'refused' };
    return satisfies(claims, signIn.authContext) ? { kind: 'confirmed', role: person.role } : { kind: 'too_weak' };
  } catch (error) {
    const isRefusal = error instanceof errors.OPError && REFUSALS.includes(error.error ?? '');
    log.warn({ problem: error instanceof Error ? error.message : null }, 'a role could not be confirmed');
    return { kind: isRefusal ? 'refused' : 'unreachable' };
  }
}

/** A provider that did not answer is not asked again by every request. */
const PAUSE_MS = 30_000;

interface Asked {
  answer: Promise<RoleCheck>;
  /** Until then the answer stands. */
  until: number;
}

const shared = globalThis as typeof globalThis & { autoprovisionRoleChecks?: Map<string, Asked> };

/** Requests of one session that come together ask once. */
export async function checkRole(
  signIn: SignInSettings,
  session: { id: string; operatorKey: string },
  refreshToken: string,
): Promise<RoleCheck> {
  shared.autoprovisionRoleChecks ??= new Map();
  const checks = shared.autoprovisionRoleChecks;
  const last = checks.get(session.id);
  if (last && Date.now() < last.until) return last.answer;
  const asked: Asked = { answer: ask(signIn, session.operatorKey, refreshToken), until: Number.POSITIVE_INFINITY };
  checks.set(session.id, asked);
  const { kind } = await asked.answer;
  if (kind === 'unreachable') asked.until = Date.now() + PAUSE_MS;
  else checks.delete(session.id);
  return asked.answer;
}
