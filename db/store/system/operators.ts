/** Operators in the history: who signed in, who was not let in, what was refused, and what was exported. */
import { desc, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { events } from '#db/schema/events.ts';
import { operators } from '#db/schema/operators.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { whereWritable } from '#db/unwritable.ts';
import type { Actor, Denial, Denied, Exported, NewEvent } from '#lib/domain/events.ts';

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

/** Records that somebody was not let in, and why. */
export function recordDenial(db: Tx, { tenantId, objectId, name, email }: SignIn, why: Denial, now: number): void {
  const because =
    why.why === 'another_tenant'
      ? `the account belongs to the tenant ${why.tenantId}`
      : `the sign-in does not satisfy the authentication context ${why.authContext}`;
  const event: NewEvent = {
    kind: 'operator.denied',
    at: now,
    actor: { name, key: `${tenantId}/${objectId}` },
    message: `${name}${email && ` (${email})`} was not let in: ${because}.`,
    data: { ...why, email },
  };
  recordEvent(db, event);
}

export interface Refusal {
  /** Which permission was missing, or what else was wrong. */
  data: Denied;
  /** One sentence. */
  message: string;
}

/** Of one operator so many refusals of one kind are recorded a minute: nobody fills a history that is kept for good by asking for what is refused, or hides one refusal behind others. */
const RECORDED_A_MINUTE = 30;
/** Among so many of the newest they are looked for. */
const NEWEST = 300;
const MINUTE_MS = 60_000;

/** Records that an operator was refused something; refused it is also where that cannot be written. False where it is one of very many. */
export function recordRefusal(db: Tx, actor: Actor, { data, message }: Refusal, now: number): boolean {
  const newest = db
    .select({ at: events.at, actorKey: events.actorKey, what: sql`coalesce(data ->> 'permission', data ->> 'why')` })
    .from(events)
    .where(eq(events.kind, 'action.refused'))
    .orderBy(desc(events.id))
    .limit(NEWEST)
    .all();
  const wanted = 'permission' in data ? data.permission : data.why;
  const alike = newest.filter(
    ({ at, actorKey, what }) => actorKey === actor.key && what === wanted && now - at < MINUTE_MS,
  );
  if (alike.length >= RECORDED_A_MINUTE) return false;
  const event: NewEvent = { kind: 'action.refused', at: now, actor, message, data };
  whereWritable(() => void recordEvent(db, event));
  return true;
}

/** Records that an operator took data out. */
export function recordExport(db: Tx, actor: Actor, data: Exported, now: number): void {
  const message = `${actor.name} exported ${exportedText(data)}.`;
  const event: NewEvent = { kind: 'data.exported', at: now, actor, message, data };
  recordEvent(db, event);
}

function exportedText({ what, name }: Exported): string {
  switch (what) {
    case 'people':
      return 'the list of people';
    case 'history':
      return 'the history';
    case 'evidence':
      return `evidence about ${name}`;
    case 'trends':
      return `the trends (${name})`;
    case 'original':
      return `the file ${name} as it came`;
    case 'results':
      return `the results of the file ${name}`;
    case 'runLog':
      return `the log of run ${name}`;
  }
}

/** The addresses of all who ever signed in, by the stable key. */
export function operatorAddresses(db: Tx): ReadonlyMap<string, string> {
  const { tenantId, objectId, email } = operators;
  const known = db.select({ tenantId, objectId, email }).from(operators).all();
  return new Map(known.map((one) => [`${one.tenantId}/${one.objectId}`, one.email]));
}
