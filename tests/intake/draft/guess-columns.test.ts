import { expect, test } from 'vitest';
import { matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { ColumnSamples, unusedColumns } from '#lib/intake/draft/guess-columns.ts';

const KNOWN = ['CN', 'UserPrincipalName', 'EmployeeType'];

function guesses(columns: Record<string, string[]>, known = KNOWN) {
  const names = Object.keys(columns);
  const samples = new ColumnSamples();
  const rows = Math.max(...Object.values(columns).map((cells) => cells.length));
  for (let row = 0; row < rows; row++) samples.see([...known, ...names.map((name) => columns[name]?.[row] ?? '')]);
  const { header } = matchColumns([...known, ...names], null);
  return Object.fromEntries(unusedColumns(header, samples, ['E', 'N']).map(({ name, guess }) => [name, guess]));
}

test('a country or a date counts where the name of the column speaks for it', () => {
  const countries = ['DE', 'DE', 'AT', 'Schweiz'];
  const dates = ['01.12.2026', '2026-12-02', '03.12.2026'];
  expect(
    guesses({
      Nutzungsort: countries,
      Geburtsland: countries,
      Region: countries,
      'Eintritt laut Vertrag': dates,
      Geburtsdatum: dates,
      'Austritt am': dates,
      Stichtag: dates,
      Kostenstelle: ['4711', '4712'],
    }),
  ).toEqual({
    Nutzungsort: 'UsageLocation',
    Geburtsland: null,
    Region: null,
    'Eintritt laut Vertrag': 'StartDate',
    Geburtsdatum: null,
    'Austritt am': null,
    Stichtag: null,
    Kostenstelle: null,
  });
});

test('a name with a typing error is recognised, unless its values say otherwise', () => {
  expect(guesses({ 'Usage Locaton': [] })).toEqual({ 'Usage Locaton': 'UsageLocation' });
  expect(guesses({ 'Usage Locaton': ['3rd floor', 'attic'] })).toEqual({ 'Usage Locaton': null });
});

test('addresses and mapped types are recognised by themselves, where nothing else means that', () => {
  const columns = { Adresse: ['ada@contoso.com', 'bo@contoso.com'], Art: ['E', 'n'] };
  expect(guesses(columns, ['CN'])).toEqual({ Adresse: 'UserPrincipalName', Art: 'EmployeeType' });
  expect(guesses(columns)).toEqual({ Adresse: null, Art: null });
});
