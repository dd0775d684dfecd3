/** The template to fill in: the columns we know, a list of the mapped types, and nothing that a spreadsheet would run. */
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { mappings } from '#db/schema/mappings.ts';
import { KNOWN_COLUMNS } from '#lib/domain/newcomer.ts';
import { readTable } from '#lib/intake/csv/parse.ts';
import { fileRecords } from '#lib/intake/file-records.ts';
import { downloadTemplate } from '#lib/services/files/template.ts';
import { importBytes, storedFiles } from '#tests/intake/build.ts';
import { openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const helpdesk = operator('Operator');
const TYPES = ['E', '=HYPERLINK("http://127.0.0.1")', '<b>&"'];

beforeAll(() => {
  const mapping = {
    version: 1,
    licences: [{ skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: [] }],
    createdAt: 0,
    createdBy: 'Ada',
  };
  for (const employeeType of TYPES)
    db.insert(mappings)
      .values({ employeeType, employeeTypeKey: employeeType.toLowerCase(), ...mapping })
      .run();
});

test.each(['csv', 'xlsx'])(
  'as %s it has the columns we know, and comes back as a file with nobody in it',
  async (format) => {
    const { name, bytes } = await downloadTemplate(helpdesk, { format });
    expect(name).toBe(`newcomers.${format}`);
    expect(importBytes(db, bytes, { name })).toMatchObject({ status: 'accepted', rows: 0, problem: null });
    expect(storedFiles(db).at(-1)).toMatchObject({ encoding: format === 'csv' ? 'UTF-8' : 'XLSX' });
    if (format === 'csv') return;
    const [header] = readTable(fileRecords([], bytes, 'XLSX', {}));
    expect(header?.kind === 'header' && header.names.toSorted()).toEqual(KNOWN_COLUMNS.toSorted());
  },
);

test('the workbook offers the mapped types as a list, and holds no formula', async () => {
  const { bytes } = await downloadTemplate(helpdesk, { format: 'xlsx' });
  const parts = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
  const people = parts['xl/worksheets/sheet1.xml'] ?? '';
  expect(people).toMatch(
    /<dataValidation type="list"[^>]* sqref="C2:C1048576"><formula1>Types!\$A\$2:\$A\$4<\/formula1>/,
  );
  expect(people.indexOf('<dataValidations')).toBeGreaterThan(people.indexOf('</sheetData>'));
  for (const name of Object.keys(parts).filter((part) => part.startsWith('xl/worksheets/')))
    expect(parts[name], name).not.toMatch(/<f[ >]/);
  const cells = (parts['xl/worksheets/sheet2.xml'] ?? '').match(/<c [^>]*>/g) ?? [];
  expect(cells).toHaveLength(2 * (TYPES.length + 1));
  expect(cells.every((cell) => cell.includes('t="s"'))).toBe(true);
  expect(parts['xl/sharedStrings.xml']).toContain('&lt;b&gt;&amp;');
});

test('what is typed or chosen as an EmployeeType stays a text: 01 does not become 1', async () => {
  const { bytes } = await downloadTemplate(helpdesk, { format: 'xlsx' });
  const part = (name: string) => strFromU8(unzipSync(bytes)[name] ?? new Uint8Array());
  const [, style] = /<col min="3" max="3"[^>]* style="(\d+)"/.exec(part('xl/worksheets/sheet1.xml')) ?? [];
  const styles = part('xl/styles.xml');
  const [cells = ''] = /<cellXfs.*<\/cellXfs>/s.exec(styles) ?? [];
  const format = [...cells.matchAll(/<xf [^>]*>/g)][Number(style)]?.[0] ?? '';
  const [, id] = /numFmtId="(\d+)"/.exec(format) ?? [];
  expect(styles).toContain(`<numFmt numFmtId="${id}" formatCode="@"/>`);
  expect(format).not.toContain('fontId');
});

test('rows filled in below the header are imported', async () => {
  const { bytes } = await downloadTemplate(helpdesk, { format: 'csv' });
  const filled = `${strFromU8(bytes)}Anna Able,anna@contoso.example,E,DE,2026-03-02\r\n`;
  expect(importBytes(db, filled)).toMatchObject({ accepted: 1, rejected: [] });
});
