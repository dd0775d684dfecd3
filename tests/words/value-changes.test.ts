/** What intake did to values, said in German: everything that it really says of rows, and what nobody knows is marked as English. */
import { expect, test } from 'vitest';
import { matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { correctRow } from '#lib/intake/csv/rows/corrections.ts';
import { validateRow } from '#lib/intake/csv/rows/validate.ts';
import { VALUE_CHANGES_DE } from '#lib/words/de/value-changes.ts';
import { valueChangeIn } from '#lib/words/value-changes.ts';

const { header } = matchColumns(['CN', 'UserPrincipalName', 'EmployeeType', 'UsageLocation', 'StartDate'], null);
const { header: twoStarts } = matchColumns(['CN', 'UPN', 'EmployeeType', 'StartDate', 'HireDate'], null);

const ROWS = [
  ['Ada\n Able ', ' ada@contoso.example', 'E', 'de', '31.12.2026'],
  ['"Ada', 'ada@contoso.example', '="E"', 'Germany', 'n/a'],
  ["X'c581756361'", 'ada@contoso.example', 'NULL', '', ''],
  ['CN=Ada Able,OU=New', 'ada@contoso.example', 'E', '', ''],
  ['Zoe\u0308 Able', 'ada@contoso.example', 'E', '', ''],
  ['Ada', 'mailto:ada@contoso.example', 'E', '', ''],
  ['Ada', 'ada＠contoso.example', 'Ｅ', '', ''],
  ['Ada', 'ada@contoso.example', '3;#E', '', ''],
];

test('everything that intake says of changed values has its German, also several at once', () => {
  const rowOf = (...fields: string[]) => ({ kind: 'row' as const, line: 2, raw: `"${fields}"`, fields, problem: null });
  const wrapped = rowOf('Ada,ada@contoso.example,E,,');
  const numbered = rowOf('17', 'Ada', 'ada@contoso.example', 'E', '', '');
  const changes = [
    ...ROWS.flatMap((row) => validateRow(header, row).changes),
    ...validateRow(twoStarts, ['Ada', 'ada@contoso.example', 'E', '', '2026-12-31']).changes,
    ...[wrapped, numbered].flatMap((row) => correctRow({ header, delimiter: ',' }, row, new Map()).changes),
  ];
  const said = changes.map(({ what }) => what);
  expect(new Set(said.flatMap((what) => what.split(', ')))).toEqual(new Set(Object.keys(VALUE_CHANGES_DE)));
  expect(said).toContain('trimmed, line breaks and other blanks made one blank');
  for (const what of said) {
    const german = valueChangeIn('de', what);
    expect(german.lang, what).toBeUndefined();
    expect(german.what, what).not.toBe(what);
    expect(valueChangeIn('en', what)).toEqual({ what, lang: undefined });
  }
  expect(valueChangeIn('de', 'trimmed, composed (Unicode NFC)').what).toBe(
    'ohne Leerzeichen am Rand, zusammengesetzt (Unicode NFC)',
  );
});

test('who corrected a value is named as they are, and what an earlier version said stays English and is marked', () => {
  expect(valueChangeIn('de', 'corrected by Doe, Jane')).toEqual({ what: 'korrigiert von Doe, Jane', lang: undefined });
  expect(valueChangeIn('de', 'trimmed, made nice')).toEqual({ what: 'trimmed, made nice', lang: 'en' });
});
