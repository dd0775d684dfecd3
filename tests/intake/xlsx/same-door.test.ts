/** The same rows as a CSV and as a workbook give the same people and the same problems. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { randomCases } from '#tests/support/runner/random-cases.ts';
import { emptyDatabase, importBytes, storedPeople, storedRows } from '../build.ts';
import { HEADER, workbook } from './build.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'same-door-'));
const COLUMNS = [...HEADER, 'UsageLocation', 'StartDate', 'Note'];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  fc.constantFrom(
    '',
    ' ',
    'Müßig, "Zoë"',
    "'O;Brien'",
    '=1+1',
    '_x0041_',
    'a\tb',
    '\u00a0x\u200b',
    'NULL',
    '#N/A',
    '0012',
    'TRUE',
    '1e5',
  ),
);
const row = fc.record({
  name: text,
  upn: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        'anna@contoso.example',
        'ANNA@contoso.example',
        'ben@contoso.example',
        ' cy@contoso.example ',
      ),
    },
    text,
  ),
  type: fc.oneof(fc.constantFrom('E', 'N', ' e '), text),
  location: fc.oneof(fc.constantFrom('DE', 'Germany', 'zz', '276'), text),
  start: fc.oneof(fc.constantFrom('2026-01-05', '5/1/2026', '13/01/2026', '46027', 'TBD'), text),
  note: text,
  width: fc.integer({ min: 1, max: 8 }),
});

/** A CSV ends at a line break and at a lone 0x1A; a cell of a sheet does not. */
const inOneLine = (cell: string) => cell.replace(/[\r\n]/g, ' ').replaceAll('\u001a', ' ');

/** What an import leaves in a database of its own: a copy of the empty one, because a workbook is stored in transactions of its own. */
function outcome(empty: Buffer, content: string | Uint8Array) {
  const file = path.join(folder, 'autoprovision.db');
  writeFileSync(file, empty);
  const db = openDatabase(file);
  try {
    const { status, rows: count, accepted, duplicates, rejected, problem } = importBytes(db, content);
    const stored = storedRows(db).map(({ raw: _, fileId: __, ...same }) => same);
    return { status, count, accepted, duplicates, rejected, problem, stored, people: storedPeople(db) };
  } finally {
    db.$client.close();
  }
}

test('whatever the cells hold', () => {
  const db = emptyDatabase();
  const empty = db.$client.serialize();
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), fc.boolean(), (rows, isShuffled) => {
      const header = isShuffled ? [...COLUMNS].reverse() : COLUMNS;
      const table = rows.map(({ name, upn, type, location, start, note, width }) => {
        const cells = [name, upn, type, location, start, note].map(inOneLine);
        const ordered = isShuffled ? cells.reverse() : cells;
        return Array.from({ length: Math.max(width, COLUMNS.length) }, (_, at) => ordered[at] ?? '');
      });
      const csv = [header, ...table].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','));
      const asCsv = outcome(empty, `${csv.join('\r\n')}\r\n`);
      const asWorkbook = outcome(empty, workbook({ sheets: [{ name: 'People', rows: [header, ...table] }] }));
      expect(asWorkbook).toEqual(asCsv);
    }),
    { numRuns: randomCases(60) },
  );
}, 120_000);
