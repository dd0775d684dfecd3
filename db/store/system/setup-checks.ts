/** Set-up checks in the database: requested by an operator, carried out by the engine. */
import { and, asc, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { oncePerConnection, type Tx } from '#db/client.ts';
import { setupChecks } from '#db/schema/system.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import type { Actor } from '#lib/domain/events.ts';
import type { CheckResult } from '#lib/domain/setup-checks.ts';
import { newId } from '#lib/ids.ts';

export type CheckRow = typeof setupChecks.$inferSelect;

/** A check that has been open for longer belongs to a server that no longer runs. */
const OPEN_FOR_MS = 60_000;

/** Requests a check, or returns the one in progress. Call it inside a transaction. */
export function requestCheck(tx: Tx, actor: Actor, now: number): { id: string; wasOpen: boolean } {
  const open = tx
    .select({ id: setupChecks.id })
    .from(setupChecks)
    .where(and(isNull(setupChecks.finishedAt), gt(setupChecks.requestedAt, now - OPEN_FOR_MS)))
    .get();
  if (open) return { id: open.id, wasOpen: true };
  const id = newId(now);
  tx.insert(setupChecks).values({ id, requestedAt: now, requestedBy: actor.name }).run();
  const message = `${actor.name} tested the set-up.`;
  recordEvent(tx, { kind: 'setup.tested', at: now, actor, message, data: { checkId: id } });
  return { id, wasOpen: false };
}

const oldestOpen = oncePerConnection((_, tx) =>
  tx
    .select({ id: setupChecks.id })
    .from(setupChecks)
    .where(isNull(setupChecks.finishedAt))
    .orderBy(asc(setupChecks.requestedAt))
    .limit(1)
    .prepare(),
);

/** The id of the oldest open check; null where there is none. */
export function nextOpenCheck(db: Tx): string | null {
  return oldestOpen(db).get()?.id ?? null;
}

/** Saves the results so far. */
export function saveProgress(db: Tx, id: string, results: readonly CheckResult[]): void {
  db.update(setupChecks).set({ results }).where(eq(setupChecks.id, id)).run();
}

export function finishCheck(db: Tx, id: string, results: readonly CheckResult[], now: number): void {
  db.update(setupChecks).set({ results, finishedAt: now }).where(eq(setupChecks.id, id)).run();
}

export function checkById(db: Tx, id: string): CheckRow | null {
  return db.select().from(setupChecks).where(eq(setupChecks.id, id)).get() ?? null;
}

/** The check requested last; null where there is none. */
export function lastCheck(db: Tx): CheckRow | null {
  return (
    db.select().from(setupChecks).orderBy(desc(setupChecks.requestedAt), desc(setupChecks.id)).limit(1).get() ?? null
  );
}

/** The account of the person whose mailbox most recently answered; null where there is none yet. */
export function personWithMailbox(db: Tx): string | null {
  // Among those licensed last, which an index has in order.
  const row = db.get<{ accountId: string } | undefined>(sql`
    select account_id as accountId from (select * from people where licensed_at is not null order by licensed_at desc limit 2000)
    where state = 'provisioned' and account_id is not null order by state_since desc limit 1`);
  return row?.accountId ?? null;
}
