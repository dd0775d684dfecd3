import { describe, expect, test } from 'vitest';
import { addressIn, isOneSlipAway, queryWords, searchWords } from '#lib/domain/text/search-words.ts';

/** As the search does it: one spelling of every word is somewhere in the text. */
function finds(query: string, name: string, upn = ''): boolean {
  const text = searchWords(name, upn);
  return queryWords(query).every((spellings) => spellings.some((spelling) => text.includes(spelling)));
}

describe('a person is found', () => {
  test.each([
    ['muller', 'Jürgen Müller'],
    ['Mueller', 'Jürgen Müller'],
    ['müller jürgen', 'Jürgen Mueller'],
    ['Muller', 'Jürgen Mueller'],
    ['joerg', 'Jörg Ölmann'],
    ['haakon', 'Håkon Aas'],
    ['hakon', 'Haakon Aas'],
    ['lukasz zolty', 'Łukasz Żółty'],
    ['strasse', 'Ida Straße'],
    ['Straße', 'Ida Strasse'],
    ['kjaer', 'Søren Kjær'],
    ['sorens', 'Sørensen, Pia'],
    ['Thordur', 'Þórður Guðmundsson'],
    ['gudmund', 'Þórður Guðmundsson'],
    ['yildiz', 'Ayşe Yıldız'],
    ['dordevic', 'Đorđe Đorđević'],
    ['oeuvrard', 'Œuvrard, Léa'],
    ["O'Brien", 'Cara O’Brïen'],
    ['obrien', "Cara O'Brien"],
    ['Anna-Lena', 'Lena Anna Weiß'],
    ['Able, Ada', 'Ada Able'],
    ['Ada Able (external)', 'Ada Able External'],
    ['  Ada\u00a0 Able ', 'Ada Able'],
    ['Able Ada.', 'Ada Able'],
    ['ADA ADA ada', 'Ada Able'],
    ['Å', 'Aas Li'],
  ])('%s finds %s', (query, name) => {
    expect(finds(query, name)).toBe(true);
  });

  test('by the address, as programs copy it', () => {
    for (const query of ['zoe@contoso.example', 'Zoe <zoe@contoso.example>', 'mailto:zoe@contoso.example'])
      expect(finds(query, 'Zoe Zinnia', 'Zoe@contoso.example')).toBe(true);
    expect(queryWords('anna-lena@contoso.example')).toEqual([['anna-lena@contoso.example']]);
  });

  test('and nobody who has only some of the words, or another name', () => {
    expect(finds('ada baker', 'Ada Able')).toBe(false);
    expect(finds('miller', 'Jürgen Müller')).toBe(false);
  });
});

test('short spellings are not shortened: `ue` would find almost anybody', () => {
  expect(queryWords('Ue')).toEqual([['ue']]);
  expect(queryWords('Rue')).toEqual([['rue']]);
  expect(queryWords('Suess')).toEqual([['suess', 'suss']]);
  expect(queryWords('Joel')).toEqual([['joel', 'jol']]);
});

test('of a long text the first eight words count, each once', () => {
  expect(queryWords('a b c d e f g h i')).toHaveLength(8);
  expect(queryWords('a a a a a a a a b')).toEqual([['a'], ['b']]);
  expect(queryWords(' , ;')).toEqual([]);
});

test('what is kept to look in has the second spelling only where it differs', () => {
  expect(searchWords('Ada Able', 'Ada@contoso.example')).toBe('ada able ada@contoso.example');
  expect(searchWords('Zdeněk\u00a0 Zinnia', 'zz@x.example')).toBe('zdenek zinnia zz@x.example');
  expect(searchWords('Jo Mueller', 'jm@x.example')).toBe('jo mueller jm@x.example jo muller jm@x.example');
});

test.each([
  ['Zoe Zinnia <zoe@contoso.com>', 'zoe@contoso.com'],
  ['mailto:zoe@contoso.com', 'zoe@contoso.com'],
  ['"zoe@contoso.com";', 'zoe@contoso.com'],
  ['Zoe Zinnia', null],
  ['@contoso.com', null],
  ['zoe@', null],
  ['@zoe@contoso.com', null],
])('the address in %j', (text, address) => {
  expect(addressIn(text)).toBe(address);
});

describe('one slip is forgiven', () => {
  const ada = searchWords('Ada Lovelace', 'ada.lovelace@contoso.example');
  test.each([
    ['ada lovelace', true],
    ['ada lovlace', true],
    ['ada lovvelace', true],
    ['ada lovelaxe', true],
    ['ada lovealce', true],
    ['ada lvlace', false],
    ['adx lovelaxe', false],
    ['ada baker', false],
  ])('%s: %s', (query, expected) => {
    expect(isOneSlipAway(queryWords(query), ada)).toBe(expected);
  });

  test('in either spelling of a word, and not once more in another word', () => {
    expect(isOneSlipAway(queryWords('muelller'), 'jo muller')).toBe(true);
    expect(isOneSlipAway(queryWords('mueller lovlace'), 'jo muller lovelace')).toBe(true);
    expect(isOneSlipAway(queryWords('muelller lovlace'), 'jo muller lovelace')).toBe(false);
  });

  test('a letter of its own is no slip of what stands between two words', () => {
    expect(isOneSlipAway(queryWords('ada x'), 'ada able, anna')).toBe(false);
  });
});
