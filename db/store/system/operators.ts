/** Operators in the history: who signed in, who was not let in, what was refused, and what was exported. */
import type { Tx } from '#db/client.ts';
import { operators } from '#db/schema.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { whereWritable } from '#db/unwritable.ts';
import type { Actor, NewEvent } from '#lib/domain/events.ts';

export interface SignIn {
  tenantId: string;
  objectId: string;
  name: string;
  email: string;
  /** Null where the tenant gave the person no role in this app. */
  role: string | null;
}

/** Records a sign-in, with the newest name and role, and an event. Call it inside the transaction that begins the session. */
export function recordSignIn(tx: Tx, { tenantId, objectId, name, email, role }: SignIn, now: number): void {
  const seen = { name, email, role: role ?? 'none', lastSignInAt: now };
  tx.insert(operators)
    .values({ tenantId, objectId, ...seen })
    .onConflictDoUpdate({ target: [operators.tenantId, operators.objectId], set: seen })
    .run();
  recordEvent(tx, {
    kind: 'operator.signed_in',
    at: now,
    actor: { name, key: `${tenantId}/${objectId}` },
    message: role === null ? `${name} signed in, without a role in this app.` : `${name} signed in as ${role}.`,
    data: { role },
  });
}

export type Denial = { why: 'another_tenant' } | { why: 'too_weak'; authContext: string };

/** Records that somebody was not let in, and why. */
export function recordDenial(db: Tx, { tenantId, objectId, name, email }: SignIn, data: Denial, now: number): void {
  const because =
    data.why === 'another_tenant'
      ? `the account belongs to the tenant ${tenantId}`
      : `the sign-in does not satisfy the authentication context ${data.authContext}`;
  const event: NewEvent = {
    kind: 'operator.denied',
    at: now,
    actor: { name, key: `${tenantId}/${objectId}` },
    message: `${name}${email && ` (${email})`} was not let in: ${because}.`,
    data,
  };
  recordEvent(db, event);
}

export interface Refusal {
  /** Which permission was missing, or what else was wrong. */
  data: { permission: string } | { why: 'foreign_origin' };
  /** One sentence. */
  message: string;
}

/** Records that an operator was refused something; refused it is also where that cannot be written. */
export function recordRefusal(db: Tx, actor: Actor, { data, message }: Refusal, now: number): void {
  const event: NewEvent = { kind: 'action.refused', at: now, actor, message, data };
  whereWritable(() => void recordEvent(db, event));
}

/** Records that an operator took data out; `what`: `the list of people`. */
export function recordExport(db: Tx, actor: Actor, what: string, now: number): void {
  const message = `${actor.name} exported ${what}.`;
  const event: NewEvent = { kind: 'data.exported', at: now, actor, message, data: { what } };
  recordEvent(db, event);
}

/** The addresses of all who ever signed in, by the stable key. */
export function operatorAddresses(db: Tx): ReadonlyMap<string, string> {
  const { tenantId, objectId, email } = operators;
  const known = db.select({ tenantId, objectId, email }).from(operators).all();
  return new Map(known.map((one) => [`${one.tenantId}/${one.objectId}`, one.email]));
}
