/** Whatever a file looks like, nobody in it is lost. */
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { fileRows } from '#db/schema/files.ts';
import { randomCases } from '#tests/support/runner/random-cases.ts';
import { emptyDatabase, importBytes, storedPeople, storedRows } from './build.ts';

const HEADER = 'CN,UserPrincipalName,EmployeeType\n';

const CELLS = [
  'Anna',
  'anna@contoso.example',
  'BEN@contoso.example',
  'ben@contoso.example',
  'E',
  '',
  '"',
  '"x""y"',
  'a b@c',
  'é',
  '\u0000',
  '\n',
  ',',
];

test('the books always balance: every row of any file is a person, a duplicate or a rejection', () => {
  const db = openDatabase(':memory:');
  const cell = fc.constantFrom(...CELLS);
  const good = fc.integer({ min: 0, max: 30 }).map((n) => `Name ${n},p${n}@contoso.example,E`);
  const row = fc.oneof(
    good,
    fc.array(cell, { maxLength: 5 }).map((cells) => cells.join(',')),
  );
  fc.assert(
    fc.property(fc.array(row, { maxLength: 25 }), fc.constantFrom('\n', '\r\n', '\r'), (rows, lineEnd) => {
      const before = storedPeople(db).length;
      const taken = importBytes(db, [HEADER.trim(), ...rows].join(lineEnd));
      expect(taken.rows).toBe(taken.accepted + taken.duplicates + taken.rejected.length);
      const stored = db.select().from(fileRows).where(eq(fileRows.fileId, taken.id)).all();
      expect(stored.length).toBe(taken.rows);
      expect(storedPeople(db).length - before).toBe(taken.accepted);
      if (taken.status === 'rejected') expect(taken.rows).toBe(0);
    }),
    { numRuns: randomCases(150) },
  );
  db.$client.close();
});

test('a flipped byte anywhere never breaks intake: the books balance, and no more than its neighbours are touched', () => {
  const db = openDatabase(':memory:');
  const rows = Array.from({ length: 20 }, (_, n) => `"Näme, ${n}",p${n}@contoso.example,E`);
  const bytes = Buffer.from(`${HEADER}${rows.join('\r\n')}\r\n`);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(damaged.readUInt8(at) ^ flip, at);
      const taken = importBytes(db, damaged);
      expect(taken.rows).toBe(taken.accepted + taken.duplicates + taken.rejected.length);
      expect(taken.status === 'rejected' ? taken.problem?.message : taken.rows).toBeTruthy();
      if (taken.status === 'accepted') expect(taken.rows).toBeGreaterThanOrEqual(18);
    }),
    { numRuns: randomCases(300) },
  );
  db.$client.close();
});

test('stray quotes never hide anybody: each person is imported, or is in a row or file that was rejected', () => {
  const db = emptyDatabase();
  const orders = [
    ['Note', 'CN', 'UserPrincipalName', 'EmployeeType'],
    ['CN', 'UserPrincipalName', 'Note', 'EmployeeType'],
    ['CN', 'UserPrincipalName', 'EmployeeType', 'Note'],
  ] as const;
  let files = 0;
  const property = fc.property(
    fc.constantFrom(...orders),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('"', '",', ',"')), { minLength: 1, maxLength: 2 }),
    (order, insertions) => {
      const file = files++;
      const upns = Array.from({ length: 6 }, (_, n) => `p${n}.${file}@contoso.example`);
      const row = (upn: string) => {
        const cells = {
          CN: 'Doe',
          UserPrincipalName: upn,
          EmployeeType: 'E',
          Note: upn.startsWith('p3') ? '"a, b"' : 'a',
        };
        return order.map((column) => cells[column]).join(',');
      };
      let body = upns.map(row).join('\n');
      for (const [at, quote] of insertions) {
        // At the edges of fields: anywhere else a quote is only a character.
        const edges = [...body.matchAll(/(?<=[,\n"])|(?=[,\n"])/g)].map(({ index }) => index);
        const cut = edges[at % edges.length] ?? 0;
        body = body.slice(0, cut) + quote + body.slice(cut);
      }
      const taken = importBytes(db, `${order.join(',')}\n${body}\n`);
      if (taken.status === 'rejected') return;
      const known = new Set(storedPeople(db).map(({ upnKey }) => upnKey));
      const rejected = storedRows(db).filter(({ fileId, verdict }) => fileId === taken.id && verdict === 'rejected');
      const shown = rejected.map(({ raw }) => raw).join('\n');
      const intact = upns.filter((upn) => body.includes(upn));
      expect(intact.filter((upn) => !known.has(upn) && !shown.includes(upn))).toEqual([]);
    },
  );
  fc.assert(property, { numRuns: randomCases(500) });
});
