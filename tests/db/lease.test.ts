import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { leases } from '#db/schema.ts';
import { LEASE_MS, leaseIsHeld, releaseLease, renewLease, takeLease } from '#db/store/runs/lease.ts';

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

test('a holder whose process is gone from this machine is taken over at once', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'lease-')), 'test.db');
  const db = openDatabase(file);
  const gone = spawn(process.execPath, ['-e', '']);
  const pid = gone.pid ?? 0;
  await once(gone, 'exit');
  takeLease(db, 'a', NOW);
  db.update(leases).set({ pid }).run();
  expect(leaseIsHeld(db, NOW)).toBe(false);
  expect(takeLease(db, 'b', NOW)).toBe(true);
});
