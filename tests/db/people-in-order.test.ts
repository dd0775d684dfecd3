/** The indexes of people by UserPrincipalName and by name, which triggers keep in two parts each. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { mergeAfter, mergeNext } from '#db/store/people/merge-index.ts';
import { peopleByUpn } from '#db/store/people/people.ts';
import { renamePerson } from '#db/store/people/person-edits.ts';
import { randomCases } from '#tests/support/runner/random-cases.ts';

const IS_KNOWN = 'UNIQUE constraint failed: people.upn_key';

function add(db: Db, upn: string, name: string): void {
  db.$client
    .prepare(`insert into people (upn_key, user_principal_name, display_name, employee_type, employee_type_key, state, state_since,
      reason, message, first_seen_at) values (?, ?, ?, 'E', 'e', 'queued', 1, 'queued', '', 1)`)
    .run(upn, upn, name);
}

/** What both indexes hold, and how much of it is new. */
function indexesOf({ $client }: Db) {
  const rows = (query: string) => $client.prepare<[], unknown[]>(query).raw().all();
  return {
    upns: rows('select upn_key, person_id from upns_in_order order by upn_key, person_id'),
    names: rows('select display_name, person_id from names_in_order order by display_name, person_id'),
    new: rows('select (select count(*) from new_upn_index), (select count(*) from new_name_index)')[0],
  };
}

function peopleOf({ $client }: Db) {
  const rows = (column: string) =>
    $client.prepare<[], unknown[]>(`select ${column}, id from people order by 1, 2`).raw().all();
  return { upns: rows('upn_key'), names: rows('display_name') };
}

const upn = fc.nat(9).map((n) => `u${n}@contoso.example`);
const name = fc.constantFrom('Ada', 'ada', 'Zoë', 'Žofie', '');
const move = fc.oneof(
  fc.record({ what: fc.constant('add' as const), upn, name }),
  fc.record({ what: fc.constant('edit' as const), upn, to: upn, name }),
  fc.record({ what: fc.constant('delete' as const), upn }),
  fc.record({ what: fc.constant('merge' as const) }),
);

test('hold everybody once, and nobody comes in under a UserPrincipalName that is taken, whatever happens to people', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const db = openDatabase(':memory:');
      const taken = new Map<string, number>();
      for (const one of moves) {
        const id = 'upn' in one ? taken.get(one.upn) : undefined;
        if (one.what === 'merge') mergeNext(db);
        else if (one.what === 'add') {
          if (id !== undefined) expect(() => add(db, one.upn, one.name)).toThrow(IS_KNOWN);
          else add(db, one.upn, one.name);
        } else if (one.what === 'delete') db.$client.prepare('delete from people where id = ?').run(id ?? 0);
        else {
          const edit = () =>
            db.$client
              .prepare('update people set upn_key = ?, display_name = ? where id = ?')
              .run(one.to, one.name, id ?? 0);
          if (id !== undefined && one.to !== one.upn && taken.has(one.to)) expect(edit).toThrow(IS_KNOWN);
          else edit();
        }
        taken.clear();
        for (const [key, person] of peopleOf(db).upns) taken.set(String(key), Number(person));
      }
      expect(taken.size).toBe(peopleOf(db).upns.length);
      expect(indexesOf(db)).toMatchObject(peopleOf(db));
      while (mergeNext(db));
      expect(indexesOf(db)).toEqual({ ...peopleOf(db), new: [0, 0] });
      db.$client.close();
    }),
    { numRuns: randomCases(60) },
  );
});

test('are merged the more at a time the more people there are', () => {
  const db = openDatabase(':memory:');
  expect(mergeAfter(db)).toBe(10_000);
  add(db, 'a@contoso.example', 'Ada');
  db.$client.exec('update people set id = 1200000');
  expect(mergeAfter(db)).toBe(100_000);
});

test('are merged a few at a time, and hold everybody between two steps', () => {
  const db = openDatabase(':memory:');
  const upnOf = (n: number) => `p${(n * 7919) % 1300}@contoso.example`;
  db.$client.transaction(() => {
    for (let n = 0; n < 1300; n++) add(db, upnOf(n), `Name ${n % 7}`);
  })();
  const everybody = peopleOf(db);
  const left: unknown[] = [];
  while (mergeNext(db)) {
    const indexes = indexesOf(db);
    expect(indexes).toMatchObject(everybody);
    left.push(indexes.new);
    expect([...peopleByUpn(db, [upnOf(0), upnOf(1299)]).values()].map(({ id }) => id).sort()).toEqual([1, 1300]);
    expect(() => add(db, upnOf(5), 'Somebody else')).toThrow(IS_KNOWN);
    expect(renamePerson(db, 1, upnOf(6))).toBe(false);
  }
  expect(left).toEqual([
    [800, 1300],
    [300, 1300],
    [0, 1300],
    [0, 800],
    [0, 300],
    [0, 0],
  ]);
  db.$client.close();
});
