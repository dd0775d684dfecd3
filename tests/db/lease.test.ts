import { expect, test } from 'vitest';
import { hardlyWaiting, openDatabase } from '#db/client.ts';
import { leases } from '#db/schema/runs.ts';
import { holdsLease, LEASE_MS, leaseIsHeld, releaseLease, renewLease, takeLease } from '#db/store/runs/lease.ts';
import { beginRun, closeAbandonedCycles, readRun, requestRun } from '#db/store/runs/runs.ts';

const NOW = 1_000_000;

test('only one holder at a time, and a released lease is free', () => {
  const db = openDatabase(':memory:');
  expect(takeLease(db, 'a', NOW)).toBe(true);
  expect(takeLease(db, 'b', NOW)).toBe(false);
  expect(leaseIsHeld(db, NOW)).toBe(true);
  releaseLease(db, 'b');
  expect(takeLease(db, 'b', NOW)).toBe(false);
  releaseLease(db, 'a');
  expect(takeLease(db, 'b', NOW)).toBe(true);
});

test('a dead holder is taken over within 60 seconds, and finds out when it wakes', () => {
  const db = openDatabase(':memory:');
  takeLease(db, 'a', NOW);
  expect(LEASE_MS).toBeLessThanOrEqual(60_000);
  expect(takeLease(db, 'b', NOW + LEASE_MS)).toBe(true);
  expect(renewLease(db, 'a', NOW + LEASE_MS)).toBe(false);
  expect(renewLease(db, 'b', NOW + LEASE_MS)).toBe(true);
});

test('a holder that renews is never taken over', () => {
  const db = openDatabase(':memory:');
  takeLease(db, 'a', NOW);
  for (let now = NOW; now < NOW + 10 * LEASE_MS; now += 10_000) {
    expect(renewLease(db, 'a', now)).toBe(true);
    expect(takeLease(db, 'b', now)).toBe(false);
  }
});

test('whether a holder lives is told by its heartbeat alone: its process id may belong to another container', () => {
  const db = openDatabase(':memory:');
  takeLease(db, 'a', NOW);
  // No process of this machine has this id.
  db.update(leases)
    .set({ pid: 2 ** 22 + 1 })
    .run();
  expect(leaseIsHeld(db, NOW + LEASE_MS - 1)).toBe(true);
  expect(takeLease(db, 'b', NOW + LEASE_MS - 1)).toBe(false);
  expect(takeLease(db, 'b', NOW + LEASE_MS)).toBe(true);
});

test('who was replaced may not write any more; who only slept may, as long as nobody came', () => {
  const db = openDatabase(':memory:');
  takeLease(db, 'a', NOW);
  expect(holdsLease(db, 'a', NOW + 10 * LEASE_MS)).toBe(true);
  expect(takeLease(db, 'b', NOW + 10 * LEASE_MS)).toBe(false);
  expect(takeLease(db, 'b', NOW + 12 * LEASE_MS)).toBe(true);
  expect(holdsLease(db, 'a', NOW + 12 * LEASE_MS)).toBe(false);
  releaseLease(db, 'b');
  expect(holdsLease(db, 'a', NOW + 12 * LEASE_MS)).toBe(false);
});

test('a lease from before the clock was set back does not last until that time comes again', () => {
  const db = openDatabase(':memory:');
  takeLease(db, 'a', NOW + 3_600_000);
  expect(leaseIsHeld(db, NOW)).toBe(false);
  expect(takeLease(db, 'b', NOW)).toBe(true);
});

test('a renewal, which is repeated soon anyway, waits for the lock of another program only briefly, and whatever follows as long as ever', () => {
  const db = openDatabase(':memory:');
  const patience = () => Number(db.$client.pragma('busy_timeout', { simple: true }));
  const usual = patience();
  expect(hardlyWaiting(db, patience)).toBeLessThan(usual / 10);
  expect(patience()).toBe(usual);
  const fails = () => {
    throw new Error('locked');
  };
  expect(() => hardlyWaiting(db, fails)).toThrow('locked');
  expect(patience()).toBe(usual);
});

test('a cycle is closed once nobody has its lease, and whoever had it may not write any more', () => {
  const db = openDatabase(':memory:');
  const id = requestRun(db, { trigger: 'schedule', requestedBy: 'schedule' }, NOW);
  takeLease(db, 'a', NOW);
  beginRun(db, id, NOW);
  closeAbandonedCycles(db, NOW + LEASE_MS - 1);
  expect(readRun(db, id)).toMatchObject({ status: 'running' });
  closeAbandonedCycles(db, NOW + LEASE_MS);
  expect(readRun(db, id)).toMatchObject({ status: 'interrupted', reason: 'process_died', finishedAt: NOW + LEASE_MS });
  expect(holdsLease(db, 'a', NOW + LEASE_MS)).toBe(false);
  expect(takeLease(db, 'b', NOW + LEASE_MS)).toBe(true);
});
