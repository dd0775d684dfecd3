/** Lists, home, search and history with more people than a list shows: who is listed, and by which ways through the database they are found. */
import { expect, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { people } from '#db/schema/people.ts';
import { PEOPLE_ORDERS } from '#db/store/people/people-list.ts';
import { LIST_LIMIT } from '#db/store/people/people-matching.ts';
import { indexNextPeople, indexNextRows } from '#db/store/search/search-index.ts';
import { PERSON_STATES } from '#lib/domain/states.ts';
import { listApprovals } from '#lib/services/approvals/approvals.ts';
import { readFile } from '#lib/services/files/files.ts';
import { findAnything } from '#lib/services/find/find.ts';
import { listHistory } from '#lib/services/history/history.ts';
import { readLicences } from '#lib/services/mappings/licences.ts';
import { listMappings } from '#lib/services/mappings/mappings.ts';
import { readOverview } from '#lib/services/overview/overview.ts';
import { listPeople, readPerson } from '#lib/services/people/people.ts';
import { listRowCases, readRowCase } from '#lib/services/row-cases/row-cases.ts';
import { readRun } from '#lib/services/runs/runs.ts';
import { readStartForecast } from '#lib/services/starts/start-forecast.ts';
import { addManyPeople, fileOf, nameOf, runOf, upnOf } from '#tests/support/many-people.ts';
import { openServicesDatabase, operator } from '#tests/support/services-world.ts';

const PEOPLE = 12_000;
const db = openServicesDatabase();
addManyPeople(db, PEOPLE, 2);
db.$client.exec(`with recursive n(n) as (select 1 union all select n + 1 from n where n < 2000)
  insert into intake_rows (file_id, line, raw, verdict, problems)
    select 'file-' || printf('%06d', n % 10), 100000 + n, 'Ada ' || n || ',ada@@contoso.example,E', 'rejected', '[]' from n`);
while (indexNextPeople(db) || indexNextRows(db));
const viewer = operator('Operator');
const everybody = db.select().from(people).all();

const keyOf: Record<(typeof PEOPLE_ORDERS)[number], (row: Row) => string | number | null> = {
  name: (row: Row) => row.displayName,
  upn: (row: Row) => row.upnKey,
  type: (row: Row) => row.employeeTypeKey,
  state: (row: Row) => row.state,
  since: (row: Row) => row.stateSince,
  arrival: (row: Row) => row.firstSeenAt,
  next: (row: Row) => row.nextCheckAt,
  licensed: (row: Row) => row.licensedAt,
  open: (row: Row) => row.mailboxReadyAt,
};
type Row = typeof people.$inferSelect;
const bytes = (value: string | number | null) => (typeof value === 'string' ? Buffer.from(value) : value);

function inSetupOrder(rows: readonly Row[], by: (typeof PEOPLE_ORDERS)[number], direction: 'asc' | 'desc'): Row[] {
  const sign = direction === 'asc' ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [x, y] = [bytes(keyOf[by](a)), bytes(keyOf[by](b))];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || b.id - a.id;
    const order = Buffer.isBuffer(x) && Buffer.isBuffer(y) ? Buffer.compare(x, y) : Number(x) - Number(y);
    return sign * (order || a.id - b.id);
  });
}

test('everybody is listed in the order asked for, and of more than a list holds the first', () => {
  for (const by of PEOPLE_ORDERS.filter((order) => order !== 'open'))
    for (const dir of ['asc', 'desc'] as const)
      for (const page of ['1', '7']) {
        const list = listPeople(viewer, { sort: by, dir, page });
        const expected = inSetupOrder(everybody, by, dir).slice((Number(page) - 1) * 50, Number(page) * 50);
        // Among people alike in state or EmployeeType any order is as good.
        const told = list.items
          .map((item) => everybody.find(({ id }) => id === item.id))
          .map((row) => row && keyOf[by](row));
        expect(told, `${by} ${dir} ${page}`).toEqual(expected.map(keyOf[by]));
        expect(list).toMatchObject({
          total: PEOPLE,
          isExact: true,
          which: 'first',
          listed: LIST_LIMIT,
          pageCount: 100,
        });
      }
});

test('a filtered list has exactly those who fit, in every order', () => {
  const few = everybody.filter(({ state }) => state === 'needs_attention');
  for (const by of PEOPLE_ORDERS)
    for (const dir of ['asc', 'desc'] as const) {
      const list = listPeople(viewer, { state: 'needs_attention', sort: by, dir });
      const expected = inSetupOrder(few, by, dir).slice(0, 50);
      const told = list.items
        .map((item) => everybody.find(({ id }) => id === item.id))
        .map((row) => row && keyOf[by](row));
      expect(told, `${by} ${dir}`).toEqual(expected.map(keyOf[by]));
      expect(list).toMatchObject({ total: few.length, isExact: true, which: 'all' });
    }
});

test('of too many who fit, the newest are listed, and the list says that they are not all', () => {
  const found = listPeople(viewer, { q: 'contoso', sort: 'name', dir: 'asc' });
  expect(found).toMatchObject({ total: LIST_LIMIT, isExact: false, which: 'newest' });
  const newest = everybody.slice(-LIST_LIMIT);
  expect(found.items.map(({ id }) => id)).toEqual(
    inSetupOrder(newest, 'name', 'asc')
      .slice(0, 50)
      .map(({ id }) => id),
  );
  const closed = listPeople(viewer, { state: 'provisioned', sort: 'open', dir: 'desc' });
  expect(closed).toMatchObject({ isExact: true, which: 'newest', listed: LIST_LIMIT });
  expect(closed.total).toBe(everybody.filter(({ state }) => state === 'provisioned').length);
});

test('filters together find whom each of them alone would', () => {
  const now = Date.now();
  const day = 24 * 3_600_000;
  const cases: [Record<string, string>, (row: Row) => boolean][] = [
    [{ reason: 'dismissed' }, ({ reason }) => reason === 'dismissed'],
    [{ type: 'type 7' }, ({ employeeTypeKey }) => employeeTypeKey === 'type 7'],
    [
      { type: 'n,type 7', state: 'dismissed' },
      (row) => row.state === 'dismissed' && ['n', 'type 7'].includes(row.employeeTypeKey),
    ],
    [{ age: '30d', state: 'awaiting_sync' }, (row) => row.state === 'awaiting_sync' && row.stateSince < now - 30 * day],
    [
      { q: 'ahorn 11', type: 'e' },
      (row) => /ahorn.*11/i.test(row.displayName + row.upnKey) && row.employeeTypeKey === 'e',
    ],
    [
      { file: fileOf(5001), state: 'provisioned' },
      ({ id, state }) => id > 5000 && id <= 6000 && state === 'provisioned',
    ],
    [{ run: runOf(5001), q: 'ada' }, ({ id, displayName }) => id > 5000 && id <= 6000 && displayName.startsWith('Ada')],
    [{ mine: '1', state: 'awaiting_sync' }, (row) => row.assignedKey === viewer.key && row.state === 'awaiting_sync'],
  ];
  for (const [query, fits] of cases) {
    const list = listPeople(viewer, query);
    const expected = inSetupOrder(everybody.filter(fits), 'arrival', 'desc');
    expect(expected.length, JSON.stringify(query)).toBeGreaterThan(0);
    expect(list.total, JSON.stringify(query)).toBe(expected.length);
    expect(list.items.map(({ id }) => id)).toEqual(expected.slice(0, 50).map(({ id }) => id));
  }
});

/** Everything that is asked of the database meanwhile: on a connection of its own, because one that has worked has its statements prepared. */
function queriesOf(work: () => void): string[] {
  const asked = new Set<string>();
  const shared = globalThis as typeof globalThis & { autoprovisionDb?: Db };
  const own = openDatabase(db.$client.name);
  const prepare = own.$client.prepare.bind(own.$client);
  own.$client.prepare = (query: string) => {
    asked.add(query);
    return prepare(query);
  };
  shared.autoprovisionDb = own;
  try {
    work();
  } finally {
    shared.autoprovisionDb = db;
    own.$client.close();
  }
  return [...asked].filter((query) => /^\s*(select|with)\b/i.test(query));
}

const LARGE = /^SCAN (people|outcomes|events|intake_rows|row_cases|runs|p|e|o|r|c)\b/;

/** What of a plan takes longer the more there is: a table read from end to end, or all of an index sorted anew. */
function faultsOf(query: string): string[] {
  const plan = db.$client.prepare<[], { detail: string }>(`explain query plan ${query}`);
  const details = plan
    .all(...(Array.from({ length: (query.match(/\?/g) ?? []).length }, () => null) as []))
    .map(({ detail }) => detail);
  const scans = details.filter((detail) => LARGE.test(detail));
  // An index in its order, or ids from the newest on, end with the limit of the query.
  const endless = scans.filter(
    (detail) => !/ USING (COVERING )?INDEX /.test(detail) && !/order by (people\.)?"?id"? desc\s+limit/.test(query),
  );
  const sorts = scans.length > 0 ? details.filter((detail) => /USE TEMP B-TREE FOR (ORDER|GROUP) BY/.test(detail)) : [];
  return [...endless, ...sorts];
}

test('no page and no list, however filtered and sorted, reads all of a large table', () => {
  const queries = queriesOf(() => {
    const filters = [
      ...PERSON_STATES.map((state) => ({ state })),
      ...[
        {},
        { reason: 'dismissed' },
        { type: 'e' },
        { age: '1d' },
        { mine: '1' },
        { file: fileOf(1) },
        { run: runOf(1) },
      ],
      ...[
        { q: 'ada' },
        { q: 'a' },
        { q: nameOf(7) },
        { q: 'nobody is called so' },
        { q: 'ada', state: 'provisioned' },
        { file: fileOf(1), type: 'e' },
      ],
    ];
    for (const filter of filters)
      for (const sort of PEOPLE_ORDERS) for (const dir of ['asc', 'desc']) listPeople(viewer, { ...filter, sort, dir });
    readOverview(viewer);
    readPerson(viewer, { id: 7 });
    readRun(viewer, { id: runOf(7) });
    readFile(viewer, { id: fileOf(7) });
    for (const filter of [{}, { page: 30 }, { status: 'closed' }, { file: fileOf(1) }]) listRowCases(viewer, filter);
    readRowCase(viewer, { id: 7 });
    readLicences(viewer);
    readStartForecast(viewer);
    listMappings(viewer);
    listApprovals(viewer, {});
    for (const q of ['a', 'ada', upnOf(7), '00471123']) findAnything(viewer, { q });
    for (const query of [{}, { who: 'everyone' }, { who: 'engine' }, { who: 'idm', what: 'people' }, { q: 'ada' }])
      listHistory(viewer, query);
  });
  expect(queries.length).toBeGreaterThan(50);
  const faults = queries.flatMap((query) => faultsOf(query).map((fault) => `${fault}: ${query.replace(/\s+/g, ' ')}`));
  expect(faults).toEqual([]);
});
