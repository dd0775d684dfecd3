import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { afterAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { foreignParts } from '#db/foreign-parts.ts';

const MIGRATIONS = path.join(import.meta.dirname, '..', '..', 'db', 'migrations');
const journal: { entries: { idx: number; tag: string; when: number }[] } = JSON.parse(
  readFileSync(path.join(MIGRATIONS, 'meta', '_journal.json'), 'utf8'),
);
const root = mkdtempSync(path.join(tmpdir(), 'migrations-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A database as the release with this newest migration left it, with somebody in every table that matters. */
function installation(newest: number): string {
  const folder = mkdtempSync(path.join(root, `to-${newest}-`));
  mkdirSync(path.join(folder, 'meta'), { recursive: true });
  const entries = journal.entries.filter(({ idx }) => idx <= newest);
  for (const { tag } of entries) cpSync(path.join(MIGRATIONS, `${tag}.sql`), path.join(folder, `${tag}.sql`));
  writeFileSync(path.join(folder, 'meta', '_journal.json'), JSON.stringify({ ...journal, entries }));
  const file = path.join(folder, 'autoprovision.db');
  const sqlite = new Sqlite(file);
  sqlite.pragma('foreign_keys = ON');
  migrate(drizzle(sqlite), { migrationsFolder: folder });
  fill(sqlite, newest);
  sqlite.close();
  return file;
}

const SAID = '[["mailbox_opening",{"licences":null}]]';

function fill(sqlite: Sqlite.Database, newest: number): void {
  const has = (table: string) => sqlite.prepare('select 1 from sqlite_master where name = ?').get(table) !== undefined;
  const [taken, next, last, looks, mailbox] =
    newest < 8
      ? ['taking_in', 'next_look_at', 'last_look_at', 'looks', 'mailbox_looks']
      : ['importing', 'next_check_at', 'last_check_at', 'checks', 'mailbox_checks'];
  sqlite.exec(`
    insert into intake_files (id, name, sha256, size_bytes, modified_at, received_at, source, received_from, status, rows, accepted)
      values ('f1', 'newcomers.csv', 'abc', 10, 1, 1, 'drop_folder', 'idm', '${taken}', 1, 1);
    insert into people (id, upn_key, user_principal_name, display_name, employee_type, employee_type_key, state, state_since,
      reason, message, first_seen_at, ${next}, ${last}, ${looks}, ${mailbox})
      values (1, 'zoe@contoso.example', 'Zoe@contoso.example', 'Zoe Zinnia', 'A', 'a', 'awaiting_mailbox', 2,
        'mailbox_opening', 'Waits.', 1, 77, 66, 5, 3);
    insert into intake_rows (file_id, line, raw, verdict, person_id) values ('f1', 2, 'Zoe Zinnia,Zoe@contoso.example,A', 'accepted', 1);
    insert into intake_rows (file_id, line, raw, verdict, problems)
      values ('f1', 3, 'Tom,tom@@contoso.example,A', 'rejected', '[{"column":"UserPrincipalName","message":"Wrong"}]');
    insert into intake_files (id, name, sha256, size_bytes, modified_at, received_at, source, received_from, status)
      values ('f2', 'broken.csv', 'def', 10, 1, 1, 'drop_folder', 'idm', '${taken}');
    update intake_files set status = 'rejected', problem = '{"line":1,"column":null,"message":"No header"}' where id = 'f2';
    insert into runs (id, trigger, status, requested_by, requested_at, ${newest < 8 ? 'look_at_all' : 'check_all'})
      values ('r1', 'schedule', 'completed', 'schedule', 1, 1);
    insert into outcomes (run_id, person_id, at, state_before, state, reason, message, duration_ms)
      values ('r1', 1, 2, 'queued', 'awaiting_mailbox', 'mailbox_opening', 'Waits.', 9);
    insert into events (at, actor, actor_key, kind, message, data)
      values (1, 'Demo Admin', 'k', 'settings.changed', 'Changed.', '{"name":"${newest < 8 ? 'attentionLookHours' : 'attentionCheckHours'}","before":6,"after":12}');
    insert into settings (key, value, updated_at, updated_by)
      values ('settings.${newest < 8 ? 'attentionLookHours' : 'attentionCheckHours'}', '12', 1, 'Demo Admin'),
        ('settings.licenseAccountsWithAddress', 'false', 1, 'Demo Admin');`);
  sqlite.exec(`update people set licensed_at = 5;
    insert into intents (run_id, person_id, kind, payload, created_at, settled_at, result)
      values ('r1', 1, 'licence', '{"addLicenses":[{"skuId":"s","skuPartNumber":"EXCHANGESTANDARD"}]}', 4, 5, 'applied'),
        ('r1', 1, 'licence', '{}', 3, 3, 'not_applied');`);
  if (newest >= 19) sqlite.exec(`update people set given_licences = '["EXCHANGESTANDARD"]'`);
  if (newest >= 28)
    sqlite.exec(`update runs set message = 'Stopped.', said = '["runStopped"]', warnings = '[{"message":"x"}]'`);
  if (newest >= 27) sqlite.exec(`update people set said = '${SAID}'; update outcomes set said = '${SAID}'`);
  if (has('unchanged_rows')) sqlite.exec("update people set last_file_id = 'f1'");
  if (has('removed_decisions'))
    sqlite.exec(
      "insert into removed_decisions (event_id, at, kind, actor_key, person_id) values (1, 1, 'person.edited', 'k', 1)",
    );
  if (has('sessions'))
    sqlite.exec(`insert into sessions (id, operator_key, name, email, signed_in_at, last_seen_at, address, user_agent)
      values ('s1', 'demo/admin', 'Demo Admin', 'admin@demo.example', 1, 1, '', '')`);
  if (has('saved_views'))
    sqlite.exec(`insert into saved_views (id, operator_key, name, href, created_at)
      values ('v1', 'demo/admin', 'Held', '/people?state=held', 1)`);
  if (has('idle_looks'))
    sqlite.exec(`insert into runs (id, trigger, status, requested_by, requested_at) values ('r2', 'watch', 'completed', 'schedule', 3);
      insert into idle_looks (run_id, at, state, reason, message, people, person_ids)
        values ('r2', 4, 'awaiting_mailbox', 'mailbox_opening', 'Waits.', 1, '[1]');`);
  if (has('drafts'))
    sqlite.exec(
      `insert into drafts (id, name, stored_name, sha256, size_bytes, created_at, created_by, created_by_key, status)
      values ('d1', 'u.csv', 'u', 'x', 1, 1, 'Demo Operator', 'k', '${newest < 8 ? 'taken_in' : 'imported'}');
      insert into checks (id, requested_at, requested_by) values ('c1', 1, 'Demo Admin');
      insert into dry_looks (run_id, person_id, user_principal_name, display_name, employee_type, state, reason, message, licences)
        values ('r1', 1, 'Zoe@contoso.example', 'Zoe Zinnia', 'A', 'queued', 'would_license', 'Would.', '[]');`.replace(
        newest < 8 ? /$^/ : /\bchecks\b|\bdry_looks\b/g,
        (name) => (name === 'checks' ? 'setup_checks' : 'dry_run_outcomes'),
      ),
    );
}

/** Tables with their columns, indexes with theirs, triggers and views: what queries rely on. */
function shapeOf(sqlite: Sqlite.Database): Record<string, unknown> {
  const things = sqlite
    .prepare<[], { type: string; name: string }>(
      "select type, name from sqlite_master where name not like 'sqlite_%' and name not like '__drizzle%' order by 1, 2",
    )
    .all();
  return Object.fromEntries(
    things.map(({ type, name }) => [
      `${type} ${name}`,
      type === 'table' ? columnsOf(sqlite, name) : sqlite.pragma(`index_xinfo('${name}')`),
    ]),
  );
}

function columnsOf(sqlite: Sqlite.Database, table: string): unknown[] {
  const columns = sqlite.prepare(`select name, type, "notnull", pk from pragma_table_xinfo(?)`).all(table);
  return columns.map((column) => JSON.stringify(column)).sort();
}

describe.each(journal.entries)('an installation as $tag left it', ({ idx, when }) => {
  const file = installation(idx);
  const db = openDatabase(file);
  const sqlite = db.$client;

  test('has the same tables, columns, indexes, triggers and views as a new one', () => {
    const fresh = openDatabase(':memory:');
    const names = (shape: Record<string, unknown>) => Object.keys(shape);
    const [old, wanted] = [shapeOf(sqlite), shapeOf(fresh.$client)];
    expect(names(old)).toEqual(names(wanted));
    for (const name of names(wanted).filter((one) => one.startsWith('table'))) expect(old[name]).toEqual(wanted[name]);
  });

  test('has its whole history in the chain', () => {
    const hashes = sqlite.prepare<[], string | null>('select hash from events').pluck().all();
    expect(hashes).toEqual(hashes.map(() => expect.stringMatching(/^[\w+/]{43}=$/)));
    expect(hashes.length).toBeGreaterThan(0);
    expect(sqlite.prepare('select * from removed_events').all()).toEqual([]);
    expect(() => sqlite.exec('delete from events')).toThrow('events are append-only');
  });

  test('takes no licence for ours that was perhaps never sent', () => {
    const results = sqlite.prepare('select result from intents order by id').pluck().all();
    expect(results).toEqual(['applied', idx < 25 ? 'not_sent' : 'not_applied']);
  });

  test('has no trigger and no view but ours', () => {
    expect(foreignParts(sqlite)).toEqual([]);
  });

  test('was copied before it was changed', () => {
    const folder = path.join(path.dirname(file), 'backups');
    if (idx === journal.entries.at(-1)?.idx) return expect(existsSync(folder)).toBe(false);
    const copies = readdirSync(folder);
    expect(copies).toEqual([`before-update-${when}.db`]);
    const copy = new Sqlite(path.join(folder, copies[0] ?? ''), { readonly: true });
    expect(copy.prepare('select count(*) as n from __drizzle_migrations').get()).toEqual({ n: idx + 1 });
    copy.close();
  });

  test('keeps everybody, with what was known about them', () => {
    expect(sqlite.prepare('select * from people').all()).toMatchObject([
      {
        user_principal_name: 'Zoe@contoso.example',
        state: 'awaiting_mailbox',
        next_check_at: 77,
        last_check_at: 66,
        checks: 5,
        mailbox_checks: 3,
        last_file_id: 'f1',
        given_licences: '["EXCHANGESTANDARD"]',
        said: idx < 27 ? null : SAID,
      },
    ]);
    expect(sqlite.prepare('select said from outcomes').pluck().all()).toEqual([idx < 27 ? null : SAID]);
    expect(sqlite.prepare("select said from runs where id = 'r1'").pluck().all()).toEqual([
      idx < 28 ? null : '["runStopped"]',
    ]);
    expect(sqlite.prepare('select status from intake_files').pluck().all()).toEqual(['importing', 'rejected']);
    expect(sqlite.prepare('select person_id, raw from intake_rows').raw().all()).toEqual([
      [1, 'Zoe Zinnia,Zoe@contoso.example,A'],
      [null, 'Tom,tom@@contoso.example,A'],
    ]);
    expect(
      sqlite.prepare('select file_id, row_id is null, status, problems from row_cases order by file_id').raw().all(),
    ).toEqual([
      ['f1', 0, 'open', '[{"column":"UserPrincipalName","message":"Wrong"}]'],
      ['f2', 1, 'open', null],
    ]);
    expect(sqlite.prepare("select check_all from runs where id = 'r1'").pluck().get()).toBe(1);
    sqlite.exec(
      "insert into runs (id, trigger, status, requested_by, requested_at) values ('r3', 'watch', 'completed', 'schedule', 9)",
    );
    const runs = sqlite.prepare<[], string>('select id from runs order by number').pluck().all();
    expect(runs).toEqual(['r1', 'r2', 'r3'].filter((id) => runs.includes(id)));
    expect(sqlite.prepare('select number from runs order by number').pluck().all()).toEqual(
      runs.map((_, at) => at + 1),
    );
    expect(sqlite.prepare("select value from settings where key = 'settings.attentionCheckHours'").pluck().get()).toBe(
      '12',
    );
    expect(
      sqlite.prepare("select data ->> '$.name' from events where kind = 'settings.changed'").pluck().all(),
    ).toEqual(['attentionCheckHours']);
  });

  test('finds everybody by UserPrincipalName and name, and takes nobody twice', () => {
    expect(sqlite.prepare('select * from upns_in_order').raw().all()).toEqual([['zoe@contoso.example', 1]]);
    expect(sqlite.prepare('select * from names_in_order').raw().all()).toEqual([['Zoe Zinnia', 1]]);
    const again = `insert into people (upn_key, user_principal_name, display_name, employee_type, employee_type_key, state,
      state_since, reason, message, first_seen_at) select upn_key, 'Z', 'Z', 'A', 'a', state, 2, reason, '', 1 from people`;
    expect(() => sqlite.exec(again)).toThrow('UNIQUE constraint failed: people.upn_key');
  });

  test('counts people, files and runs on, and is sound', () => {
    sqlite.exec("update people set state = 'provisioned', reason = 'mailbox_open' where id = 1");
    expect(sqlite.prepare('select state, people from people_counts where people > 0').raw().all()).toEqual([
      ['provisioned', 1],
    ]);
    expect(
      sqlite.prepare("select state, people from file_counts where file_id = 'f1' and people > 0").raw().all(),
    ).toEqual([['provisioned', 1]]);
    sqlite.exec(
      "insert into unchanged_outcomes (run_id, at, state, reason, message, people, person_ids) values ('r1', 5, 'provisioned', 'x', 'y', 1, '[1]')",
    );
    expect(
      sqlite.prepare("select outcomes, unchanged from run_counts where run_id = 'r1' order by state").raw().all(),
    ).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(sqlite.pragma('foreign_key_check')).toEqual([]);
  });
});

test('what an upload, a test of the set-up, a dry run and an unchanged check left behind is still there', () => {
  const { $client: sqlite } = openDatabase(installation(7));
  expect(sqlite.prepare('select status from drafts').pluck().all()).toEqual(['imported']);
  expect(sqlite.prepare('select id from setup_checks').pluck().all()).toEqual(['c1']);
  expect(sqlite.prepare('select reason from dry_run_outcomes').pluck().all()).toEqual(['would_license']);
  expect(sqlite.prepare("select person_id from run_outcomes where run_id = 'r2'").pluck().all()).toEqual([1]);
  expect(sqlite.prepare("select state, unchanged from run_counts where run_id = 'r2'").raw().all()).toEqual([
    ['awaiting_mailbox', 1],
  ]);
});

test('an answer about accounts with an address stays; where nobody gave one, the history says that they are licensed from now on', () => {
  const told = (file: string) => {
    const { $client: sqlite } = openDatabase(file);
    const events =
      "select data ->> '$.name' from events where kind = 'settings.changed' and actor = 'engine' order by id";
    const saved = "select value from settings where key = 'settings.licenseAccountsWithAddress'";
    return { events: sqlite.prepare(events).pluck().all(), saved: sqlite.prepare(saved).pluck().get() };
  };
  expect(told(installation(9))).toEqual({ events: [], saved: 'false' });
  const undecided = installation(9);
  const before = new Sqlite(undecided);
  before.exec(`delete from settings where key = 'settings.licenseAccountsWithAddress';
    update people set state = 'needs_attention', reason = 'account_disabled'`);
  before.close();
  expect(told(undecided)).toEqual({ events: ['licenseAccountsWithAddress', 'waitUntilEnabled'], saved: undefined });
});

test('an update compares EmployeeTypes with wide letters as files have them, and leaves two mappings for one type alone', () => {
  const before = journal.entries.find(({ tag }) => tag === '0029_left_accounts')?.idx ?? -1;
  const file = installation(before);
  const old = new Sqlite(file);
  old.function('search_words', () => '');
  const add =
    old.prepare(`insert into mappings (employee_type, employee_type_key, version, licences, created_at, created_by, retired_at)
    values (?, lower(?), ?, '[]', 1, 'a', ?)`);
  for (const [type, version, retiredAt] of [
    ['ｓ２', 1, 5],
    ['ｓ２', 2, null],
    ['t1', 1, null],
    ['ｔ１', 1, null],
    ['社員（a）', 1, null],
  ] as const)
    add.run(type, type, version, retiredAt);
  old.exec("update people set employee_type = 'ｓ\u3000２', employee_type_key = 'ｓ\u3000２'");
  old.close();
  const { $client } = openDatabase(file);
  const keys = $client.prepare('select employee_type_key, version from mappings order by id').raw().all();
  expect(keys).toEqual([
    ['s2', 1],
    ['s2', 2],
    ['t1', 1],
    ['ｔ１', 1],
    ['社員(a)', 1],
  ]);
  expect($client.prepare('select employee_type_key from people').pluck().all()).toEqual(['s 2']);
  expect($client.prepare('select employee_type_key, people from people_counts where people > 0').raw().all()).toEqual([
    ['s 2', 1],
  ]);
  $client.close();
});
