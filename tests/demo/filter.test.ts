import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFilter } from '#lib/demo/api/filter.ts';

const PEOPLE = [
  { id: '1', userPrincipalName: 'ada@contoso.example', employeeType: 'E', accountEnabled: true, usageLocation: 'US' },
  {
    id: '2',
    userPrincipalName: "o'neil@contoso.example",
    employeeType: 'N',
    accountEnabled: false,
    usageLocation: null,
  },
];

function idsOf(filter: string): string[] | string {
  const parsed = parseFilter(filter);
  if (parsed.kind === 'refused') return JSON.stringify(parsed.answer.body);
  return PEOPLE.filter(parsed.predicate).map(({ id }) => id);
}

describe('$filter', () => {
  test.each([
    ["userPrincipalName eq 'ADA@contoso.example'", ['1']],
    ["userPrincipalName eq 'o''neil@contoso.example'", ['2']],
    ["userPrincipalName in ('ada@contoso.example', 'o''neil@contoso.example')", ['1', '2']],
    ["id in ('2')", ['2']],
    ["startswith(userPrincipalName,'O')", ['2']],
    ['accountEnabled eq true', ['1']],
    ['usageLocation eq null', ['2']],
    ["employeeType eq 'N' or usageLocation eq 'us'", ['1', '2']],
    ["employeeType eq 'N' and usageLocation eq 'us'", []],
    ["(employeeType eq 'N' or employeeType eq 'E') and accountEnabled eq false", ['2']],
  ])('%s', (filter, ids) => {
    expect(idsOf(filter)).toEqual(ids);
  });

  test.each([
    ["userPrincipalName ne 'x'", /Operator 'ne' is not supported/],
    ["endswith(mail,'x')", /Operator 'endswith' is not supported/],
    ["shoeSize eq '42'", /property 'shoeSize' of resource 'User'/],
    ["userPrincipalName eq 'open", /Invalid filter clause/],
    ['userPrincipalName in ()', /Invalid filter clause/],
    ["employeeType eq 'E' or", /Invalid filter clause/],
    ['', /Invalid filter clause/],
  ])('refuses %s', (filter, words) => {
    expect(idsOf(filter)).toMatch(words);
  });

  test('only a filter on names alone narrows the search to these names', () => {
    const keysOf = (filter: string) => {
      const parsed = parseFilter(filter);
      return parsed.kind === 'ok' ? parsed.keys : 'refused';
    };
    expect(keysOf("userPrincipalName in ('a','b')")).toEqual(['a', 'b']);
    expect(keysOf("userPrincipalName eq 'a' or employeeType eq 'E'")).toBeNull();
    expect(keysOf("startswith(userPrincipalName,'a')")).toBeNull();
  });

  test('any name at all is found by its own literal, however it is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        const parsed = parseFilter(`userPrincipalName eq '${name.replaceAll("'", "''")}'`);
        expect(parsed.kind === 'ok' && parsed.predicate({ userPrincipalName: name })).toBe(true);
      }),
    );
  });

  test('no text at all makes the parser throw or hang', () => {
    fc.assert(
      fc.property(fc.string(), (filter) => {
        expect(['ok', 'refused']).toContain(parseFilter(filter).kind);
      }),
    );
  });
});
