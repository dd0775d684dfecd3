import { expect, test } from 'vitest';
import { readTable } from '#lib/intake/csv/parse.ts';
import type { PlainRecord } from '#lib/intake/csv/records.ts';
import { KeptRecords } from '#lib/intake/xlsx/kept-records.ts';
import { sheetRecords } from '#lib/intake/xlsx/sheet-records.ts';
import { HEADER, workbook } from './build.ts';

const records = Array.from({ length: 3000 }, (_, n): PlainRecord => {
  const text = `"Doe, Zoë ${n}",zoe.${n}@fabrikam.example,Employee,${'note '.repeat(n % 20)}`;
  return { kind: 'record', line: 2 * n + 1, text, problem: n % 7 === 0 ? { message: 'The row is too wide' } : null };
});

function kept(mostBytes?: number): KeptRecords {
  const all = new KeptRecords(mostBytes);
  for (const record of records) all.add(record);
  return all;
}

test('records come back as they were, in order, as often as they are asked for', () => {
  const all = kept();
  for (let time = 0; time < 2; time++) expect([...(all.read() ?? [])]).toEqual(records);
});

test('where they are too many, none is kept', () => {
  expect(kept(10_000).read()).toBeNull();
});

test('a sheet that was read is read again without its workbook, header and notes included', () => {
  const people = Array.from({ length: 1500 }, (_, n) => [`Zoë ${n}`, `zoe.${n}@fabrikam.example`, 'Employee']);
  const rows = [['Newcomers of January'], HEADER, ...people];
  const bytes = workbook({
    sheets: [
      { name: 'Newcomers', rows },
      { name: 'Notes', rows: [['Ask Human Resources']] },
    ],
  });
  let reads = 0;
  const readAt = (position: number, length: number) => {
    reads++;
    return bytes.subarray(position, position + length);
  };
  const first = sheetRecords({ readAt, sizeBytes: bytes.length }, {});
  const again = first.keep();
  const parts = [...readTable(first)];
  expect(parts.filter(({ kind }) => kind === 'row')).toHaveLength(people.length);
  const before = reads;
  expect([...readTable(again() ?? [])]).toEqual(parts);
  expect(reads).toBe(before);
});
