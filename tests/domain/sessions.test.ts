import { expect, test } from 'vitest';
import { isRoleDue, isRoleUnconfirmed, type SessionEnd, sessionEnd, sessionEndText } from '#lib/domain/sessions.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LIMITS = { idleMinutes: 60, maxHours: 10 };
const fresh = { signedInAt: 0, lastSeenAt: 0, roleCheckedAt: 0 };

test('a session ends an hour after the last thing that was done in it', () => {
  expect(sessionEnd(fresh, LIMITS, HOUR - 1)).toBeNull();
  expect(sessionEnd(fresh, LIMITS, HOUR)).toBe('idle');
  expect(sessionEnd({ ...fresh, lastSeenAt: HOUR }, LIMITS, 2 * HOUR - 1)).toBeNull();
});

test('a session ends ten hours after the sign-in, however much is done in it', () => {
  const busy = { ...fresh, lastSeenAt: 10 * HOUR - 1 };
  expect(sessionEnd(busy, LIMITS, 10 * HOUR - 1)).toBeNull();
  expect(sessionEnd(busy, LIMITS, 10 * HOUR)).toBe('too_old');
});

test('the role is asked for after ten minutes, and believed for fifteen', () => {
  expect(isRoleDue(fresh, 10 * MINUTE - 1)).toBe(false);
  expect(isRoleDue(fresh, 10 * MINUTE)).toBe(true);
  expect(isRoleUnconfirmed(fresh, 15 * MINUTE - 1)).toBe(false);
  expect(isRoleUnconfirmed(fresh, 15 * MINUTE)).toBe(true);
});

test('nobody is asked in the demo', () => {
  const demo = { ...fresh, roleCheckedAt: null };
  expect(isRoleDue(demo, 9 * HOUR)).toBe(false);
  expect(isRoleUnconfirmed(demo, 9 * HOUR)).toBe(false);
});

test('a session counts from its own beginning, whatever the date', () => {
  const now = Date.UTC(2026, 10, 27, 8);
  const begun = { signedInAt: now, lastSeenAt: now, roleCheckedAt: now };
  expect(sessionEnd(begun, LIMITS, now + MINUTE)).toBeNull();
  expect([isRoleDue(begun, now + MINUTE), isRoleUnconfirmed(begun, now + MINUTE)]).toEqual([false, false]);
});

test('each end is said by its own reason, with the limit that was passed', () => {
  const ends: SessionEnd[] = ['idle', 'too_old', 'role_unconfirmed', 'refused', 'too_weak'];
  const texts = ends.map((end) => sessionEndText(end, { idleMinutes: 417, maxHours: 418 }));
  expect(new Set(texts).size).toBe(ends.length);
  for (const text of texts) expect(text).toMatch(/^because /);
  expect(texts[0]).toContain('417');
  expect(texts[1]).toContain('418');
});
