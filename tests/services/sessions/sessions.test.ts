import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { events } from '#db/schema/events.ts';
import { sessions } from '#db/schema/operators.ts';
import { settings } from '#db/schema/system.ts';
import { endExpired, insertSession, readSession, sessionLimits } from '#db/store/sessions/sessions.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { log } from '#lib/log.ts';
import { exportHistory } from '#lib/services/history/history.ts';
import { ServiceError } from '#lib/services/http/errors.ts';
import { respond } from '#lib/services/http/http.ts';
import { exportPeople } from '#lib/services/people/people-export.ts';
import { endSession, endSessionsOf, listSessions, signOutEverywhere } from '#lib/services/sessions/sessions.ts';
import { saveSettings } from '#lib/services/settings/settings.ts';
import { rewriteHistory } from '#tests/support/rewrite-history.ts';
import { openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const HOUR = 3_600_000;

beforeEach(() => {
  rewriteHistory(db, () => db.delete(events).run());
  for (const table of [sessions, settings]) db.delete(table).run();
});

/** Signs somebody in, an hour-old session unless the test says otherwise. */
function signedIn(id: string, { key, name, email, role }: Operator, signedInAt = Date.now() - 60_000): void {
  const origin = { address: '192.0.2.7', userAgent: 'Firefox' };
  const times = { signedInAt, lastSeenAt: signedInAt, roleCheckedAt: null };
  insertSession(db, { id, operatorKey: key, name, email, role, ...times, ...origin });
}

const told = () =>
  db
    .select()
    .from(events)
    .all()
    .map(({ actor, message }) => `${actor}: ${message}`);
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id).toSorted();

describe('who is signed in', () => {
  beforeEach(() => {
    signedIn('a', operator('Operator'));
    signedIn('b', operator('Operator'));
    signedIn('c', operator('Admin'));
  });

  test('is known to an Admin; others see where they are signed in themselves', () => {
    expect(ids(listSessions(operator('Admin'), {}).items)).toEqual(['a', 'b', 'c']);
    const own = listSessions(operator('Operator'), { current: 'a' }).items;
    expect(ids(own)).toEqual(['a', 'b']);
    expect(own.find(({ isThisOne }) => isThisOne)).toMatchObject({ id: 'a', address: '192.0.2.7', isOwn: true });
  });

  test('an operator ends a session of their own, and nobody else’s', () => {
    endSession(operator('Operator'), { id: 'b' });
    expect(() => endSession(operator('Operator'), { id: 'c' })).toThrow(ServiceError);
    expect(ids(listSessions(operator('Admin'), {}).items)).toEqual(['a', 'c']);
    expect(told()).toEqual(['Demo Operator: Demo Operator signed out.']);
  });

  test('an Admin ends one session of somebody, or all of them', () => {
    endSession(operator('Admin'), { id: 'a' });
    signedIn('d', operator('Operator'));
    expect(endSessionsOf(operator('Admin'), { id: 'd' })).toEqual({ sessions: 2 });
    expect(ids(listSessions(operator('Admin'), {}).items)).toEqual(['c']);
    expect(told()).toEqual(Array(3).fill('Demo Admin: Demo Admin ended a session of Demo Operator.'));
  });

  test('signing out everywhere ends every session of the operator at once', () => {
    expect(signOutEverywhere(operator('Operator'))).toEqual({ sessions: 2 });
    expect(readSession(db, 'a')).toBeNull();
    expect(told()).toEqual(['Demo Operator: Demo Operator signed out of all 2 sessions.']);
  });

  test('one that has ended is not ended again', () => {
    endSession(operator('Admin'), { id: 'a' });
    expect(() => endSession(operator('Admin'), { id: 'a' })).toThrow('This session has already ended.');
    expect(told()).toHaveLength(1);
  });
});

test('the limits are settings, within bounds, and hold for the sessions there are', () => {
  expect(sessionLimits(db)).toEqual({ idleMinutes: 60, maxHours: 10 });
  signedIn('idle', operator('Operator'), Date.now() - 0.75 * HOUR);
  expect(ids(listSessions(operator('Admin'), {}).items)).toEqual(['idle']);
  for (const change of [
    { sessionIdleMinutes: 4 },
    { sessionIdleMinutes: 721 },
    { sessionMaxHours: 0 },
    { sessionMaxHours: 25 },
  ])
    expect(() => saveSettings(operator('Admin'), change)).toThrow(/must be a whole number/);
  saveSettings(operator('Admin'), { sessionIdleMinutes: 30 });
  expect(readSession(db, 'idle')).toMatchObject({ idleMinutes: 30, maxHours: 10 });
  expect(listSessions(operator('Admin'), {}).items).toEqual([]);
  expect(told()).toContain('engine: The session of Demo Operator ended because nothing was done in it for 30 minutes.');
});

test('sessions that nobody comes back to end with the next sign-in', () => {
  signedIn('old', operator('Operator'), Date.now() - 11 * HOUR);
  endExpired(db, Date.now());
  expect(told()).toEqual(['engine: The session of Demo Operator ended because it was 10 hours old.']);
});

test('what is refused and what is exported stands in the history', async () => {
  const answer = await respond(() => saveSettings(operator('Operator'), {}));
  expect(answer.status).toBe(403);
  exportPeople(operator('Viewer'), {});
  exportHistory(operator('Viewer'), {});
  expect(told()).toEqual([
    'Demo Operator: Demo Operator was refused something that needs the role Admin.',
    'Demo Viewer: Demo Viewer exported the list of people.',
    'Demo Viewer: Demo Viewer exported the history.',
  ]);
});

test('of one operator thirty refusals of one kind a minute are told, in the history and in the log; others are told beside them', async () => {
  const logged = vi.spyOn(log, 'warn');
  onTestFinished(() => logged.mockRestore());
  const refused = (by: Operator) => respond(() => saveSettings(by, {}));
  for (let asked = 0; asked < 40; asked += 1) expect((await refused(operator('Operator'))).status).toBe(403);
  await refused(operator('Viewer'));
  await respond(() => endSessionsOf(operator('Operator'), { id: 'a' }));
  expect(told()).toHaveLength(32);
  expect(logged).toHaveBeenCalledTimes(32);
  expect(told().at(-2)).toMatch(/^Demo Viewer/);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
  onTestFinished(() => void vi.useRealTimers());
  await refused(operator('Operator'));
  expect(told()).toHaveLength(33);
});
