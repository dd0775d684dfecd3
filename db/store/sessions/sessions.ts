/** Sessions: begun by a sign-in, read at every request, and gone when they end. */
import { eq } from 'drizzle-orm';
import { oncePerConnection, type Tx } from '#db/client.ts';
import { operators, sessions } from '#db/schema/operators.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { type Actor, ENGINE, type NewEvent } from '#lib/domain/events.ts';
import { type SessionEnd, type SessionLimits, sessionEnd, sessionEndText } from '#lib/domain/sessions.ts';
import { firstSettings, settingsSchema } from '#lib/domain/settings.ts';

export type SessionRow = typeof sessions.$inferSelect;

/** A session with the limits in force. */
export type LimitedSession = SessionRow & SessionLimits;

const { sessionIdleMinutes, sessionMaxHours } = settingsSchema.shape;
const FIRST = firstSettings({
  tenantMode: 'entra',
  dropFolder: '/',
  safetyLimit: 0,
  mail: { sender: null, recipients: [] },
});

/** What operators saved in Settings, as JSON; null: nobody did. */
interface SavedLimits {
  idle: string | null;
  max: string | null;
}

const LIMITS = `(select value from settings where key = 'settings.sessionIdleMinutes') as idle,
  (select value from settings where key = 'settings.sessionMaxHours') as max`;

function limitsOf({ idle, max }: SavedLimits): SessionLimits {
  return {
    idleMinutes: sessionIdleMinutes.catch(FIRST.sessionIdleMinutes).parse(Number(idle)),
    maxHours: sessionMaxHours.catch(FIRST.sessionMaxHours).parse(Number(max)),
  };
}

const statements = oncePerConnection((client) => ({
  read: client.prepare<[string], SessionRow & SavedLimits>(
    `select id, operator_key as operatorKey, name, email, role, signed_in_at as signedInAt, last_seen_at as lastSeenAt,
       role_checked_at as roleCheckedAt, address, user_agent as userAgent, ${LIMITS}
     from sessions where id = ?`,
  ),
  limits: client.prepare<[], SavedLimits>(`select ${LIMITS}`),
  touch: client.prepare<[number, string]>('update sessions set last_seen_at = ? where id = ?'),
}));

/** The session with this id, whether or not it is over; null where it has ended. One look by the primary key. */
export function readSession(db: Tx, id: string): LimitedSession | null {
  const row = statements(db).read.get(id);
  if (!row) return null;
  const { idle, max, ...session } = row;
  return { ...session, ...limitsOf({ idle, max }) };
}

/** How long sessions last. */
export function sessionLimits(db: Tx): SessionLimits {
  return limitsOf(statements(db).limits.get() ?? { idle: null, max: null });
}

/** Somebody did something in the session. */
export function touchSession(db: Tx, id: string, now: number): void {
  statements(db).touch.run(now, id);
}

/** Stores a session that begins, and ends whatever is over. */
export function insertSession(tx: Tx, session: SessionRow): void {
  endExpired(tx, session.signedInAt);
  tx.insert(sessions).values(session).run();
}

const roleText = (role: string | null) => (role === null ? 'no role' : `the role ${role}`);

/** The identity provider confirmed the account, with the role it has now. Ended meanwhile: nothing happens. */
export function confirmRole(tx: Tx, id: string, role: string | null, now: number): void {
  const before = readSession(tx, id);
  if (!before) return;
  tx.update(sessions).set({ role, roleCheckedAt: now }).where(eq(sessions.id, id)).run();
  if (before.role === role) return;
  const { name, operatorKey } = before;
  const [tenantId = '', objectId = ''] = operatorKey.split('/');
  tx.insert(operators)
    .values({ tenantId, objectId, name, email: before.email, role: role ?? 'none', lastSignInAt: before.signedInAt })
    .onConflictDoUpdate({ target: [operators.tenantId, operators.objectId], set: { role: role ?? 'none' } })
    .run();
  recordEvent(tx, {
    kind: 'operator.role_changed',
    at: now,
    actor: { name, key: operatorKey },
    message: `${name} has ${roleText(role)} now, and had ${roleText(before.role)} before.`,
    data: { before: before.role, after: role },
  });
}

/** Why somebody's session is ended by somebody. */
type Ending =
  | { by: Actor; why: 'by_admin' | 'replaced' }
  /** By itself. */
  | { by: null; why: SessionEnd };

function endedEvent(session: SessionRow, ending: Ending, limits: SessionLimits, now: number): NewEvent {
  const { name, operatorKey } = session;
  const data = { operatorKey, name, why: ending.why, limits };
  const kind = 'session.ended';
  if (ending.by === null)
    return {
      kind,
      at: now,
      actor: ENGINE,
      message: `The session of ${name} ended ${sessionEndText(ending.why, limits)}.`,
      data,
    };
  const message =
    ending.why === 'replaced'
      ? `${name} signed in again, which ended the session before.`
      : `${ending.by.name} ended a session of ${name}.`;
  return { kind, at: now, actor: ending.by, message, data };
}

/** Ends a session, with its event; false where it had ended before. */
export function endSession(tx: Tx, id: string, ending: Ending, now: number): boolean {
  const ended = tx.delete(sessions).where(eq(sessions.id, id)).returning().get();
  if (ended) recordEvent(tx, endedEvent(ended, ending, sessionLimits(tx), now));
  return ended !== undefined;
}

/** Ends whatever is over and was not asked for since. */
export function endExpired(tx: Tx, now: number): void {
  const limits = sessionLimits(tx);
  for (const session of tx.select().from(sessions).all()) {
    const why = sessionEnd(session, limits, now);
    if (why) endSession(tx, session.id, { by: null, why }, now);
  }
}

/** Signs an operator out of one session; false where it had ended before. */
export function signOutSession(tx: Tx, id: string, now: number): boolean {
  const ended = tx.delete(sessions).where(eq(sessions.id, id)).returning().get();
  if (ended) recordSignOut(tx, { name: ended.name, key: ended.operatorKey }, 1, now);
  return ended !== undefined;
}

/** Signs an operator out of every session; gives how many there were. */
export function signOutEverywhere(tx: Tx, operator: Actor, now: number): number {
  const { changes } = tx
    .delete(sessions)
    .where(eq(sessions.operatorKey, operator.key ?? ''))
    .run();
  if (changes > 0) recordSignOut(tx, operator, changes, now);
  return changes;
}

function recordSignOut(tx: Tx, { name, key }: Actor, count: number, now: number): void {
  const message = count === 1 ? `${name} signed out.` : `${name} signed out of all ${count} sessions.`;
  const actor = { name, key };
  recordEvent(tx, { kind: 'operator.signed_out', at: now, actor, message, data: { sessions: count } });
}

/** Who is signed in, who did something last first. */
export function listSessions(db: Tx): SessionRow[] {
  return db
    .select()
    .from(sessions)
    .all()
    .toSorted((a, b) => b.lastSeenAt - a.lastSeenAt);
}
