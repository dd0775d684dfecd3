/** A database with very many made-up people, for benchmarks and for tests of speed's causes: rows read, indexes used. */
import type { Db } from '#db/client.ts';
import { seedMappings } from '#db/store/mappings/mappings.ts';
import { storedSaid, type Told, tell } from '#lib/domain/reasons/said.ts';

const FIRST = ['Ada', 'Bruno', 'Chloé', 'Dilan', 'Eva', 'Farid', 'Grace', 'Hugo', 'Ines', 'Jörg', 'Kira', 'Liam'];
const LAST = ['Ahorn', 'Birke', 'Cedar', 'Dogwood', 'Elder', 'Fichte', 'Ginkgo', 'Holly', 'Ivy', 'Juniper'];

export const nameOf = (n: number) => `${FIRST[n % FIRST.length]} ${LAST[Math.floor(n / 7) % LAST.length]} ${n}`;
export const upnOf = (n: number) => `person${n}@contoso.example`;
export const fileOf = (n: number) => `file-${String(Math.floor((n - 1) / PER_FILE)).padStart(6, '0')}`;
export const runOf = (n: number, round = 0) =>
  `run-${String(Math.floor((n - 1) / PER_FILE)).padStart(6, '0')}-${round}`;

const PER_FILE = 1000;
const DAY_MS = 24 * 3_600_000;
/** Everybody arrived in this time, evenly. */
const SPAN_MS = 3 * 365 * DAY_MS;

/** Those who are done, and the few old cases that nobody closed; of 1,000. */
const OLD = [
  ['provisioned', 'provisioned', 920],
  ['already_provisioned', 'mailbox_open_licensed', 55],
  ['dismissed', 'dismissed', 23],
  ['needs_attention', 'account_disabled', 1],
  ['needs_attention', 'type_unmapped', 1],
] as const;

/** The newest three of a hundred: more than half of them are open. */
const NEW = [
  ['provisioned', 'provisioned', 380],
  ['already_provisioned', 'mailbox_open_licensed', 20],
  ['queued', 'queued', 50],
  ['awaiting_sync', 'not_synchronised', 250],
  ['awaiting_mailbox', 'mailbox_opening', 150],
  ['awaiting_seat', 'no_seat', 70],
  ['held', 'safety_limit', 30],
  ['needs_attention', 'account_disabled', 20],
  ['needs_attention', 'licence_removed', 20],
  ['needs_attention', 'type_unmapped', 10],
] as const;

const licence = 'Exchange Online (Plan 1)';

/** What each reason says, and what that is made from. */
const TOLD = new Map(
  Object.entries({
    provisioned: tell('provisioned', {}),
    mailbox_open_licensed: tell('mailbox_open_licensed', {}),
    dismissed: tell('dismissed', { by: 'Demo Operator', why: 'never started' }),
    queued: tell('queued', {}),
    not_synchronised: tell('not_synchronised', {}),
    mailbox_opening: tell('mailbox_opening', { licences: licence }),
    no_seat: tell('no_seat', { licence }),
    safety_limit: tell('safety_limit', { limit: 500 }),
    account_disabled: tell('account_disabled', {}),
    licence_removed: tell('licence_removed', {}),
    type_unmapped: tell('type_unmapped', { employeeType: 'C', before: null }),
  }).map(([reason, told]) => [reason, told] as const),
);

/** Of the reason in the column `reason`. */
function toldCase(of: (told: Told) => string | null): string {
  const arms = [...TOLD].map(([reason, told]) => `when '${reason}' then '${of(told)?.replaceAll("'", "''") ?? ''}'`);
  return `case reason ${arms.join(' ')} end`;
}

function caseOf(standings: readonly (readonly [string, string, number])[], column: 0 | 1): string {
  let upTo = 0;
  const arms = standings.map((standing) => {
    upTo += standing[2];
    return `when (n * 7919) % 1000 < ${upTo} then '${standing[column]}'`;
  });
  return `case ${arms.join(' ')} end`;
}

const pick = (values: readonly string[], index: string) =>
  `case ${index} ${values.map((value, at) => `when ${at} then '${value}'`).join(' ')} end`;

const series = (to: number) =>
  `with recursive series(n) as (select 1 union all select n + 1 from series where n < ${to})`;

/** Indexes that are made anew at the end are built by sorting, which is many times as fast. */
function withoutIndexes(db: Db, tables: readonly string[], work: () => void): void {
  const raw = db.$client;
  const indexes = raw
    .prepare<[string], { name: string; sql: string }>(
      `select name, sql from sqlite_master where type = 'index' and sql is not null
         and tbl_name in (select value from json_each(?))`,
    )
    .all(JSON.stringify(tables));
  for (const { name } of indexes) raw.exec(`drop index ${name}`);
  work();
  for (const { sql } of indexes) raw.exec(sql);
}

/**
 * Fills an empty database: `size` people from files of 1,000 rows, with an event and a move each, an operator's event for each
 * fiftieth, `outcomesEach` outcomes of runs, and for each tenth a run in which nothing was to be done. A million take a minute or two.
 */
export function addManyPeople(db: Db, size: number, outcomesEach = 1, now = Date.now()): void {
  seedMappings(db, now);
  const raw = db.$client;
  raw.pragma('synchronous = OFF');
  raw.pragma('cache_size = -400000');
  withoutIndexes(db, ['intake_rows', 'people', 'outcomes', 'events', 'runs'], () =>
    raw.transaction(() => {
      fillPeople(db, size, now);
      fillFiles(db, size, outcomesEach);
      fillHistory(db, size, outcomesEach);
    })(),
  );
  raw.pragma('wal_checkpoint(TRUNCATE)');
  raw.pragma('cache_size = -2000');
  raw.pragma('synchronous = FULL');
}

function fillPeople(db: Db, size: number, now: number): void {
  const since = Math.floor(size * 0.97);
  const name = `${pick(FIRST, `n % ${FIRST.length}`)} || ' ' || ${pick(LAST, `(n / 7) % ${LAST.length}`)} || ' ' || n`;
  const type = `case when reason = 'type_unmapped' then 'C' when n % 50 = 0 then 'Type ' || ((n / 50) % 30)
    when n % 3 = 0 then 'N' else 'E' end`;
  db.$client.exec(`
    insert into people (id, upn_key, user_principal_name, display_name, employee_type, employee_type_key, usage_location, state,
      state_since, reason, message, said, first_seen_at, next_check_at, last_check_at, checks, mapping_id, synchronised_at, licensed_at,
      mailbox_ready_at, assigned_to, assigned_key, assigned_at)
    ${series(size)},
    standing as (select n, case when n > ${since} then ${caseOf(NEW, 0)} else ${caseOf(OLD, 0)} end as state,
      case when n > ${since} then ${caseOf(NEW, 1)} else ${caseOf(OLD, 1)} end as reason,
      cast(${now} - (${size} - n) * ${SPAN_MS / size} as integer) as at from series),
    typed as (select *, ${type} as type, state not in ('provisioned', 'already_provisioned', 'dismissed') as is_open from standing)
    select n, 'person' || n || '@contoso.example', 'person' || n || '@contoso.example', ${name}, type, lower(type), 'DE', state,
      at + 300000, reason, ${toldCase(({ message }) => message)}, nullif(${toldCase(({ said }) => storedSaid(said))}, ''), at,
      case when is_open and state not in ('held', 'needs_attention') then ${now} + (n % 3600) * 1000 end, at + 300000, 3, 1,
      case when state <> 'awaiting_sync' and state <> 'queued' then at + 30000 + n % 60000 end,
      case when state in ('provisioned', 'awaiting_mailbox') then at + 120000 end,
      case when state in ('provisioned', 'already_provisioned') then at + 200000 + n % 100000 end,
      case when is_open and n % 20 = 0 then 'Demo Operator' end, case when is_open and n % 20 = 0 then 'demo/operator' end,
      case when is_open and n % 20 = 0 then at + 400000 end
    from typed`);
}

function fillFiles(db: Db, size: number, outcomesEach: number): void {
  const file = `'file-' || printf('%06d', (p.id - 1) / ${PER_FILE})`;
  db.$client.exec(`
    insert into intake_files (id, name, sha256, size_bytes, modified_at, received_at, source, received_from, status, header, rows,
      accepted, moved_at, run_id)
    select ${file}, 'newcomers-' || ((p.id - 1) / ${PER_FILE}) || '.csv', 'sha' || (p.id - 1) / ${PER_FILE}, 1, min(p.first_seen_at),
      min(p.first_seen_at), 'drop_folder', 'idm', 'accepted', 'CN,UserPrincipalName,EmployeeType', count(*), count(*),
      min(p.first_seen_at), 'run-' || printf('%06d', (p.id - 1) / ${PER_FILE}) || '-0'
    from people p group by (p.id - 1) / ${PER_FILE};
    insert into intake_rows (file_id, line, raw, verdict, person_id)
    select ${file}, (p.id - 1) % ${PER_FILE} + 2, p.display_name || ',' || p.user_principal_name || ',' || p.employee_type,
      'accepted', p.id from people p order by p.id;
    insert into runs (number, id, trigger, status, requested_by, requested_at, started_at, finished_at, people_due, people_done, counts)
    select row_number() over (), replace(f.id, 'file-', 'run-') || '-' || round.value, 'schedule', 'completed', 'schedule',
      f.received_at + round.value, f.received_at + round.value, f.received_at + 60000, f.rows, f.rows,
      '{"provisioned":' || f.rows || '}'
    from intake_files f, json_each('${JSON.stringify(Array.from({ length: outcomesEach }, (_, round) => round))}') round`);
  db.$client.exec(`
    insert into runs (number, id, trigger, status, requested_by, requested_at, started_at, finished_at, counts)
    select (select count(*) from runs) + p.id / 10, 'idle-' || p.id, 'watch', 'completed', 'schedule', p.first_seen_at, p.first_seen_at, p.first_seen_at + 90, '{}'
    from people p where p.id % 10 = 0 and p.id > 10 and ${size} > 0`);
}

function fillHistory(db: Db, size: number, outcomesEach: number): void {
  for (let round = 0; round < outcomesEach; round += 1)
    db.$client.exec(`
      insert into outcomes (run_id, person_id, at, state_before, state, reason, message, written, calls, duration_ms)
      select 'run-' || printf('%06d', (p.id - 1) / ${PER_FILE}) || '-${round}', p.id, p.first_seen_at + 60000 * ${round + 1},
        ${round === 0 ? "'queued'" : 'p.state'}, p.state, p.reason, p.message, '[]', '[]', 12 from people p order by p.id`);
  db.$client.exec(`
    insert into events (at, actor, actor_key, kind, person_id, run_id, from_state, to_state, reason, message)
    select p.first_seen_at + 60000 * step.value,
      case step.value when 0 then 'idm' when 1 then 'engine' else 'Demo Operator' end,
      case step.value when 2 then 'demo/operator' end,
      case step.value when 0 then 'person.accepted' when 1 then 'person.moved' else 'person.retried' end,
      p.id, case step.value when 1 then 'run-' || printf('%06d', (p.id - 1) / ${PER_FILE}) || '-0' end,
      case step.value when 0 then null else 'queued' end, case step.value when 1 then p.state else 'queued' end, p.reason, p.message
    from people p, json_each('[0,1,2]') step where (step.value < 2 or p.id % 50 = 0) and ${size} > 0 order by p.id`);
}
