import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { drafts } from '#db/schema/drafts.ts';
import { events } from '#db/schema/events.ts';
import { intakeFiles } from '#db/schema/files.ts';
import { outbox } from '#db/schema/mail.ts';
import { dryRunOutcomes, intents, outcomes, unchangedOutcomes } from '#db/schema/outcomes.ts';
import { diagnoses, people } from '#db/schema/people.ts';
import { runs } from '#db/schema/runs.ts';
import { setupChecks } from '#db/schema/system.ts';
import { recordOutcomes } from '#db/store/outcomes/outcomes.ts';
import { readPeople } from '#db/store/people/people.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { cleanUpDaily } from '#lib/engine/retention.ts';
import { type Env, readEnv } from '#lib/env.ts';
import { addFile, addOutcome, addPerson, addRun } from '#tests/support/services-world.ts';

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

const tidy = (now = NOW, signal = never) => cleanUpDaily({ db, env }, signal, now);

test('old outcomes that changed nothing go, however many; those that changed something and the young ones stay', async () => {
  const { id: personId } = addPerson(db);
  const count = 1200;
  const idle = { stateBefore: 'awaiting_seat', state: 'awaiting_seat' } as const;
  db.transaction(() => {
    for (let n = 0; n < count; n++) {
      addRun(db, `old-${n}`);
      addOutcome(db, { runId: `old-${n}`, personId, at: OLD + n, ...idle });
    }
    for (const name of ['moved', 'written', 'young']) addRun(db, name);
    addOutcome(db, { runId: 'moved', personId, at: OLD, stateBefore: 'awaiting_seat', state: 'provisioned' });
    addOutcome(db, { runId: 'written', personId, at: OLD, ...idle, written: [{ what: 'usage location' }] });
    addOutcome(db, { runId: 'young', personId, at: YOUNG, ...idle });
  });
  expect(await tidy()).toMatchObject({ outcomes: count });
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
    const outcome = {
      userPrincipalName: 'a@b.example',
      displayName: 'A',
      employeeType: 'E',
      reason: 'r',
      message: 'm',
    };
    db.insert(dryRunOutcomes)
      .values({ runId: id, state: 'queued', licences: [], ...outcome })
      .run();
  }
  expect(await tidy()).toMatchObject({ dryRunOutcomes: 1 });
  expect(
    db
      .select()
      .from(dryRunOutcomes)
      .all()
      .map(({ runId }) => runId),
  ).toEqual(['young', 'working']);
});

test('uploads that were never imported are deleted after a month, with their file; an imported file stays', async () => {
  const folder = path.join(env.dataDir, 'uploads');
  mkdirSync(folder, { recursive: true });
  const draft = { sha256: 'x', sizeBytes: 1, createdBy: 'Demo Operator', createdByKey: 'demo/operator' };
  for (const [id, status, age] of [
    ['left', 'open', 31],
    ['thrown-away', 'discarded', 31],
    ['taken', 'imported', 31],
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

test('what was read to find a cause goes after a month', async () => {
  for (const [upnKey, requestedAt] of [
    ['old@contoso.example', NOW - 31 * DAY],
    ['young@contoso.example', NOW - 29 * DAY],
  ] as const)
    db.insert(diagnoses)
      .values({ upnKey, userPrincipalName: upnKey, requestedAt, requestedBy: 'Demo Operator', isUrgent: true })
      .run();
  expect(await tidy()).toMatchObject({ diagnoses: 1 });
  expect(db.select().from(diagnoses).all()).toMatchObject([{ upnKey: 'young@contoso.example' }]);
});

test('finished tests of the set-up go after a month', async () => {
  for (const [id, finishedAt] of [
    ['old', NOW - 31 * DAY],
    ['young', NOW - 29 * DAY],
    ['open', null],
  ] as const)
    db.insert(setupChecks).values({ id, requestedAt: OLD, requestedBy: 'Demo Admin', finishedAt }).run();
  expect(await tidy()).toMatchObject({ checks: 1 });
  expect(
    db
      .select()
      .from(setupChecks)
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

test('requests of an old check are deleted; what it changed stays', async () => {
  const { id: personId } = addPerson(db);
  addRun(db, 'r');
  const written = [{ what: 'licence', from: null, to: 'Plan 1', why: 'mapping E' }];
  addOutcome(db, { runId: 'r', personId, at: OLD, written, calls: [{ call: 'POST /users/a/assignLicense' }] });
  expect(await tidy()).toMatchObject({ outcomes: 1 });
  expect(db.select().from(outcomes).all()).toMatchObject([{ written, calls: null }]);
});

test('old checks that found people as before are deleted, and so are intents whose end is known', async () => {
  const { id: personId } = addPerson(db);
  addRun(db, 'r');
  const outcome = { runId: 'r', state: 'awaiting_sync', reason: 'not_synchronised', message: 'm', people: 1 } as const;
  const intent = { runId: 'r', personId, kind: 'licence', payload: {} } as const;
  for (const at of [...Array.from({ length: 120 }, () => OLD), YOUNG])
    db.insert(unchangedOutcomes)
      .values({ ...outcome, at, personIds: `[${personId}]` })
      .run();
  for (const [createdAt, settledAt] of [
    [OLD, OLD + 1],
    [OLD, null],
    [YOUNG, YOUNG + 1],
  ] as const)
    db.insert(intents)
      .values({ ...intent, createdAt, settledAt })
      .run();
  expect(await tidy()).toMatchObject({ unchangedOutcomes: 120, intents: 1 });
  expect(db.select().from(unchangedOutcomes).all()).toMatchObject([{ at: YOUNG }]);
  expect(db.select().from(intents).all()).toMatchObject([{ settledAt: null }, { createdAt: YOUNG }]);
});

const runIds = () =>
  db
    .select({ id: runs.id })
    .from(runs)
    .all()
    .map(({ id }) => id)
    .toSorted();

test('cycles that found nothing to do are thinned after a week to one a day, and go when they are old', async () => {
  const { id: personId } = addPerson(db);
  const idle = { counts: {}, finishedAt: NOW } as const;
  const weekAgo = NOW - 8 * DAY;
  for (let hour = 0; hour < 24; hour++)
    addRun(db, `hour-${hour}`, { ...idle, requestedAt: weekAgo + hour * 3_600_000 });
  addRun(db, 'fresh', { ...idle, requestedAt: NOW - DAY });
  const at = { ...idle, requestedAt: weekAgo + 60_000 };
  addRun(db, 'warned', { ...at, warnings: ['a file could not be moved'] });
  addRun(db, 'failed', { ...at, status: 'failed', reason: 'unexpected' });
  addRun(db, 'by an operator', { ...at, trigger: 'operator' });
  addRun(db, 'looked', { ...at, counts: { awaiting_sync: 1 } });
  addFile(db, { runId: 'hour-3' }, [personId]);
  expect(await tidy()).toMatchObject({ runs: 22 });
  expect(runIds()).toEqual(['by an operator', 'failed', 'fresh', 'hour-0', 'hour-3', 'looked', 'warned']);
  addOutcome(db, { runId: 'looked', personId, at: weekAgo });
  await tidy(NOW + 400 * DAY);
  expect(runIds()).toEqual(['by an operator', 'fresh', 'hour-3', 'looked']);
});

test('the database stops growing once what comes in equals what is deleted', async () => {
  saveSettings(db, env, { retentionDays: 7 }, { name: 'test', key: 'test' }, 0);
  const standing = { state: 'awaiting_sync', reason: 'not_synchronised', message: 'Not there yet.' } as const;
  const ids = Array.from({ length: 300 }, () => addPerson(db, standing).id);
  const verdict = { ...standing, nextCheckAt: 0 };
  const facts = { verdict, accountId: null, mappingId: null, licenceVerified: false, mailboxTouched: false };
  const rest = { heldPlan: null, planned: null, written: [], calls: [], intentResult: null, durationMs: 1 };
  const pages: number[] = [];
  for (let day = 0; day < 40; day++) {
    for (let cycle = 0; cycle < 24; cycle++) {
      const at = OLD + day * DAY + cycle * 3_600_000;
      const looksAt = cycle % 2 === 0;
      addRun(db, `${day}-${cycle}`, { requestedAt: at, finishedAt: at, counts: looksAt ? { awaiting_sync: 300 } : {} });
      const found = looksAt ? readPeople(db, ids).map((person) => ({ person, ...facts, ...rest })) : [];
      db.transaction(() => recordOutcomes(db, `${day}-${cycle}`, found, at));
    }
    await tidy(OLD + (day + 1) * DAY);
    pages.push(Number(db.$client.pragma('page_count', { simple: true })));
  }
  expect(pages[39]).toBeLessThanOrEqual((pages[12] ?? 0) + 1);
  expect(pages[12]).toBeGreaterThan((pages[0] ?? 0) + 10);
});
