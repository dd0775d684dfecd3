import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { drafts } from '#db/schema/drafts.ts';
import { events } from '#db/schema/events.ts';
import { rowCases } from '#db/schema/row-cases.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { nextRemoval, readRemoved } from '#db/store/events/removed-events.ts';
import { involvementIn } from '#db/store/people/approvals-read.ts';
import { recordRestore } from '#db/store/system/backups.ts';
import { claimDatabase } from '#db/store/system/identity.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { checkHistory } from '#lib/audit/check-history.ts';
import { auditVerifier, checkpointsFolder, writeCheckpoint } from '#lib/audit/checkpoints.ts';
import { cleanUpDaily } from '#lib/engine/retention.ts';
import { type Env, readEnv } from '#lib/env.ts';
import { exportEvidence } from '#lib/services/history/evidence.ts';
import { listHistory } from '#lib/services/history/history.ts';
import { readPerson } from '#lib/services/people/people.ts';
import { cli, temporaryFolder } from '#tests/support/processes.ts';
import { rewriteHistory } from '#tests/support/rewrite-history.ts';
import { addFile, addPerson, addRun, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const SCRIPT = path.join(import.meta.dirname, '..', '..', '..', 'public', 'help', 'verify-evidence.mjs');
const DAY = 24 * 3_600_000;
const NOW = Date.now();
const admin = operator('Admin');
const closed = { state: 'provisioned', firstSeenAt: NOW - 1000 * DAY } as const;

const draft = {
  id: 'd1',
  name: 'u.csv',
  storedName: 'u',
  sha256: 'x',
  sizeBytes: 1,
  createdBy: 'Ann',
  createdByKey: 'k',
};

let db: Db;
let env: Env;

const keepFor = (historyYears: number) => saveSettings(db, env, { historyYears }, admin, NOW - 100 * DAY);
const cleanUp = (now = NOW) => cleanUpDaily({ db, env }, new AbortController().signal, now);
const ids = () => db.$client.prepare<[], number>('select id from events order by id').pluck().all();
/** A note about somebody, so many days ago. */
const note = (personId: number, daysAgo: number) =>
  recordEvent(db, {
    kind: 'person.noted',
    at: NOW - daysAgo * DAY,
    actor: admin,
    personId,
    message: `Noted ${daysAgo} days ago.`,
  });

function fresh(): void {
  env = readEnv({ DATA_DIR: temporaryFolder() });
  db = openDatabase(env.databaseFile);
}

describe('what retention removes of the history', () => {
  beforeEach(fresh);

  test('is nothing, unless an Admin has set for how long it is kept', async () => {
    note(addPerson(db, closed).id, 9000);
    expect(await cleanUp()).toMatchObject({ events: 0 });
    expect(readRemoved(db.$client)).toBeNull();
  });

  test('is what is older, from the oldest on, in many small steps; an event tells whose setting it was', async () => {
    const { id } = addPerson(db, closed);
    for (let n = 0; n < 450; n += 1) note(id, 800 - n);
    keepFor(1);
    expect(await cleanUp()).toMatchObject({ events: 434 });
    expect(ids().slice(0, 2)).toEqual([435, 436]);
    expect(db.select().from(events).where(eq(events.kind, 'history.removed')).all()).toMatchObject([
      {
        actor: 'engine',
        message: expect.stringMatching(/^History before \d{4}-\d\d-\d\d was removed: Demo Admin set .* 1 year\.$/),
      },
    ]);
    expect(checkHistory(db, env)).toMatchObject({
      problems: [],
      removed: {
        from: 1,
        to: 434,
        events: 434,
        firstAt: NOW - 800 * DAY,
        lastAt: NOW - 367 * DAY,
        kinds: { 'person.noted': 434 },
      },
      chain: { events: 18, from: { id: 435 } },
    });
    expect(await cleanUp(NOW + 2 * DAY)).toMatchObject({ events: 2 });
    expect(checkHistory(db, env)).toMatchObject({ problems: [], removed: { from: 1, to: 436, events: 436 } });
    expect(db.$client.prepare('select count(*) from removed_events').pluck().get()).toBeLessThan(10);
  });

  test.each<[string, (at: number) => unknown]>([
    ['a person', (at) => addPerson(db, { state: 'held', firstSeenAt: at })],
    [
      'an upload',
      (at) =>
        db
          .insert(drafts)
          .values({ ...draft, createdAt: at })
          .run(),
    ],
    ['a file', (at) => addFile(db, { receivedAt: at, status: 'importing' }, [])],
    [
      'a row',
      (at) => {
        const fileId = addFile(db, { receivedAt: at }, []);
        db.insert(rowCases).values({ fileId }).run();
      },
    ],
  ])('ends a day before %s that is still open', async (_, open) => {
    const { id } = addPerson(db, closed);
    for (const daysAgo of [900, 800, 702, 700, 600]) note(id, daysAgo);
    open(NOW - 700 * DAY);
    expect(nextRemoval(db, NOW, 100)).toMatchObject({ from: 1, to: 3, events: 3 });
  });

  test('is no event of a person who came back, however old', async () => {
    const [gone, back] = [addPerson(db, closed).id, addPerson(db, { state: 'queued', firstSeenAt: NOW }).id];
    for (const id of [gone, back, gone]) note(id, 700);
    keepFor(1);
    expect(await cleanUp()).toMatchObject({ events: 1 });
    expect(ids().slice(0, 2)).toEqual([2, 3]);
  });

  test('never hides what was forged before', async () => {
    const { id } = addPerson(db, closed);
    for (let n = 0; n < 10; n += 1) note(id, 700);
    rewriteHistory(db, () => db.$client.exec("update events set message = 'Forged.' where id = 6"));
    keepFor(1);
    expect(await cleanUp()).toMatchObject({ events: 5 });
    expect(await cleanUp(NOW + 2 * DAY)).toMatchObject({ events: 0 });
    expect(checkHistory(db, env).problems).toMatchObject([{ eventId: 6 }]);
  });

  test('can be deleted, and nothing after it', async () => {
    const { id } = addPerson(db, closed);
    for (const daysAgo of [700, 700, 10]) note(id, daysAgo);
    keepFor(1);
    await cleanUp();
    expect(ids()[0]).toBe(3);
    for (const attempt of [
      'delete from events where id = 3',
      "insert into events (id, at, actor, kind, message) values (2, 1, 'x', 'x', 'x')",
      "insert or replace into events (id, at, actor, kind, message) values (3, 1, 'x', 'x', 'x')",
    ])
      expect(() => db.$client.exec(attempt), attempt).toThrow('events are append-only');
  });

  test('does not let anybody approve what they changed before', async () => {
    const { id } = addPerson(db, { ...closed, state: 'dismissed', licensedAt: null });
    const move = { fromState: 'held', toState: 'queued', reason: 'retried' } as const;
    const edit = { kind: 'person.edited', at: NOW - 700 * DAY, actor: operator(), personId: id, message: 'x' } as const;
    recordEvent(db, { ...edit, ...move, data: { changes: [] } });
    keepFor(1);
    expect(involvementIn(db, [id], operator().key).get(id)?.hasHand).toBe(true);
    expect(await cleanUp()).toMatchObject({ events: 1 });
    expect(involvementIn(db, [id], operator().key).get(id)?.hasHand).toBe(true);
    expect(involvementIn(db, [id], admin.key).get(id)?.hasHand).toBe(false);
  });
});

describe('checkpoints of a history whose beginning is gone', () => {
  beforeEach(fresh);

  test('are compared where they can be, and counted where they cannot', async () => {
    const { id } = addPerson(db, closed);
    for (let n = 1; n <= 20; n += 1) {
      note(id, 700 - n);
      if ([3, 8, 20].includes(n)) await writeCheckpoint(db, env, NOW - (700 - n) * DAY);
    }
    note(id, 10);
    keepFor(1);
    expect(await cleanUp()).toMatchObject({ events: 20 });
    await writeCheckpoint(db, env, NOW);
    expect(checkHistory(db, env)).toMatchObject({
      problems: [],
      checkpoints: [{ count: 4 }],
      // 20 is linked to what follows, 8 and 3 are not.
      notices: [
        '2 of the checkpoints are of events that retention removed: what they signed can no longer be compared.',
      ],
    });
  });

  test('show where somebody with the key removed what was younger than a year', async () => {
    const { id } = addPerson(db, closed);
    for (const daysAgo of [700, 30, 20, 10]) {
      note(id, daysAgo);
      await writeCheckpoint(db, env, NOW - daysAgo * DAY);
    }
    // The clock of the machine is set forward, and back again.
    keepFor(1);
    expect(await cleanUp(NOW + 500 * DAY)).toMatchObject({ events: 5 });
    expect(checkHistory(db, env).problems).toMatchObject([
      { message: expect.stringContaining('were removed too early') },
    ]);
  });

  test('of before a backup was restored are still explained', async () => {
    const { id } = addPerson(db, closed);
    const elsewhere = temporaryFolder();
    const place = { ...env, auditFolder: elsewhere };
    for (let n = 1; n <= 4; n += 1) note(id, 700);
    const stop = db.$client.prepare('select max(id) from events').pluck().get();
    expect(stop).toBe(4);
    for (let n = 5; n <= 30; n += 1) note(id, 690);
    await writeCheckpoint(db, place, NOW - 690 * DAY);
    rewriteHistory(db, () => db.$client.exec('delete from events where id > 4; update sqlite_sequence set seq = 4'));
    recordRestore(db, 'backup.db', NOW - 700 * DAY, NOW - 680 * DAY);
    for (let n = 6; n <= 32; n += 1) note(id, 20);
    keepFor(1);
    expect(await cleanUp()).toMatchObject({ events: 5 });
    expect(checkHistory(db, place)).toMatchObject({
      problems: [],
      notices: [expect.stringMatching(/^A backup was restored .*event 5 and later is lost/)],
    });
  });
});

test('the history, the person, `audit verify` and an evidence package say what was removed', async () => {
  db = openServicesDatabase();
  env = readEnv();
  claimDatabase(db, { mode: 'demo', tenantId: null }, NOW);
  const { id } = addPerson(db, closed);
  addRun(db, 'r1');
  for (const daysAgo of [700, 600, 500, 20, 10]) note(id, daysAgo);
  await writeCheckpoint(db, env, NOW);
  keepFor(1);
  expect(await cleanUp()).toMatchObject({ events: 3 });
  const until = NOW - 500 * DAY;
  expect(listHistory(admin, {}).removed).toEqual({ events: 3, until });
  expect(readPerson(admin, { id }).historyRemovedUntil).toBe(until);
  expect(readPerson(admin, { id: addPerson(db, { firstSeenAt: NOW }).id }).historyRemovedUntil).toBeNull();
  const said = await cli(['audit', 'verify'], { DATA_DIR: env.dataDir });
  expect(said.stdout).toContain(
    `Removed by retention: events 1 to 3, 3 in all, until ${new Date(until).toISOString()}, sealed on ${new Date(NOW).toISOString()}.\nWhole from event 4`,
  );
  expect([said.code, said.stderr]).toEqual([0, '']);
  const text = [...exportEvidence(admin, { personId: id }).pieces].join('');
  expect(text).toContain('Retention removed the events 1 to 3, 3 in all, until');
  const file = path.join(env.dataDir, 'package.html');
  writeFileSync(file, text);
  const [name = ''] = readdirSync(checkpointsFolder(env.dataDir));
  const args = [SCRIPT, file, auditVerifier(db, env.dataDir), path.join(checkpointsFolder(env.dataDir), name)];
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toMatch(
    /^2 events hold, .* checkpoint of event 5\.$/m,
  );
});
