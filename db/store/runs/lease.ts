/**
 * Leases: rights that one holder at a time has, across server, command line and any further process. One of them keeps cycles
 * from overlapping.
 */
import { hostname } from 'node:os';
import { and, eq, sql } from 'drizzle-orm';
import { type Db, oncePerConnection, type Tx } from '#db/client.ts';
import { leases } from '#db/schema/runs.ts';

/** A holder that has not renewed for this long counts as dead, wherever it runs: a process id says nothing about another container. */
export const LEASE_MS = 20_000;
/** How often a holder renews. */
export const LEASE_RENEWAL_MS = 5_000;

const CYCLE = 'cycle';

/** Asked before every write of a cycle. */
const statements = oncePerConnection((_, tx) => {
  const isNamed = eq(leases.name, sql.placeholder('name'));
  const isHeld = and(isNamed, eq(leases.holder, sql.placeholder('holder')));
  const expiresAt = sql`${sql.placeholder('expiresAt')}`;
  return {
    read: tx.select().from(leases).where(isNamed).prepare(),
    renew: tx.update(leases).set({ expiresAt }).where(isHeld).prepare(),
    release: tx.delete(leases).where(isHeld).prepare(),
  };
});

/** An expiry further ahead than any renewal can put it is from before the clock was set back. */
function isLive({ expiresAt }: { expiresAt: number }, now: number): boolean {
  return expiresAt > now && expiresAt <= now + LEASE_MS;
}

/**
 * Takes the lease `name` for `holder`, an id that is new for every taking: whoever had it before finds another's id there, and may
 * neither record nor write any more. False where the heartbeat of another holder is younger than `LEASE_MS`.
 */
export function takeLease(db: Db, holder: string, now: number, name = CYCLE): boolean {
  return db.transaction(
    (tx) => {
      const row = {
        name,
        holder,
        host: hostname(),
        pid: process.pid,
        acquiredAt: now,
        expiresAt: now + LEASE_MS,
      };
      const current = statements(tx).read.get({ name });
      if (current && isLive(current, now)) return false;
      tx.insert(leases).values(row).onConflictDoUpdate({ target: leases.name, set: row }).run();
      return true;
    },
    { behavior: 'immediate' },
  );
}

/** True while `holder` may write: its heartbeat is young, or is renewed now because nobody has taken over. Costs one read as a rule. */
export function holdsLease(db: Db, holder: string, now: number, name = CYCLE): boolean {
  const current = statements(db).read.get({ name });
  if (current?.holder !== holder) return false;
  return isLive(current, now) || renewLease(db, holder, now, name);
}

/** Renews the lease; false where somebody else has taken it over: then nothing more may be recorded or written. */
export function renewLease(db: Db, holder: string, now: number, name = CYCLE): boolean {
  return statements(db).renew.run({ name, holder, expiresAt: now + LEASE_MS }).changes === 1;
}

export function releaseLease(db: Db, holder: string, name = CYCLE): void {
  statements(db).release.run({ name, holder });
}

/** Takes the lease of the cycle from a holder that counts as dead, who may not write any more either; false where one lives. */
export function endDeadLease(tx: Tx, now: number): boolean {
  if (leaseIsHeld(tx, now)) return false;
  tx.delete(leases).where(eq(leases.name, CYCLE)).run();
  return true;
}

/** True where somebody holds the lease now; by default that of the cycle. */
export function leaseIsHeld(db: Tx, now: number, name = CYCLE): boolean {
  const current = statements(db).read.get({ name });
  return current !== undefined && isLive(current, now);
}
