/** Workbooks in the drop folder: claimed, read by what they are, moved as they came, and continued after a stop. */
import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { openDatabase } from '#db/client.ts';
import { isOpenForWriting } from '#lib/intake/drop-folder/settled.ts';
import { inThread } from '#lib/worker/thread.ts';
import { emptyDatabase, inPlace, storedFiles, storedPeople, storedRows, tempFolder } from '#tests/intake/build.ts';
import { claim } from '#tests/intake/drop-folder/claims.ts';
import { HEADER, number, workbook } from './build.ts';

const ANNA = ['Anna', 'anna@contoso.example', 'E'];
const CSV = `${HEADER}\r\n${ANNA}\r\n`;
const WORKBOOK = workbook({ sheets: [{ name: 'People', rows: [HEADER, ANNA] }] });

const manyPeople = (count: number) =>
  workbook({
    sheets: [
      {
        name: 'People',
        rows: [
          [...HEADER, 'StartDate'],
          ...Array.from({ length: count }, (_, n) => [
            `Person ${n}`,
            `person.${n}@contoso.example`,
            'E',
            number(46027 + (n % 9), 1),
          ]),
        ],
      },
    ],
    formats: [14],
  });

test('a workbook is imported and moved to Processed, byte for byte, under a name that Excel opens', async () => {
  const db = emptyDatabase();
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'Newcomers March.XLSX'), WORKBOOK);
  // Excel keeps such a file beside every workbook that somebody has open.
  writeFileSync(path.join(folder, '~$Newcomers March.XLSX'), 'Olga');
  const { files, warnings, unsettled } = await claim(db, folder);
  expect({ warnings, unsettled }).toEqual({ warnings: [], unsettled: 0 });
  expect(files).toMatchObject([{ name: 'Newcomers March.XLSX', status: 'accepted', accepted: 1 }]);
  const [moved = ''] = readdirSync(path.join(folder, 'Processed'));
  expect(moved).toBe(`${files[0]?.id}-Newcomers March.xlsx`);
  expect(readFileSync(path.join(folder, 'Processed', moved)).equals(WORKBOOK)).toBe(true);
  expect(storedFiles(db)).toMatchObject([{ storedName: moved, movedAt: expect.any(Number) }]);
  expect(readdirSync(folder).sort()).toEqual(['Processed', 'Rejected', '~$Newcomers March.XLSX']);
});

test('a file is read as what it is, whatever its name says', async () => {
  const db = emptyDatabase();
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'a.csv'), WORKBOOK);
  writeFileSync(path.join(folder, 'b.xlsx'), CSV.replace('anna@', 'ben@'));
  const { files, warnings } = await claim(db, folder);
  expect(warnings).toEqual([]);
  expect(files.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
  expect(
    storedFiles(db)
      .map(({ name, encoding }) => [name, encoding])
      .sort(),
  ).toEqual([
    ['a.csv', 'XLSX'],
    ['b.xlsx', 'UTF-8'],
  ]);
  expect(
    storedPeople(db)
      .map(({ upnKey }) => upnKey)
      .sort(),
  ).toEqual(['anna@contoso.example', 'ben@contoso.example']);
});

test('a workbook that cannot be read goes to Rejected, with the reason and what to do beside it', async () => {
  const db = emptyDatabase();
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'half.xlsx'), WORKBOOK.subarray(0, WORKBOOK.length - 100));
  expect((await claim(db, folder)).files).toMatchObject([{ status: 'rejected' }]);
  const [file, reason = ''] = readdirSync(path.join(folder, 'Rejected')).sort();
  expect(file).toMatch(/-half\.xlsx$/);
  expect(reason).toBe(`${file}.reason.txt`);
  expect(readFileSync(path.join(folder, 'Rejected', reason), 'utf8')).toContain('save it again');
});

test('stopped between two slices, the next cycle continues with the row after the last one stored', async () => {
  const db = emptyDatabase();
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'long.xlsx'), manyPeople(5000));
  const stop = new AbortController();
  const runTask = ((...[of, task, input, options]: Parameters<typeof inPlace>) =>
    inPlace(of, task, input, { ...options, onProgress: () => stop.abort() })) as typeof inPlace;
  await claim(db, folder, { runTask, signal: stop.signal });
  const before = storedRows(db).length;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(5000);
  expect(storedFiles(db)).toMatchObject([{ status: 'importing' }]);
  await claim(db, folder);
  expect(storedFiles(db)).toMatchObject([{ status: 'accepted', rows: 5000, accepted: 5000 }]);
  expect(storedRows(db).map(({ line }) => line)).toEqual(Array.from({ length: 5000 }, (_, n) => n + 2));
  expect(readdirSync(path.join(folder, 'Processed'))).toHaveLength(1);
});

test('what the writer makes is read in the thread of the drop folder, which has little memory', async () => {
  const folder = tempFolder();
  const db = openDatabase(path.join(folder, 'autoprovision.db'));
  onTestFinished(() => void db.$client.close());
  const rows = Array.from({ length: 3000 }, (_, n) => [
    `Person ${n}`,
    `person.${n}@contoso.example`,
    'E',
    { value: new Date(Date.UTC(2026, 0, 1 + (n % 28))), type: Date, format: 'dd/mm/yyyy' },
  ]);
  const share = tempFolder();
  const file = path.join(share, 'from writer.xlsx');
  await writeXlsxFile([[...HEADER, 'StartDate'], ...rows]).toFile(file);
  // The writer is done a moment before it closes the file, and one that is open for writing is not read.
  await expect.poll(() => isOpenForWriting(file, lstatSync(file, { bigint: true }))).toBe(false);
  const { files, warnings } = await claim(db, share, { runTask: inThread });
  expect(warnings).toEqual([]);
  expect(files).toMatchObject([{ status: 'accepted', rows: 3000, accepted: 3000 }]);
  const people = storedPeople(db);
  expect(people[27]).toMatchObject({ displayName: 'Person 27', startDate: '2026-01-28', employeeType: 'E' });
  expect(people).toHaveLength(3000);
});
