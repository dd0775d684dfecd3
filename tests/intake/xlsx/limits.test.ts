/** Workbooks that are larger than they look, or damaged. */
import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readTable } from '#lib/intake/csv/parse.ts';
import { fileRecords } from '#lib/intake/file-records.ts';
import { ANNA, BEN, HEADER, imported, workbook } from './build.ts';

describe('a bomb is noticed before it goes off', () => {
  const spaces = (bytes: number) => new Uint8Array(bytes).fill(32);
  const rowsOf = (cells: string) => `<worksheet><sheetData><row r="1">${cells}</row></sheetData></worksheet>`;
  const people = { name: 'People', rows: [HEADER, ANNA] };
  const withSheet = (bytes: Uint8Array) => workbook({ sheets: [people], parts: { 'xl/worksheets/sheet1.xml': bytes } });

  /** The same archive, whose directory and local headers claim another size for a part. */
  function lying(bytes: Uint8Array, name: string, size: number): Uint8Array {
    const copy = Buffer.from(bytes);
    let at = -1;
    for (let found = copy.indexOf(name); found >= 0; found = copy.indexOf(name, found + 1)) at = found;
    copy.writeUInt32LE(size, at - 22);
    return copy;
  }

  const sheet1 = 'xl/worksheets/sheet1.xml';

  test.each<[string, () => Uint8Array, RegExp]>([
    ['a part that packs beyond reason', () => withSheet(spaces(64 * 1024 * 1024)), /unpacks to far more/],
    ['one that says it is small', () => lying(withSheet(spaces(64 * 1024 * 1024)), sheet1, 1000), /damaged/],
    [
      'one that says it is huge',
      () => lying(workbook({ sheets: [people] }), sheet1, 0x7fffffff),
      /unpacks to far more/,
    ],
    [
      'ten thousand parts and one',
      () =>
        workbook({
          sheets: [people],
          parts: Object.fromEntries(
            Array.from({ length: 10_001 }, (_, n) => [`${n}`, [new Uint8Array(), { level: 0 }]]),
          ),
        }),
      /more than 10,000 parts/,
    ],
    ['elements in elements without end', () => withSheet(strToU8(`<worksheet>${'<a>'.repeat(5000)}`)), /damaged/],
    [
      'one attribute without end',
      () => withSheet(Buffer.concat([strToU8('<worksheet a="'), spaces(3 * 1024 * 1024)])),
      /damaged/,
    ],
    [
      'entities that multiply',
      () =>
        withSheet(
          strToU8(`<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${rowsOf('<c t="str"><v>&b;</v></c>')}`),
        ),
      /declares a document type/,
    ],
    ['an entity nobody declared', () => withSheet(strToU8(rowsOf('<c t="str"><v>&b;</v></c>'))), /damaged/],
    [
      'a row beyond the last',
      () =>
        withSheet(
          strToU8('<worksheet><sheetData><row r="1048577"><c t="str"><v>x</v></c></row></sheetData></worksheet>'),
        ),
      /more than 1,048,576 rows/,
    ],
    [
      'more rows in no order than are held in memory',
      () =>
        withSheet(
          strToU8(
            `<worksheet><sheetData>${Array.from({ length: 100_001 }, (_, n) => `<row r="${200_000 - n}"><c t="str"><v>x</v></c></row>`).join('')}</sheetData></worksheet>`,
          ),
        ),
      /damaged/,
    ],
    ['a text that is not there', () => withSheet(strToU8(rowsOf('<c t="s"><v>7</v></c>'))), /damaged/],
  ])('%s', (_, bytes, message) => {
    const { result, people: stored } = imported(bytes());
    expect(result).toMatchObject({ status: 'rejected', problem: { message: expect.stringMatching(message) } });
    expect(stored).toEqual([]);
  });

  test('a value in the last column and a cell beyond the limit reject their rows, not the others', () => {
    const long = 'x'.repeat(32_768);
    const { result, people: stored } = imported({
      sheets: [
        {
          name: 'People',
          rows: [
            HEADER,
            [...ANNA, { xml: '<c r="XFD2" t="str"><v>x</v></c>' }],
            ['Cy', 'cy@contoso.example', 'E', long],
            BEN,
          ],
        },
      ],
    });
    expect(result.rejected).toMatchObject([
      { line: 2, problem: expect.stringContaining('column XFD') },
      { line: 3, problem: expect.stringContaining('Cell D3 is longer than 32,767') },
    ]);
    expect(stored).toMatchObject([{ displayName: 'Ben' }]);
  });

  test('a row that is longer than all that is read costs no more than that, and rejects itself alone', () => {
    const strings = [`<si><t>${'x'.repeat(32_767)}</t></si>`];
    const long = { xml: '<c r="REF" t="s"><v>0</v></c>' };
    const header = [...HEADER, ...Array.from({ length: 900 }, (_, n) => `Note ${n}`)];
    const rows = [header, [...ANNA, ...Array.from({ length: 900 }, () => long)], BEN];
    const { result, rows: stored } = imported({ sheets: [{ name: 'People', rows }], strings });
    const length = 900 * 32_767 + ANNA.join('').length;
    expect(result.rejected).toMatchObject([{ line: 2, problem: expect.stringContaining(`${length} characters`) }]);
    expect(stored.map(({ raw }) => raw.slice(0, 10))).toEqual(['Anna,anna@', 'Ben,ben@co']);
    expect(stored[0]?.raw.length).toBeLessThan(100_000);
  });

  test('a first row with nothing but a value in the last column is passed over like a title', () => {
    const rows = [[{ xml: '<c r="XFD1" t="str"><v>x</v></c>' }], HEADER, ANNA];
    expect(imported({ sheets: [{ name: 'People', rows }] }).people).toMatchObject([{ displayName: 'Anna' }]);
  });

  test('what a transfer adds behind an archive is no part of it, anything else is none of its ends', () => {
    const whole = Buffer.from(workbook({ sheets: [people] }));
    const read = (behind: string) => imported(Buffer.concat([whole, Buffer.from(behind)])).people.length;
    expect(['\r\n', '\n', '\x1a', '\0'.repeat(700)].map(read)).toEqual([1, 1, 1, 1]);
    expect(read('\nx')).toBe(0);
  });

  test('an archive cut anywhere, or with any byte of its directory changed, is refused or read whole', () => {
    const whole = workbook({ sheets: [people] });
    const reading = (bytes: Uint8Array) => [...readTable(fileRecords([], bytes, 'XLSX', {}))];
    const wholeParts = reading(whole);
    expect(wholeParts.map(({ kind }) => kind)).toEqual(['header', 'row']);
    for (let length = 5; length < whole.length; length += 7)
      expect(reading(whole.subarray(0, length)).at(-1)?.kind, `cut at ${length}`).toBe('fault');
    let refused = 0;
    for (let at = 4; at < whole.length; at++) {
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x41;
      const parts = reading(changed);
      if (parts.at(-1)?.kind === 'fault') refused++;
      else expect(parts, `byte ${at}`).toEqual(wholeParts);
    }
    expect(refused).toBeGreaterThan(whole.length / 4);
  });
});
