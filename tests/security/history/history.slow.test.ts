import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { chainEvents } from '#db/store/events/event-chain.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { recordRestore } from '#db/store/system/backups.ts';
import { checkHistory } from '#lib/audit/check-history.ts';
import { checkpointsFolder, writeCheckpoint } from '#lib/audit/checkpoints.ts';
import { removeOldest } from '#lib/audit/removal.ts';
import { cli, temporaryFolder } from '#tests/support/processes.ts';
import { rewriteHistory } from '#tests/support/rewrite-history.ts';

const EVENTS = 48;
const EVERY = 8;
/** So many of the oldest does retention remove. */
const REMOVED = 12;

const folders = () => ({ dataDir: temporaryFolder(), auditFolder: temporaryFolder() });

function record(db: Db, n: number): void {
  const actor = n % 3 === 0 ? { name: 'engine', key: null } : { name: `Operator ${n}`, key: `tenant/${n}` };
  const change = { name: 'paused', before: n, after: n + 1 };
  recordEvent(db, { kind: 'settings.changed', at: n * 1000, actor, message: `Change ${n}.`, data: change });
}

/** A history with a checkpoint after every eighth event. */
async function history(place: { dataDir: string; auditFolder: string | null }, file = ':memory:'): Promise<Db> {
  const db = openDatabase(file);
  for (let n = 1; n <= EVENTS; n += 1) {
    record(db, n);
    if (n % EVERY === 0) await writeCheckpoint(db, place, n * 1000);
  }
  return db;
}

const TEXTS = ['actor', 'actor_key', 'kind', 'run_id', 'from_state', 'to_state', 'reason', 'message', 'data'];

interface Tampering {
  kind: 'change' | 'delete' | 'insert' | 'swap' | 'truncate' | 'roll back' | 'summary';
  /** Of a history whose beginning retention has removed. */
  isShortened: boolean;
  /** The first event that is no longer what it was. */
  at: number;
  other: number;
  column: string;
  value: string;
  /** The attacker computes all hashes anew from there on. */
  isChainedAnew: boolean;
}

const tamperings = fc
  .record<Tampering>({
    kind: fc.constantFrom('change', 'delete', 'insert', 'swap', 'truncate', 'roll back', 'summary'),
    isShortened: fc.boolean(),
    at: fc.integer({ min: 1, max: EVENTS - 1 }),
    other: fc.integer({ min: 1, max: EVENTS }),
    column: fc.constantFrom(...TEXTS, 'at', 'person_id', 'hash'),
    value: fc.string({ minLength: 1 }),
    isChainedAnew: fc.boolean(),
  })
  // A hash that is computed anew is what it was.
  .filter(({ kind, column, isChainedAnew }) => !(kind === 'change' && column === 'hash' && isChainedAnew))
  .filter(({ kind, isShortened }) => kind !== 'summary' || isShortened)
  // What was removed can be changed no more.
  .map((one) => (one.isShortened && one.at <= REMOVED ? { ...one, at: one.at + REMOVED } : one));

/** What somebody does to the summary of removed events, and to events so that it seems to cover them. */
const SUMMARY_TAMPERINGS = [
  (run) => run('delete from removed_events'),
  (run, { other }) => run('update removed_events set hash = ? where id = 8', `${other}${'A'.repeat(40)}=`),
  (run, { other }) =>
    run('update removed_events set summary = replace(summary, \'"events":12\', ?)', `"events":${12 + other}`),
  (run) => run('update removed_events set summary = null'),
  (run) => run('delete from removed_events where id = 8'),
  // An event where there was one, and one that no walk from the beginning comes to.
  (run, { other, value }) => {
    const id = other % 2 === 0 ? -other : 1 + (other % REMOVED);
    run(`insert into events (id, at, actor, kind, message) values (?, 1, 'engine', 'mail.tested', ?)`, id, value);
  },
  // More than it covers.
  (run, { at }) => run('delete from events where id <= ?', at),
  (run, { at }) => {
    run(
      'insert into removed_events (id, hash, summary) select id, hash, (select max(summary) from removed_events) from events where id = ?',
      at,
    );
    run('delete from events where id <= ?', at);
  },
] satisfies ((run: (text: string, ...values: unknown[]) => void, tampering: Tampering) => void)[];

const WHAT = 'at, actor, actor_key, kind, person_id, run_id, from_state, to_state, reason, message, data';

/** Does it to the events; the triggers are gone already. */
function tamper({ $client: sql }: Db, tampering: Tampering): void {
  const { kind, at, other, column, value, isChainedAnew } = tampering;
  const run = (text: string, ...values: unknown[]) => void sql.prepare(text).run(...values);
  const later = at < other ? other : at + 1;
  if (kind === 'summary') SUMMARY_TAMPERINGS[tampering.other % SUMMARY_TAMPERINGS.length]?.(run, tampering);
  if (kind === 'change') {
    const isNumber = column === 'at' || column === 'person_id';
    run(`update events set ${column} = ? where id = ?`, isNumber ? -1 - other : `${value} forged`, at);
  }
  if (kind === 'delete') run('delete from events where id = ?', at);
  if (kind === 'insert') {
    run('update events set id = -1 - id where id >= ?', at);
    run('update events set id = -id where id < 0');
    run(`insert into events (id, at, actor, kind, message) values (?, 1, 'engine', 'settings.changed', ?)`, at, value);
  }
  if (kind === 'swap') {
    run(`insert into events (id, ${WHAT}, hash) select 0, ${WHAT}, hash from events where id = ?`, at);
    for (const [to, from] of [
      [at, later],
      [later, 0],
    ] as const)
      run(
        `update events set (${WHAT}, hash) = (select ${WHAT}, hash from events f where f.id = ?) where id = ?`,
        from,
        to,
      );
    run('delete from events where id = 0');
  }
  if (kind === 'truncate' || kind === 'roll back') run('delete from events where id > ?', at);
  if (kind === 'roll back') run("update sqlite_sequence set seq = ? where name = 'events'", at);
  if (isChainedAnew) {
    run('update events set hash = null where id >= ?', at);
    chainEvents(sql);
  }
}

function problemsAfter(db: Db, place: { dataDir: string; auditFolder: string | null }, tampering: Tampering) {
  db.$client.exec('begin');
  try {
    tamper(db, tampering);
    return checkHistory(db, place).problems;
  } finally {
    db.$client.exec('rollback');
  }
}

/** The history, with its beginning removed and a checkpoint after that. */
async function shortenedHistory(place: { dataDir: string; auditFolder: string | null }): Promise<Db> {
  const db = await history(place);
  db.transaction((tx) => removeOldest(tx, place.dataDir, (REMOVED + 1) * 1000, EVENTS, Date.now()));
  return db;
}

test('each of 1,000 random tamperings is found, by somebody who drops the triggers and may compute every hash anew', async () => {
  const place = { ...folders(), auditFolder: null };
  const shortened = { ...folders(), auditFolder: null };
  const db = await history(place);
  const short = await shortenedHistory(shortened);
  expect(checkHistory(db, place)).toMatchObject({ problems: [], notices: [], chain: { events: EVENTS } });
  const rest = { removed: { from: 1, to: REMOVED, events: REMOVED }, chain: { events: EVENTS - REMOVED } };
  expect(checkHistory(short, shortened)).toMatchObject({ problems: [], notices: [], ...rest });
  const found: Record<string, number> = {};
  for (const { $client } of [db, short]) $client.pragma('foreign_keys = OFF');
  const attack = () =>
    fc.assert(
      fc.property(tamperings, (tampering) => {
        const isShort = tampering.isShortened;
        const problems = isShort ? problemsAfter(short, shortened, tampering) : problemsAfter(db, place, tampering);
        expect(problems).not.toEqual([]);
        found[tampering.kind] = (found[tampering.kind] ?? 0) + 1;
        const [first] = problems;
        if (tampering.kind === 'summary') return;
        const isAtEnd = tampering.kind === 'truncate' || tampering.kind === 'roll back';
        if (!tampering.isChainedAnew && !isAtEnd && tampering.kind !== 'delete')
          expect(first?.eventId).toBe(tampering.at);
        if (!tampering.isChainedAnew && tampering.kind === 'delete') expect(first?.eventId).toBe(tampering.at + 1);
        // The hashes fit again: the checkpoints tell between which two of them it was.
        const beginning = Math.max(Math.floor((tampering.at - 1) / EVERY) * EVERY, isShort ? REMOVED : 0);
        if (tampering.isChainedAnew && !isAtEnd) expect(first?.eventId).toBe(beginning + 1);
      }),
      { numRuns: 1000, seed: 10 },
    );
  rewriteHistory(db, () => rewriteHistory(short, attack));
  expect(checkHistory(db, place).problems).toEqual([]);
  expect(checkHistory(short, shortened).problems).toEqual([]);
  expect(Object.values(found).reduce((sum, n) => sum + n, 0)).toBe(1000);
  expect(Object.keys(found)).toHaveLength(7);
  for (const [kind, n] of Object.entries(found)) expect(n).toBeGreaterThan(kind === 'summary' ? 60 : 100);
});

describe('whoever holds the machine, with its key,', () => {
  test('cannot change what a folder elsewhere has of it', async () => {
    const place = folders();
    const db = await history(place);
    rewriteHistory(db, () =>
      tamper(db, {
        kind: 'change',
        isShortened: false,
        at: 11,
        other: 1,
        column: 'message',
        value: 'x',
        isChainedAnew: true,
      }),
    );
    rmSync(checkpointsFolder(place.dataDir), { recursive: true });
    record(db, 49);
    await writeCheckpoint(db, { ...place, auditFolder: null }, 49_000);
    expect(checkHistory(db, { ...place, auditFolder: null }).problems).toEqual([]);
    expect(checkHistory(db, place).problems).toMatchObject([
      { eventId: 9, message: expect.stringContaining('written anew between event 9 and event 16') },
    ]);
  });

  test('cannot put a checkpoint of another key beside it', async () => {
    const [place, other] = [folders(), folders()];
    const db = await history(place);
    await history(other);
    cpSync(other.auditFolder, place.auditFolder, { recursive: true });
    expect(checkHistory(db, place).problems).toContainEqual({
      eventId: null,
      message: expect.stringContaining('something that this installation did not sign'),
    });
  });
});

test('a restored backup is told, not taken for an attack', async () => {
  const place = folders();
  const db = await history(place);
  rewriteHistory(db, () =>
    tamper(db, {
      kind: 'roll back',
      isShortened: false,
      at: 30,
      other: 1,
      column: 'at',
      value: 'x',
      isChainedAnew: false,
    }),
  );
  expect(checkHistory(db, place).problems).not.toEqual([]);
  recordRestore(db, 'backup.db', 30_000, 60_000);
  expect(checkHistory(db, place)).toMatchObject({
    problems: [],
    notices: [expect.stringMatching(/^A backup was restored .*event 31 and later is lost/)],
  });
});

test('a folder elsewhere that is away is told and written to again later; it is never made', async () => {
  const place = folders();
  const away = path.join(place.auditFolder, 'share');
  const db = await history({ ...place, auditFolder: away });
  expect(readdirSync(place.auditFolder)).toEqual([]);
  expect(checkHistory(db, { ...place, auditFolder: away }).problems).toMatchObject([
    { message: expect.stringContaining('ENOENT') },
  ]);
  mkdirSync(away);
  await writeCheckpoint(db, { ...place, auditFolder: away }, 49_000);
  expect(checkHistory(db, { ...place, auditFolder: away })).toMatchObject({
    problems: [],
    checkpoints: [{ count: 6 }, { count: 1 }],
  });
});

test('two who record at once make one chain, also where one takes back what it did', () => {
  const place = { ...folders(), auditFolder: null };
  const file = path.join(place.dataDir, 'autoprovision.db');
  const [one, other] = [openDatabase(file), openDatabase(file)];
  for (let n = 1; n <= 20; n += 1) {
    record(n % 2 === 0 ? one : other, n);
    const takenBack = () =>
      one.transaction((tx) => {
        recordEvent(tx, { kind: 'mail.tested', at: n, actor: { name: 'Ann', key: 'k' }, message: 'Taken back.' });
        throw new Error('taken back');
      });
    expect(takenBack).toThrow('taken back');
  }
  expect(checkHistory(other, place)).toMatchObject({ problems: [], chain: { events: 20, to: { id: 20 } } });
});

test('any text that an event can hold stays whole', () => {
  const place = { ...folders(), auditFolder: null };
  const db = openDatabase(':memory:');
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.nat(0xffff).map((c) => String.fromCharCode(c)) }),
      fc.jsonValue(),
      (name, message, value) => {
        recordEvent(db, {
          kind: 'settings.changed',
          at: 1,
          actor: { name, key: null },
          message,
          data: { name, before: null, after: value },
        });
      },
    ),
    { numRuns: 100 },
  );
  expect(checkHistory(db, place).problems).toEqual([]);
});

test('`audit verify` says how far all is whole, and ends with 1 where it is not; the key is readable by the service alone', async () => {
  const place = folders();
  const env = { DATA_DIR: place.dataDir, AUDIT_FOLDER: place.auditFolder };
  const file = path.join(place.dataDir, 'autoprovision.db');
  const db = await history(place, file);
  const whole = await cli(['audit', 'verify', '--json'], env);
  expect([whole.code, whole.stderr]).toEqual([0, '']);
  expect(JSON.parse(whole.stdout)).toEqual({
    key: expect.stringMatching(/^autoprovision\/demo\+[0-9a-f]{8}\+[\w+/]{44}$/),
    isWhole: true,
    removed: null,
    events: EVENTS,
    from: { eventId: 1, at: '1970-01-01T00:00:01.000Z' },
    to: { eventId: EVENTS, at: '1970-01-01T00:00:48.000Z' },
    checkpoints: [checkpointsFolder(place.dataDir), place.auditFolder].map((folder) => ({
      folder,
      count: 6,
      newest: { eventId: EVENTS, at: '1970-01-01T00:00:48.000Z' },
    })),
    problems: [],
    notices: [],
  });
  expect((statSync(path.join(place.dataDir, 'audit.key')).mode & 0o777).toString(8)).toBe('600');
  rewriteHistory(db, () => db.$client.exec("update events set message = 'Nothing happened.' where id = 20"));
  const broken = await cli(['audit', 'verify'], env);
  expect(broken.code).toBe(1);
  expect(broken.stderr).toBe('Event 20 was changed, or put in the place of another.\n');
  expect(broken.stdout).toContain(
    'Whole from event 1 (1970-01-01T00:00:01.000Z) to event 19 (1970-01-01T00:00:19.000Z): 19 events.',
  );
});
