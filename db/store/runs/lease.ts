/**
 * Leases: rights that one holder at a time has, across server, command line and any further process. One of them keeps cycles
 * from overlapping.
 */
import { hostname } from 'node:os';
import { and, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { leases } from '#db/schema.ts';

/** A holder that has not renewed for this long counts as dead. */
export const LEASE_MS = 45_000;
/** How often a holder renews. */
export const LEASE_RENEWAL_MS = 10_000;

const CYCLE = 'cycle';

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Takes the lease `name` for `holder`; false where a live process holds it. A dead holder is replaced: at once on this host,
 * otherwise after `LEASE_MS`.
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
      const current = tx.select().from(leases).where(eq(leases.name, name)).get();
      if (!current) {
        tx.insert(leases).values(row).run();
        return true;
      }
      const isDead = current.expiresAt <= now || (current.host === row.host && !isRunning(current.pid));
      if (!isDead) return false;
      tx.update(leases).set(row).where(eq(leases.name, name)).run();
      return true;
    },
    { behavior: 'immediate' },
  );
}

/** Renews the lease; false where somebody else has taken it over: then nothing more may be recorded or written. */
export function renewLease(db: Db, holder: string, now: number, name = CYCLE): boolean {
  const result = db
    .update(leases)
    .set({ expiresAt: now + LEASE_MS })
    .where(and(eq(leases.name, name), eq(leases.holder, holder)))
    .run();
  return result.changes === 1;
}

export function releaseLease(db: Db, holder: string, name = CYCLE): void {
  db.delete(leases)
    .where(and(eq(leases.name, name), eq(leases.holder, holder)))
    .run();
}

/** True where a live process holds the lease now; by default that of the cycle. */
export function leaseIsHeld(db: Db, now: number, name = CYCLE): boolean {
  const current = db.select().from(leases).where(eq(leases.name, name)).get();
  return current !== undefined && current.expiresAt > now && (current.host !== hostname() || isRunning(current.pid));
}
