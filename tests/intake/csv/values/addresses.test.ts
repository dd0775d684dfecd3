import { describe, expect, test } from 'vitest';
import { looksLikeUpn, upnProblems } from '#lib/intake/csv/values/upn.ts';

const said = (upn: string) => upnProblems(upn, 'It').map(({ message }) => message);
const LABEL = 'b'.repeat(63);

describe('everything that is wrong with an address is said, once, and nothing else', () => {
  test.each([
    ['', ['It is empty']],
    ['ada', ['It has no @']],
    ['/a', ['It has no @', 'It must not contain "/" at position 1']],
    ['.ada', ['It has no @', 'It must not have a dot at the start or right before the @']],
    ['@contoso.example', ['It has nothing before the @']],
    ['@contoso', ['It has nothing before the @', 'It has the domain "contoso", which has no dot']],
    ['@', ['It has nothing before the @', 'It has nothing after the @']],
    ['ada.b c@contoso.example', ['It must not contain a space at position 6']],
    ['ada.@contoso.example', ['It must not have a dot at the start or right before the @']],
    ['a@b@c', ['It must not contain a second "@" at position 4']],
    [
      'äöü ÄÖ/@contoso.example',
      [
        'It must not contain "ä" (U+00E4) at position 1, "ö" (U+00F6) at position 2, "ü" (U+00FC) at position 3, a space at position 4, "Ä" (U+00C4) at position 5 and 2 more',
      ],
    ],
    ['ä@contoso.exämple', ['It must not contain "ä" (U+00E4) at position 1, "ä" (U+00E4) at position 13']],
    ['😀/@contoso.example', ['It must not contain "😀" (U+1F600) at position 1, "/" at position 3']],
    ['ada@contoso-.example', ['It has a domain with a part that starts or ends with a hyphen']],
    ['ada@-contoso.example', ['It has a domain with a part that starts or ends with a hyphen']],
    ['ada@con-toso.example', []],
    [
      `a@${'b'.repeat(120)}`,
      ['It is too long: 122 characters, at most 113', `It has the domain "${'b'.repeat(113)}", which has no dot`],
    ],
  ])('%j', (upn, problems) => expect(said(upn)).toEqual(problems));

  test('as long as Microsoft Entra takes it: 64 before the @, 63 in each part behind it, 113 in all', () => {
    const longest = `${'a'.repeat(64)}@${'b'.repeat(40)}.example`;
    expect(longest).toHaveLength(113);
    const blank = (upn: string) => said(upn.replace('a', ' '));
    for (const upn of [longest, `a@${LABEL}.example`]) {
      expect(said(upn)).toEqual([]);
      // One thing that is wrong adds nothing else.
      expect(blank(upn)).toEqual(['It must not contain a space at position 1']);
    }
    expect(said(`x${longest}`)).toEqual([
      'It is too long: 114 characters, at most 113',
      'It has 65 characters before the @, at most 64',
    ]);
    expect(said(`${longest}s`)).toEqual(['It is too long: 114 characters, at most 113']);
    expect(said(`a@${LABEL}b.example`)).toEqual(['It has a domain with a part of more than 63 characters']);
  });
});

test.each([
  ['ada@contoso.example', true],
  ['ä/da@contoso.example.', true],
  ['ada@contoso', false],
  ['ada@.example', false],
  ['ada@contoso.', false],
  ['@contoso.example', false],
  ['ada@contoso.example Ada', false],
  ['Mail: ada@contoso.example', false],
  ['ada@b@contoso.example', false],
  ['ada@contoso.example@b', false],
])('%j has the shape of an address: %j', (text, does) => expect(looksLikeUpn(text)).toBe(does));
