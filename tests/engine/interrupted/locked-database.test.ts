/**
 * Another program holds the database's lock, and lets go of it by a timer of this very thread: whoever waits for the lock without
 * letting the thread go on waits in vain.
 */
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { leases, runs } from '#db/schema/runs.ts';
import { enqueueMail } from '#db/store/mail/outbox.ts';
import { readCleanupAt } from '#db/store/system/engine-state.ts';
import { sendDueMail } from '#lib/engine/outbox.ts';
import { cleanUpDaily } from '#lib/engine/retention.ts';
import { crowd, csvOf } from '#tests/support/seeds.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const HELD_MS = 700;

function anotherProgram({ engine }: World) {
  const other = new Sqlite(engine.env.databaseFile);
  onTestFinished(() => void other.close());
  return {
    locks() {
      other.exec('begin immediate');
      setTimeout(() => other.exec('rollback'), HELD_MS);
    },
  };
}

test('a run begins once the lock is free', async () => {
  const users = crowd(3);
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  anotherProgram(world).locks();
  expect(await world.cycle()).toMatchObject({ status: 'completed', counts: { provisioned: 3 } });
});

test('locked in the middle of a run, nothing of it is lost: outcomes and end are recorded, and the lease is given back', async () => {
  const users = crowd(3);
  const world = await openWorld({ users });
  world.drop('newcomers.csv', csvOf(users));
  const other = anotherProgram(world);
  world.tenant.tenant.onChange = () => {
    world.tenant.tenant.onChange = () => {};
    other.locks();
  };
  expect(await world.cycle()).toMatchObject({ status: 'completed', counts: { provisioned: 3 } });
  expect(world.db.select().from(leases).all()).toEqual([]);
  expect(world.db.select({ status: runs.status }).from(runs).all()).toEqual([{ status: 'completed' }]);
});

test('old data is deleted once the lock is free', async () => {
  const world = await openWorld();
  anotherProgram(world).locks();
  await cleanUpDaily(world.engine, new AbortController().signal);
  expect(readCleanupAt(world.db)).not.toBeNull();
});

test('who has no mail to send does not ask for the lock', async () => {
  const world = await openWorld();
  const other = new Sqlite(world.engine.env.databaseFile);
  onTestFinished(() => void other.close());
  other.exec('begin immediate');
  const transport = { name: 'test', send: async () => ({ kind: 'sent', answer: '' }) as const };
  const { signal } = new AbortController();
  expect(await sendDueMail({ db: world.db, transport, now: Date.now, signal })).toBe(0);
  expect(other.inTransaction).toBe(true);
});

test('a mail is sent once the lock is free', async () => {
  const world = await openWorld();
  const mail = {
    key: 'a',
    runId: null,
    sender: 'a@b.example',
    recipients: ['c@d.example'],
    subject: '',
    text: '',
    html: '',
  };
  enqueueMail(world.db, { ...mail, attachment: null }, 0);
  const other = anotherProgram(world);
  const sent = await sendDueMail({
    db: world.db,
    now: Date.now,
    signal: new AbortController().signal,
    transport: {
      name: 'smtp',
      send: async () => {
        other.locks();
        return { kind: 'sent', answer: '250' };
      },
    },
  });
  expect(sent).toBe(1);
});
