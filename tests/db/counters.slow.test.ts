/** What triggers keep by the side: numbers of people and of rows' people, and the index of the search. */

import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { nameOrUpnContains, searchPeople } from '#db/store/search/people-search.ts';
import { countUnindexed, indexNextPeople } from '#db/store/search/search-index.ts';
import { PERSON_STATES } from '#lib/domain/states.ts';

const move = fc.record({
  // Ids begin with 1: up to 0 the index holds nobody.
  person: fc.integer({ min: 1, max: 12 }),
  state: fc.constantFrom(...PERSON_STATES),
  reason: fc.constantFrom('queued', 'no_seat', 'provisioned'),
  type: fc.constantFrom('e', 'n'),
  isLicensed: fc.boolean(),
  what: fc.constantFrom('arrive', 'arrive', 'move', 'move', 'move', 'row', 'row again', 'go'),
  file: fc.nat(2),
});

test('counters are what counting gives, whatever happens to people and rows', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
      const db = openDatabase(':memory:');
      const raw = db.$client;
      for (const file of [0, 1, 2])
        raw.exec(`insert into intake_files (id, name, sha256, size_bytes, modified_at, received_at, source, received_from, status)
          values ('f${file}', 'f', 's', 1, 1, 1, 'upload', 'x', 'accepted')`);
      let line = 1;
      for (const { person, state, reason, type, isLicensed, what, file } of moves) {
        line += 1;
        const values = [state, reason, type, isLicensed ? 1 : null, person];
        const row = (verdict: string) =>
          raw
            .prepare(`insert into intake_rows (file_id, line, raw, verdict, person_id)
            select ?, ?, '', ?, id from people where id = ?`)
            .run(`f${file}`, line, verdict, person);
        const hasRow = raw
          .prepare('select 1 from intake_rows where file_id = ? and person_id = ?')
          .get(`f${file}`, person);
        if (what === 'arrive')
          raw
            .prepare(`insert or ignore into people (state, reason, employee_type_key, licensed_at, id, upn_key, user_principal_name,
            display_name, employee_type, state_since, message, first_seen_at) values (?, ?, ?, ?, ?, ?, '', '', '', 1, '', 1)`)
            .run(...values, `u${person}`);
        else if (what === 'move')
          raw
            .prepare('update people set state = ?, reason = ?, employee_type_key = ?, licensed_at = ? where id = ?')
            .run(...values);
        else if (what === 'row' && !hasRow) row('accepted');
        else if (what === 'row again') row('duplicate');
        else if (what === 'go')
          raw.prepare('delete from people where id = ? and id not in (select person_id from intake_rows)').run(person);
      }
      expect(raw.prepare('select * from people_counts where people <> 0 order by 1, 2, 3, 4').all()).toEqual(
        raw
          .prepare(`select state, reason, employee_type_key, licensed_at is not null as is_licensed, count(*) as people
          from people group by 1, 2, 3, 4 order by 1, 2, 3, 4`)
          .all(),
      );
      expect(raw.prepare('select * from file_counts where people <> 0 or accepted <> 0 order by 1, 2').all()).toEqual(
        raw
          .prepare(`select file_id, state, sum(verdict = 'accepted') as accepted, count(distinct p.id) as people
          from intake_rows r join people p on p.id = r.person_id group by 1, 2 order by 1, 2`)
          .all(),
      );
      raw.close();
    }),
    { numRuns: 150 },
  );
});

const letters = fc.constantFrom(
  'a',
  'A',
  'b',
  'ß',
  'ö',
  'Ö',
  'é',
  'E',
  'İ',
  'ı',
  'σ',
  'ς',
  'K',
  '"',
  "'",
  '%',
  '_',
  '\\',
  ' ',
  '-',
  '😀',
  '*',
);
const text = (minLength: number, maxLength: number) =>
  fc.array(letters, { minLength, maxLength }).map((all) => all.join(''));

test('the search finds whom LIKE finds, in the index and before it, also after a change of name', () => {
  fc.assert(
    fc.property(
      fc.array(text(0, 9), { minLength: 5, maxLength: 40 }),
      fc.array(text(0, 9), { minLength: 1, maxLength: 5 }),
      fc.array(text(3, 5), { minLength: 1, maxLength: 8 }),
      (names, others, more) => {
        const db = openDatabase(':memory:');
        const add =
          db.$client.prepare(`insert into people (upn_key, user_principal_name, display_name, employee_type, employee_type_key,
          state, state_since, reason, message, first_seen_at) values (?, '', ?, '', '', 'queued', 1, 'queued', '', 1)`);
        const half = Math.floor(names.length / 2);
        for (const [n, name] of names.slice(0, half).entries()) add.run(`${n}${name.toLowerCase()}@x`, name);
        while (indexNextPeople(db));
        expect(countUnindexed(db)).toBe(0);
        for (const [n, name] of names.slice(half).entries()) add.run(`${half + n}@${name.toLowerCase()}`, name);
        for (const [n, name] of others.entries())
          db.$client.prepare('update people set display_name = ? where id = ?').run(name, n * 3 + 1);
        const parts = names.flatMap((name) => [name.slice(1, 5), name.slice(0, 3).toUpperCase()]);
        for (const searched of [...parts, ...more].filter((part) => part.trim() !== '')) {
          const liked = db.all<{ id: number }>(
            sql`select id from people where ${nameOrUpnContains(searched)} order by id desc`,
          );
          expect(searchPeople(db, searched, undefined, 100)).toEqual({
            ids: liked.map(({ id }) => id),
            isComplete: true,
          });
        }
        db.$client.close();
      },
    ),
    { numRuns: 150, examples: [[['', 'aİ', '', '', '', ''], ['aİ'], ['aaa']]] },
  );
});
