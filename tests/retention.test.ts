import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { checks, drafts, dryLooks, events, intakeFiles, outbox, outcomes, people } from '#db/schema.ts';
import { type Env, readEnv } from '#lib/env.ts';
import { tidyDaily } from '#lib/retention.ts';
import { addOutcome, addPerson, addRun } from '#tests/services/world.ts';

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 23);
const OLD = NOW - 401 * DAY;
const YOUNG = NOW - 399 * DAY;
const never = new AbortController().signal;

let db: Db;
let env: Env;

beforeEach(() => {
  env = readEnv({ DATA_DIR: mkdtempSync(path.join(tmpdir(), 'retention-')) });
  db = openDatabase(env.databaseFile);
});

const tidy = (now = NOW, signal = never) => tidyDaily({ db, env }, signal, now);

test('old outcomes that changed nothing go, however many; those that changed something and the young ones stay', async () => {
  const { id: personId } = addPerson(db);
  const looks = 1200;
  const idle = { stateBefore: 'awaiting_seat', state: 'awaiting_seat' } as const;
  db.transaction(() => {
    for (let look = 0; look < looks; look++) {
      addRun(db, `old-${look}`);
      addOutcome(db, { runId: `old-${look}`, personId, at: OLD + look, ...idle });
    }
    for (const name of ['moved', 'written', 'young']) addRun(db, name);
    addOutcome(db, { runId: 'moved', personId, at: OLD, stateBefore: 'awaiting_seat', state: 'provisioned' });
    addOutcome(db, { runId: 'written', personId, at: OLD, ...idle, written: [{ what: 'usage location' }] });
    addOutcome(db, { runId: 'young', personId, at: YOUNG, ...idle });
  });
  expect(await tidy()).toMatchObject({ outcomes: looks });
  expect(
    db
      .select({ runId: outcomes.runId })
      .from(outcomes)
      .all()
      .map(({ runId }) => runId),
  ).toEqual(['moved', 'written', 'young']);
});

test('people, rows and events are kept, however old', async () => {
  const { id: personId } = addPerson(db, { firstSeenAt: OLD });
  db.insert(events).values({ at: OLD, actor: 'engine', kind: 'person.arrived', personId, message: 'Came.' }).run();
  await tidy();
  expect([db.select().from(people).all().length, db.select().from(events).all().length]).toEqual([1, 1]);
});

test('dry runs lose their findings after a week', async () => {
  for (const [id, finishedAt] of [
    ['old', NOW - 8 * DAY],
    ['young', NOW - 6 * DAY],
    ['working', null],
  ] as const) {
    addRun(db, id, { dryRun: true, finishedAt });
    const look = { userPrincipalName: 'a@b.example', displayName: 'A', employeeType: 'E', reason: 'r', message: 'm' };
    db.insert(dryLooks)
      .values({ runId: id, state: 'queued', licences: [], ...look })
      .run();
  }
  expect(await tidy()).toMatchObject({ dryLooks: 1 });
  expect(
    db
      .select()
      .from(dryLooks)
      .all()
      .map(({ runId }) => runId),
  ).toEqual(['young', 'working']);
});

test('uploads that were never taken in go after a month, with their file; a file that was taken in stays', async () => {
  const folder = path.join(env.dataDir, 'uploads');
  mkdirSync(folder, { recursive: true });
  const draft = { sha256: 'x', sizeBytes: 1, createdBy: 'Demo Operator', createdByKey: 'demo/operator' };
  for (const [id, status, age] of [
    ['left', 'open', 31],
    ['thrown-away', 'discarded', 31],
    ['taken', 'taken_in', 31],
    ['shared', 'discarded', 31],
    ['young', 'open', 29],
  ] as const) {
    const storedName = `${id}.csv`;
    writeFileSync(path.join(folder, storedName), 'CN');
    db.insert(drafts)
      .values({ id, name: storedName, storedName, createdAt: NOW - age * DAY, status, ...draft })
      .run();
  }
  db.insert(intakeFiles)
    .values({
      id: 'f',
      name: 'shared.csv',
      storedName: 'shared.csv',
      sha256: 'x',
      sizeBytes: 1,
      modifiedAt: OLD,
      receivedAt: OLD,
      source: 'upload',
      receivedFrom: 'Demo Operator',
      status: 'accepted',
    })
    .run();
  expect(await tidy()).toMatchObject({ drafts: 3 });
  expect(
    db
      .select()
      .from(drafts)
      .all()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['taken', 'young']);
  const left = ['left', 'thrown-away', 'taken', 'shared', 'young'].filter((id) =>
    existsSync(path.join(folder, `${id}.csv`)),
  );
  expect(left).toEqual(['taken', 'shared', 'young']);
});

test('old mails lose their text and keep what became of them; a mail that still waits keeps everything', async () => {
  const mail = {
    sender: 'a@b.example',
    recipients: ['c@d.example'],
    subject: 's',
    text: 't',
    html: 'h',
    attachmentName: 'run.log',
    attachmentText: 'log',
  };
  for (const [dedupeKey, status, createdAt] of [
    ['sent', 'sent', OLD],
    ['waiting', 'queued', OLD],
    ['young', 'sent', YOUNG],
  ] as const)
    db.insert(outbox)
      .values({ dedupeKey, status, createdAt, ...mail })
      .run();
  expect(await tidy()).toMatchObject({ mails: 1 });
  expect(db.select().from(outbox).all()).toMatchObject([
    { status: 'sent', subject: 's', recipients: ['c@d.example'], text: '', html: '', attachmentText: null },
    { text: 't', attachmentText: 'log' },
    { text: 't', attachmentText: 'log' },
  ]);
});

test('finished tests of the set-up go after a month', async () => {
  for (const [id, finishedAt] of [
    ['old', NOW - 31 * DAY],
    ['young', NOW - 29 * DAY],
    ['open', null],
  ] as const)
    db.insert(checks).values({ id, requestedAt: OLD, requestedBy: 'Demo Admin', finishedAt }).run();
  expect(await tidy()).toMatchObject({ checks: 1 });
  expect(
    db
      .select()
      .from(checks)
      .all()
      .map(({ id }) => id),
  ).toEqual(['young', 'open']);
});

test('once a day is enough, and what a stop cut short is done again', async () => {
  const stopped = new AbortController();
  stopped.abort();
  expect(await tidy(NOW, stopped.signal)).not.toBeNull();
  expect(await tidy(NOW)).not.toBeNull();
  expect(await tidy(NOW + DAY - 1)).toBeNull();
  expect(await tidy(NOW + DAY)).not.toBeNull();
});
