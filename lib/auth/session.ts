/** The one place that decides whether a session counts: its row, its limits, and the role as the identity provider has it now. */
import { z } from 'zod';
import { type Db, hardlyWaiting, sharedDatabase } from '#db/client.ts';
import {
  confirmRole,
  endSession,
  type LimitedSession,
  readSession,
  touchSession,
} from '#db/store/sessions/sessions.ts';
import { whereWritable } from '#db/unwritable.ts';
import { isRoleDue, isRoleUnconfirmed, ROLE_TRUSTED_MS, type SessionEnd, sessionEnd } from '#lib/domain/sessions.ts';
import { readServerEnv, type ServerEnv } from '#lib/env.ts';
import { tokenSchema } from './options.ts';
import { checkRole, type RoleCheck } from './role-check.ts';
import { ROLES, type Role } from './roles.ts';
import { DEMO_TENANT_ID } from './signed-in.ts';

export interface Operator {
  /** `tenant id/object id`: stays the same whatever the person is called. */
  key: string;
  name: string;
  email: string;
  role: Role;
}

export type Visitor =
  | { kind: 'anonymous' }
  /** Signed in, but the tenant gave the person no role of this app. */
  | { kind: 'no_role'; name: string; email: string }
  | { kind: 'operator'; operator: Operator };

export interface Session {
  visitor: Visitor;
  /** Of the row; null for somebody who is not signed in. */
  id: string | null;
  /** When the session will end because the identity provider does not confirm the role; null: it did. */
  endsUnconfirmedAt: number | null;
}

export const NOBODY: Session = { visitor: { kind: 'anonymous' }, id: null, endsUnconfirmedAt: null };

const roleSchema = z.enum(ROLES).nullable().catch(null);

function visitorOf({ operatorKey, name, email, role: stored }: LimitedSession): Visitor {
  const role = roleSchema.parse(stored);
  return role
    ? { kind: 'operator', operator: { key: operatorKey, name, email, role } }
    : { kind: 'no_role', name, email };
}

/** A session of another tenant, or of the demo, does not count. */
function isOfTenant({ operatorKey }: LimitedSession, { signIn }: ServerEnv): boolean {
  return operatorKey.startsWith(`${signIn?.tenantId.toLowerCase() ?? DEMO_TENANT_ID}/`);
}

function open(db: Db, env: ServerEnv, id: string): LimitedSession | null {
  const row = readSession(db, id);
  return row && isOfTenant(row, env) ? row : null;
}

function end(db: Db, id: string, why: SessionEnd, now: number): Session {
  // It counts no more in any case: what cannot be written now is written when somebody comes with it again.
  whereWritable(() =>
    db.transaction((tx) => void endSession(tx, id, { by: null, why }, now), { behavior: 'immediate' }),
  );
  return NOBODY;
}

/** By what the session ends after the provider was asked; null: it goes on. */
function endByCheck({ kind }: RoleCheck, row: LimitedSession, now: number): SessionEnd | null {
  if (kind === 'refused' || kind === 'too_weak') return kind;
  return kind === 'unreachable' && isRoleUnconfirmed(row, now) ? 'role_unconfirmed' : null;
}

async function askForRole(env: ServerEnv, row: LimitedSession, refreshToken: string | null): Promise<RoleCheck> {
  if (!env.signIn || refreshToken === null) return { kind: 'unreachable' };
  return checkRole(env.signIn, row, refreshToken);
}

/** Last seen is kept to the minute: no page writes more often. */
const SEEN_EVERY_MS = 60_000;

/** The session that a cookie names. Asks the identity provider where the role is due; ends the session, with its event, where it is over. */
export async function sessionOf(
  cookie: unknown,
  { isByHand, now }: { isByHand: boolean; now: number },
  env: ServerEnv = readServerEnv(),
): Promise<Session> {
  const token = tokenSchema.safeParse(cookie);
  if (!token.success) return NOBODY;
  const db = sharedDatabase(env.databaseFile);
  const { sessionId: id, refreshToken } = token.data;
  let row = open(db, env, id);
  if (!row) return NOBODY;
  const over = sessionEnd(row, row, now);
  if (over) return end(db, id, over, now);
  let endsUnconfirmedAt: number | null = null;
  if (isRoleDue(row, now)) {
    const check = await askForRole(env, row, refreshToken);
    const refused = endByCheck(check, row, now);
    if (refused) return end(db, id, refused, now);
    if (check.kind === 'confirmed')
      db.transaction((tx) => confirmRole(tx, id, check.role, now), { behavior: 'immediate' });
    else endsUnconfirmedAt = (row.roleCheckedAt ?? now) + ROLE_TRUSTED_MS;
    // It may have ended while the provider was asked.
    row = open(db, env, id);
    if (!row) return NOBODY;
  }
  if (isByHand && now - row.lastSeenAt >= SEEN_EVERY_MS)
    whereWritable(() => hardlyWaiting(db, () => touchSession(db, id, now)));
  return { visitor: visitorOf(row), id, endsUnconfirmedAt };
}

/** Who a session belongs to at this moment, for an answer that goes on after its request: nobody is asked, and nothing is written. */
export function sessionNow(id: string, now: number, env: ServerEnv = readServerEnv()): Visitor {
  const row = open(sharedDatabase(env.databaseFile), env, id);
  const counts = row && !sessionEnd(row, row, now) && !isRoleUnconfirmed(row, now);
  return counts ? visitorOf(row) : NOBODY.visitor;
}
