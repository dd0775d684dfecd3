import { describe, expect, test } from 'vitest';
import type { Newcomer } from '#lib/domain/newcomer.ts';
import { type Header, matchColumns } from '#lib/intake/csv/columns/columns.ts';
import { together } from '#lib/intake/csv/problem.ts';
import { validateRow } from '#lib/intake/csv/rows/validate.ts';
import { readDate } from '#lib/intake/csv/values/dates.ts';

function headerOf(...names: string[]): Header {
  const { header, problems } = matchColumns(names, null);
  if (problems.length > 0) throw new Error(problems.join());
  return header;
}

const HEADER = headerOf('CN', 'UserPrincipalName', 'EmployeeType', 'UsageLocation', 'StartDate', 'Note');

function validate({
  cn = 'Anna Able',
  upn = 'anna@contoso.example',
  type = 'E',
  location = '',
  start = '',
  note = '',
}) {
  return validateRow(HEADER, [cn, upn, type, location, start, note]);
}

function problemOf(row: Parameters<typeof validate>[0]): string {
  const result = validate(row);
  return result.kind === 'rejected' ? together(result.problems).message : 'no problem';
}

function newcomerOf(row: Parameters<typeof validate>[0]): Newcomer {
  const result = validate(row);
  if (result.kind === 'rejected') throw new Error(together(result.problems).message);
  return result.newcomer;
}

describe('a UserPrincipalName that Microsoft 365 takes is accepted', () => {
  test.each([
    'anna@contoso.example',
    "o'hara$x-y_z!#^~.`1@contoso.example",
    'a@b.c',
    'ANNA@Contoso.Example',
    `${'a'.repeat(64)}@contoso.example`,
    'guest_x.example#EXT#@contoso.onmicrosoft.com',
  ])('%s', (upn) => expect(newcomerOf({ upn }).userPrincipalName).toBe(upn));
});

describe('a UserPrincipalName that it does not take is rejected, naming the character and its position', () => {
  const refused = [...'\\%&*+/=?{}|<>();:,[]"'];
  test.each(refused)('%s before the @', (character) => {
    expect(problemOf({ upn: `an${character}na@contoso.example` })).toBe(
      `UserPrincipalName must not contain "${character}" at position 3.`,
    );
  });

  test.each([
    ['', /^UserPrincipalName is empty\.$/],
    [' \u00a0\u200b', /is empty/],
    ['anna', /has no @/],
    ['@contoso.example', /nothing before the @/],
    ['anna@', /nothing after the @/],
    ['anna@contoso', /"contoso", which has no dot/],
    ['anna@contoso..example', /empty part/],
    ['anna@contoso.example.', /empty part/],
    ['anna@-contoso.example', /starts or ends with a hyphen/],
    ['anna@con_toso.example', /"_" at position 9/],
    ['anna@b@contoso.example', /a second "@" at position 7/],
    ['an na@contoso.example', /a space at position 3/],
    ['an\u00a0na@contoso.example', /U\+00A0 at position 3/],
    ['an\u200bna@contoso.example', /U\+200B at position 3/],
    ['an\tna@contoso.example', /U\+0009 at position 3/],
    ['jürgen@contoso.example', /"ü" \(U\+00FC\) at position 2/],
    ['аnna@contoso.example', /"а" \(U\+0430\) at position 1/],
    ['anna😀@contoso.example', /"😀" \(U\+1F600\) at position 5/],
    ['.anna@contoso.example', /dot at the start/],
    ['anna.@contoso.example', /right before the @/],
    [`${'a'.repeat(65)}@contoso.example`, /65 characters before the @, at most 64/],
    [`a@${'b'.repeat(60)}.${'c'.repeat(60)}.example`, /too long: 131 characters, at most 113/],
    [`a@${'b'.repeat(64)}.example`, /more than 63 characters/],
  ])('%j', (upn, message) => expect(problemOf({ upn })).toMatch(message));
});

test('all problems of a row are named at once, each with its column', () => {
  expect(problemOf({ cn: '', upn: 'a b@x', type: ' ', location: 'Atlantis', start: '31.02.2026' })).toBe(
    'UserPrincipalName must not contain a space at position 2; UserPrincipalName has the domain "x", which has no dot; ' +
      'CN is empty; EmployeeType is empty; ' +
      'UsageLocation "Atlantis" is not a country code or name: use the two letters of ISO 3166-1, for example DE; ' +
      'StartDate "31.02.2026" does not exist in the calendar: check day and month.',
  );
});

describe('values that no directory can hold are rejected', () => {
  test.each([
    [
      'control character in the name',
      { cn: 'Anna\u0007Able' },
      'CN contains the control character U+0007 at position 5.',
    ],
    ['escape in the type', { type: 'E\u001b[0m' }, 'EmployeeType contains the control character U+001B at position 2.'],
    ['too long a name', { cn: 'a'.repeat(257) }, 'CN is too long: 257 characters, at most 256.'],
    ['too long a type', { type: 'a'.repeat(65) }, 'EmployeeType is too long: 65 characters, at most 64.'],
  ])('%s', (_name, row, message) => expect(problemOf(row)).toMatch(message));

  test('a line break or a tab in a column that is only handed back is text', () => {
    expect(validate({ note: 'first\r\nsecond\tx' })).toMatchObject({ kind: 'ok' });
  });

  test('a note that swallowed a row is not taken for text, a note with an address is', () => {
    const swallowed = 'x,E,DE,2026-03-04,n\nBen,ben@contoso.example,E,DE,2026-03-04,n';
    expect(problemOf({ note: swallowed })).toContain('Note spans several lines and contains ben@contoso.example');
    expect(validate({ note: 'Ask anna@contoso.example,\nroom 5, floor 3, house 2, Sales, North' })).toMatchObject({
      kind: 'ok',
    });
  });

  test.each([
    [['a', 'b'], 'The row has too few fields: 2, where the header has 6.'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'The row has too many fields: 7, where the header has 6.'],
  ])('%j against six columns', (fields, message) => {
    const result = validateRow(HEADER, fields);
    expect(result.kind === 'rejected' && together(result.problems).message).toBe(message);
  });
});

describe('what is changed is recorded', () => {
  test('every Unicode blank around a value is trimmed', () => {
    const blanks = ' \t\u00a0\u2003\u3000\u200b\u200d\u2060\ufeff\u202e\u00ad';
    const result = validate({ cn: `${blanks}Anna Able${blanks}`, upn: `\ufeffanna@contoso.example\u00a0` });
    expect(result).toMatchObject({
      kind: 'ok',
      newcomer: { displayName: 'Anna Able', userPrincipalName: 'anna@contoso.example' },
    });
    expect(result.changes).toEqual([
      {
        column: 'UserPrincipalName',
        from: '\ufeffanna@contoso.example\u00a0',
        to: 'anna@contoso.example',
        what: 'trimmed',
      },
      { column: 'CN', from: `${blanks}Anna Able${blanks}`, to: 'Anna Able', what: 'trimmed' },
    ]);
  });

  test('letters with separate accents are composed', () => {
    const result = validate({ cn: 'Zoe\u0308 ' });
    expect(result.changes).toEqual([
      { column: 'CN', from: 'Zoe\u0308 ', to: 'Zo\u00eb', what: 'trimmed, composed (Unicode NFC)' },
    ]);
  });

  test('a country in lower case and a date in another form are rewritten', () => {
    const result = validate({ location: 'de', start: '4.3.2026' });
    expect(result).toMatchObject({ kind: 'ok', newcomer: { usageLocation: 'DE', startDate: '2026-03-04' } });
    expect(result.changes.map(({ column, to }) => [column, to])).toEqual([
      ['UsageLocation', 'DE'],
      ['StartDate', '2026-03-04'],
    ]);
  });

  test('a clean row changes nothing', () =>
    expect(validate({ location: 'DE', start: '2026-03-04' }).changes).toEqual([]));
});

test('an empty optional value is null, a column the file does not have is undefined', () => {
  expect(newcomerOf({})).toMatchObject({ usageLocation: null, startDate: null });
  const short = validateRow(headerOf('CN', 'UPN', 'Type'), ['A', 'a@b.example', 'E']);
  expect(short).toMatchObject({ newcomer: { usageLocation: undefined, startDate: undefined } });
});

describe('dates are read as written and never guessed', () => {
  test.each([
    ['2026-03-04', '2026-03-04'],
    ['2026/03/04', '2026-03-04'],
    ['2026-3-4', '2026-03-04'],
    ['04.03.2026', '2026-03-04'],
    ['2026-03-04T23:59:59.123Z', '2026-03-04'],
    ['2026-03-04T00:30:00+02:00', '2026-03-04'],
    ['3/14/2026 8:00:00 AM', '2026-03-14'],
    ['14/3/2026', '2026-03-14'],
    ['05/05/2026', '2026-05-05'],
    ['29.02.2028', '2028-02-29'],
  ])('%s is %s', (text, date) => expect(readDate(text)).toEqual({ kind: 'ok', date }));

  test.each([
    ['03/04/2026', /two dates: write it as 2026-04-03 or 2026-03-04/],
    ['2026-02-30', /does not exist in the calendar/],
    ['29.02.2026', /does not exist in the calendar/],
    ['13/13/2026', /does not exist in the calendar/],
    ['2026-00-10', /does not exist in the calendar/],
    ['0001-01-01', /year 0001/],
    ['soon', /not a date: write it as 2026-03-04/],
    ['9999-12-31', /year 9999/],
    ['26-01-05', /two dates: write it as 2005-01-26 or 2026-01-05/],
    ['5 listopada 2026', /not a date/],
    ['2026-03/04', /not a date/],
  ])('%s is a problem', (text, why) =>
    expect(readDate(text)).toMatchObject({ kind: 'fault', why: { message: expect.stringMatching(why) } }),
  );
});

test.each([
  ['Ada\u202ELovelace', 'E', 'CN contains the invisible character U+202E at position 4'],
  ['Ada', 'E\u{E0041}x', 'EmployeeType contains the invisible character U+E0041 at position 2'],
  ['Ada Lоvelace', 'E', 'CN mixes Latin and Cyrillic letters in one word'],
])('%j of type %j is imported as it is, with a doubt', (name, type, doubt) => {
  const result = validateRow(headerOf('CN', 'UserPrincipalName', 'EmployeeType'), [name, 'ada@contoso.com', type]);
  expect(result).toMatchObject({
    kind: 'ok',
    newcomer: { displayName: name, employeeType: type },
    doubts: [{ message: doubt }],
  });
});

test.each([
  [{ note: 'Cancelled' }, 'Note says "Cancelled"'],
  [{ cn: 'Anna Able (abgesagt)' }, 'CN says "(abgesagt)"'],
])('whose hiring was called off has not left: %j', (row, said) =>
  expect(problemOf(row)).toBe(`${said}: this row may be about somebody who is to get no mailbox.`),
);

test.each([
  '"',
  '″',
  '〃',
  '”',
  "''",
  '-"-',
  '-//-',
  'do.',
  'Dito',
  'ditto',
  's.o.',
  'wie oben',
  'Same as above',
  'j.w.',
  '同上',
])('%s is as empty as it is unclear: nobody is called so, and nobody gets a licence by it', (mark) => {
  const row = { cn: mark, type: mark, location: mark, start: mark };
  const result = validate(row);
  expect(result).toMatchObject({
    kind: 'ok',
    newcomer: { displayName: '', employeeType: '', usageLocation: null, startDate: null },
  });
  const doubts = result.kind === 'ok' ? result.doubts.map(({ column, said }) => [column, said?.[0]]) : [];
  expect(doubts.toSorted()).toEqual([
    ['CN', 'asAbove'],
    ['EmployeeType', 'asAbove'],
    ['StartDate', 'asAbove'],
    ['UsageLocation', 'asAbove'],
  ]);
});

test.each(['do', 'S', 'E"', 'Same Day Inc', 'ID', '=', 'W'])('%s is a type like any other', (type) =>
  expect(newcomerOf({ type }).employeeType).toBe(type),
);

test.each(['Sama', 'Idem', 'İdem', 'Same'])('a person who is called %s keeps the name', (cn) =>
  expect(newcomerOf({ cn }).displayName).toBe(cn),
);

test('idem is no type', () => expect(newcomerOf({ type: 'idem' }).employeeType).toBe(''));
