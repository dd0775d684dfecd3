import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { importBytes } from '#tests/intake/build.ts';
import { type GeneratedFile, generatedFile } from './file.ts';
import { bytesOf, type ExpectedRow, expectedRows, isBrokenByCut, lineOf } from './oracle.ts';

/** `npm run generated` makes ten thousand of them. */
const FILES = Number(process.env.GENERATED_FILES ?? 400);
const SEED = Number(process.env.GENERATED_SEED ?? 20261127);

function imported(db: Db, fileId: string): ExpectedRow[] {
  return db.$client
    .prepare<[string], ExpectedRow>(
      `select line, verdict, p.upn_key as upn,
         case when verdict = 'accepted' then p.display_name end as name, case when verdict = 'accepted' then p.employee_type end as type
       from intake_rows left join people p on p.id = person_id where file_id = ? order by line`,
    )
    .all(fileId);
}

/** As our rows tell it: a person without a name is shown by its address, and a further row only says that it repeats. */
function told({ line, verdict, upn, name, type }: ExpectedRow): ExpectedRow {
  if (verdict !== 'accepted') return { line, verdict, upn, name: null, type: null };
  return { line, verdict, upn, name: name || upn, type };
}

const withoutCase = (row: ExpectedRow) => ({ ...row, name: row.name === row.upn ? null : row.name });

/** The lines that rows from `from` on take up: a quote that was never closed may have swallowed the rows behind it. */
function linesTaken(database: Db, fileId: string, from: number, eol: string): Set<number> {
  const rows = database.$client
    .prepare<[string, number], { line: number; raw: string }>(
      'select line, raw from intake_rows where file_id = ? and line >= ?',
    )
    .all(fileId, from);
  return new Set(rows.flatMap(({ line, raw }) => raw.split(eol).map((_, index) => line + index)));
}

let db: Db;

beforeEach(() => {
  db = openDatabase(':memory:');
  return () => void db.$client.close();
});

function check(file: GeneratedFile): void {
  const bytes = bytesOf(file);
  const { id, status, problem, rows, accepted, duplicates, rejected } = importBytes(db, bytes);
  expect(rows).toBe(accepted + duplicates + rejected.length);
  const found = imported(db, id).map(withoutCase);
  expect(found).toHaveLength(rows);
  const expected = expectedRows(file).map(told).map(withoutCase);
  const { damage } = file;
  if (damage.kind === 'none') {
    expect({ status, found }).toEqual({ status: 'accepted', found: expected });
    expect(rejected.map(({ line }) => line)).toEqual(
      expected.flatMap((row) => (row.verdict === 'rejected' ? row.line : [])),
    );
    return;
  }
  if (damage.kind === 'nul') {
    expect({ status, line: problem?.line }).toEqual({ status: 'rejected', line: lineOf(file, damage.row) });
    return;
  }
  if (damage.kind === 'mixed') {
    expect({ status, rows, message: problem?.message }).toEqual({
      status: 'rejected',
      rows: 0,
      message: expect.stringMatching(/mixes encodings|marked as UTF-8, but this line is not|half a character/),
    });
    const line = lineOf(file, damage.row) + 1;
    if (file.encoding === 'Windows-1252') expect(problem?.line).toBeLessThan(line);
    else expect(problem?.line).toBe(line);
    return;
  }
  if (damage.kind === 'open quote') {
    // Whatever the quote swallows: it is a row that stays out, or the file does.
    const from = lineOf(file, damage.row);
    if (status === 'rejected') expect(problem?.line).toBeGreaterThanOrEqual(from);
    else {
      expect(found.filter(({ line }) => line < from)).toEqual(expected.filter(({ line }) => line < from));
      expect(found.find(({ line }) => line === from)?.verdict).toBe('rejected');
      const taken = linesTaken(db, id, from, file.eol);
      expect(expected.filter(({ line }) => line > from && !taken.has(line))).toEqual([]);
    }
    return;
  }
  if (status === 'rejected') {
    expect(isBrokenByCut(file)).toBe(true);
    return;
  }
  const last = found.at(-1)?.line ?? 0;
  expect(found.filter(({ line }) => line < last)).toEqual(expected.filter(({ line }) => line < last));
}

test(`every row of ${FILES} generated files is a person, a duplicate or a rejected row, on its line, as another parser reads it`, {
  timeout: FILES * 200,
}, () => {
  fc.assert(
    // Nothing of a file is left for the next one.
    fc
      .property(generatedFile, check)
      .beforeEach(() => void db.$client.exec('begin'))
      .afterEach(() => void db.$client.exec('rollback')),
    { numRuns: FILES, seed: SEED },
  );
});
