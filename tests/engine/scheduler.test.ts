import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { events } from '#db/schema/events.ts';
import { intents } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { runs } from '#db/schema/runs.ts';
import { readPeople } from '#db/store/people/people.ts';
import { requestRun } from '#db/store/runs/runs.ts';
import { readQuarantine, writeQuarantine, writeSchedulerState } from '#db/store/system/engine-state.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { executeRun } from '#lib/engine/run-worker.ts';
import { oneAtATime, tick, watchMailboxes } from '#lib/engine/scheduler.ts';
import { temporaryFolder } from '#tests/support/processes.ts';
import { crowd, csvOf } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 22, 12);
const admin = { name: 'Demo Admin', key: 'demo/admin' };

/** A world whose schedule is every 15 minutes, as in production. */
async function everyQuarter(options: Parameters<typeof openWorld>[0] = {}): Promise<World> {
  const world = await openWorld(options);
  saveSettings(world.db, world.engine.env, { schedule: '*/15 * * * *' }, admin, NOON);
  return world;
}

const queued = (world: World) => world.db.select().from(runs).where(eq(runs.status, 'queued')).all();

function workedOff(world: World): void {
  world.db.update(runs).set({ status: 'completed' }).run();
}

describe('the tick of every minute', () => {
  test('queues a cycle when the schedule is due, and not again before the next time', async () => {
    const world = await everyQuarter();
    tick(world.engine, () => {}, NOON);
    expect(queued(world)).toMatchObject([{ trigger: 'schedule', requestedBy: 'schedule' }]);
    workedOff(world);
    for (let minute = 1; minute < 15; minute += 1) tick(world.engine, () => {}, NOON + minute * MINUTE);
    expect(queued(world)).toEqual([]);
    tick(world.engine, () => {}, NOON + 15 * MINUTE);
    expect(queued(world)).toHaveLength(1);
  });

  test('after hours of downtime there is one catch-up, not many', async () => {
    const world = await everyQuarter();
    tick(world.engine, () => {}, NOON);
    workedOff(world);
    tick(world.engine, () => {}, NOON + 9 * 60 * MINUTE);
    workedOff(world);
    tick(world.engine, () => {}, NOON + 9 * 60 * MINUTE + MINUTE);
    expect(world.db.select().from(runs).all()).toHaveLength(2);
  });

  test('queues nothing while a run is queued already, and nothing while paused', async () => {
    const world = await everyQuarter();
    tick(world.engine, () => {}, NOON);
    tick(world.engine, () => {}, NOON + 15 * MINUTE);
    expect(queued(world)).toHaveLength(1);
    workedOff(world);
    saveSettings(world.db, world.engine.env, { paused: true }, admin, NOON);
    tick(world.engine, () => {}, NOON + 30 * MINUTE);
    expect(queued(world)).toEqual([]);
  });

  test('a watch that is still queued does not stand in for the cycle: it reads no files', async () => {
    const world = await everyQuarter();
    requestRun(world.db, { trigger: 'watch', requestedBy: 'schedule' }, NOON - 100);
    tick(world.engine, () => {}, NOON);
    expect(queued(world)).toMatchObject([{ trigger: 'watch' }, { trigger: 'schedule' }]);
  });

  test('what falls into the maintenance window is caught up once after it', async () => {
    const world = await everyQuarter();
    tick(world.engine, () => {}, NOON);
    workedOff(world);
    const maintenance = { days: [0], from: '12:10', to: '13:05' };
    saveSettings(world.db, world.engine.env, { maintenance }, admin, NOON);
    for (let minute = 11; minute < 65; minute += 1) tick(world.engine, () => {}, NOON + minute * MINUTE);
    expect(queued(world)).toEqual([]);
    tick(world.engine, () => {}, NOON + 65 * MINUTE);
    expect(queued(world)).toHaveLength(1);
  });

  test('between two cycles a mailbox that is due is checked by a small run', async () => {
    const users = crowd(2, { mailboxOpensAfterMs: 60 * MINUTE });
    const world = await everyQuarter({ users });
    tick(world.engine, () => {});
    workedOff(world);
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    tick(world.engine, () => {});
    expect(queued(world)).toEqual([]);
    world.db
      .update(people)
      .set({ nextCheckAt: Date.now() - 1 })
      .run();
    tick(world.engine, () => {});
    const [watch] = queued(world);
    expect(watch).toMatchObject({ trigger: 'watch' });
    const ended = await executeRun(world.engine, watch?.id ?? '', new AbortController().signal);
    expect(ended).toMatchObject({ kind: 'ended', run: { status: 'completed', counts: { awaiting_mailbox: 2 } } });
  });

  test('a mailbox that is due is not kept waiting for the minute; paused, in maintenance or without Graph it is', async () => {
    const users = crowd(1, { mailboxOpensAfterMs: 60 * MINUTE });
    const world = await everyQuarter({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    const dueAt = world.db.select({ at: people.nextCheckAt }).from(people).get()?.at ?? 0;
    // The mailbox of somebody just licensed is asked after a minute.
    expect(dueAt - Date.now()).toBeLessThanOrEqual(MINUTE);
    watchMailboxes(world.engine, () => {}, dueAt - 1);
    saveSettings(world.db, world.engine.env, { paused: true }, admin, NOON);
    watchMailboxes(world.engine, () => {}, dueAt);
    saveSettings(world.db, world.engine.env, { paused: false }, admin, NOON);
    const quarantine = { since: 0, failures: 1, reason: 'graph_down', message: '', nextProbeAt: dueAt + MINUTE };
    writeQuarantine(world.db, quarantine, dueAt);
    watchMailboxes(world.engine, () => {}, dueAt);
    writeQuarantine(world.db, null, dueAt);
    expect(queued(world)).toEqual([]);
    watchMailboxes(world.engine, () => {}, dueAt);
    watchMailboxes(world.engine, () => {}, dueAt + 5000);
    expect(queued(world)).toMatchObject([{ trigger: 'watch' }]);
    // One that waits for an answer is enough: each tick would add one more, about the same people.
    world.db.update(runs).set({ status: 'running' }).where(eq(runs.trigger, 'watch')).run();
    watchMailboxes(world.engine, () => {}, dueAt + 10_000);
    expect(queued(world)).toEqual([]);
    workedOff(world);
    watchMailboxes(world.engine, () => {}, dueAt + 15_000);
    expect(queued(world)).toMatchObject([{ trigger: 'watch' }]);
  });

  test.each([
    ['an hour back', 60 * MINUTE],
    ['a day ahead and back', 24 * 60 * MINUTE],
  ])('a clock that goes %s keeps nobody waiting for the old time, and is told', async (_how, byMs) => {
    const users = crowd(2, { mailboxOpensAfterMs: 60 * MINUTE });
    const world = await everyQuarter({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    const now = Date.now();
    const ahead = now + byMs;
    world.db
      .update(people)
      .set({ nextCheckAt: ahead + 60_000 })
      .run();
    const quarantine = { since: ahead, failures: 1, reason: 'graph_down', message: '', nextProbeAt: ahead + MINUTE };
    writeQuarantine(world.db, quarantine, ahead);
    tick(world.engine, () => {}, ahead);
    workedOff(world);
    tick(world.engine, () => {}, now);
    expect(world.db.select({ at: people.nextCheckAt }).from(people).all()).toEqual([
      { at: now + MINUTE },
      { at: now + MINUTE },
    ]);
    expect(readQuarantine(world.db)).toMatchObject({ since: now, nextProbeAt: now + MINUTE });
    const told = world.db.select().from(events).where(eq(events.kind, 'clock.set_back')).all();
    expect(told).toMatchObject([{ at: now, data: { byMs, checks: 2 } }]);
    tick(world.engine, () => {}, now + MINUTE);
    expect(queued(world)).toHaveLength(1);
    expect(world.db.select().from(events).where(eq(events.kind, 'clock.set_back')).all()).toHaveLength(1);
  });

  test('a clock that ran ahead only between two ticks, while a run recorded and was killed, keeps nobody waiting either', async () => {
    const users = crowd(2, { mailboxOpensAfterMs: 60 * MINUTE });
    const world = await everyQuarter({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.cycle();
    // A write of a run that was killed: it counts as sent until that run ended.
    world.db.update(runs).set({ status: 'interrupted' }).run();
    world.db.update(intents).set({ settledAt: null, result: null }).run();
    const now = Date.now() - 26 * 60 * MINUTE;
    tick(world.engine, () => {}, now);
    const ids = world.db.select({ id: people.id }).from(people).all();
    expect(readPeople(world.db, [ids[0]?.id ?? 0])).toMatchObject([{ unsettledWriteAt: now, licensedAt: now }]);
    const [first] = world.db.select({ at: people.nextCheckAt }).from(people).all();
    expect(first?.at).toBeLessThanOrEqual(now + 2 * MINUTE);
    expect(world.db.select().from(events).where(eq(events.kind, 'clock.set_back')).all()).toHaveLength(1);
  });

  test('the first success, whoever it is for, ends the pause for everybody: a cycle is due at the next tick', async () => {
    const users = crowd(2);
    const world = await everyQuarter({ users });
    world.drop('newcomers.csv', csvOf(users));
    await world.fault({ kind: 'reset', match: { path: '/\\$batch' } });
    await world.cycle();
    await world.noFaults();
    const now = Date.now();
    writeSchedulerState(world.db, { servedUntil: now, lastTickAt: now });
    const [one] = world.db.select({ id: people.id }).from(people).all();
    await world.cycle({
      trigger: 'operator',
      selection: { kind: 'chosen', people: [{ id: one?.id ?? 0, mappingId: null }] },
    });
    tick(world.engine, () => {}, now + 1000);
    const [cycle] = queued(world);
    expect(cycle).toMatchObject({ trigger: 'schedule' });
    await executeRun(world.engine, cycle?.id ?? '', new AbortController().signal);
    expect(new Set(Object.values(world.standing()))).toEqual(new Set(['provisioned/provisioned']));
  });

  test('a run of the command line that is killed before it begins is not left queued', async () => {
    const world = await openWorld();
    world.db.$client.exec(
      "create temp trigger killed before update of status on runs begin select raise(abort, 'killed'); end",
    );
    await expect(world.cycle()).rejects.toThrow('killed');
    expect(queued(world)).toEqual([]);
  });

  test('a Graph that was down is probed when its pause is over, not only at the next scheduled time', async () => {
    const users = crowd(1);
    const world = await everyQuarter({ users });
    const now = Date.now();
    tick(world.engine, () => {}, now);
    workedOff(world);
    world.drop('newcomers.csv', csvOf(users));
    await world.fault({ kind: 'reset', match: { path: '/\\$batch' } });
    await world.cycle();
    tick(world.engine, () => {}, now + 1);
    expect(queued(world)).toEqual([]);
    tick(world.engine, () => {}, now + 2 * MINUTE);
    expect(queued(world)).toHaveLength(1);
  });
});

test('a locked database is not tried again at once, so that pages are answered between two tries, and work goes on by itself after the lock', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const file = path.join(temporaryFolder(), 'test.db');
  const db = openDatabase(file);
  onTestFinished(() => void db.$client.close());
  db.$client.pragma('busy_timeout = 1');
  const other = new Sqlite(file);
  onTestFinished(() => void other.close());
  other.exec('begin immediate');
  let tries = 0;
  const { wake, idle } = oneAtATime('cycles', new AbortController().signal, async () => {
    tries += 1;
    requestRun(db, { trigger: 'schedule', requestedBy: 'schedule' }, NOON);
  });
  /** As the scheduler polls, five times a second. */
  const pollFor = async (seconds: number) => {
    for (let poll = 0; poll < seconds * 5; poll += 1) {
      wake();
      await idle();
      vi.advanceTimersByTime(200);
    }
  };
  await pollFor(30);
  expect(tries).toBe(3);
  other.exec('rollback');
  await pollFor(30);
  expect(db.select().from(runs).all().length).toBeGreaterThan(1);
});
