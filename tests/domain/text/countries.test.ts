import { describe, expect, test } from 'vitest';
import { COUNTRY_CODES, countryChoices, readCountry } from '#lib/domain/text/countries.ts';
import { countrySchema, optionalCountrySchema } from '#lib/domain/text/country-schema.ts';

test('there are 249 countries, each with a name to choose it by', () => {
  expect(COUNTRY_CODES.size).toBe(249);
  const choices = countryChoices('en');
  expect(choices).toHaveLength(249);
  expect(choices.filter(({ name }) => name.length <= 2)).toEqual([]);
});

test('they are chosen by the names that a language has for them', () => {
  const german = countryChoices('de').map(({ name }) => name);
  expect(german).toContain('Deutschland');
  expect(german.indexOf('Österreich')).toBeLessThan(german.indexOf('Polen'));
  expect(german.indexOf('Ägypten')).toBeLessThan(german.indexOf('Belgien'));
});

test.each(['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'sv', 'cs', 'hu', 'el', 'ru', 'tr', 'ja', 'zh', 'hi'])(
  'the name of every country in %s is read as its code, in capitals too',
  (language) => {
    const names = new Intl.DisplayNames([language], { type: 'region' });
    const wrong = [...COUNTRY_CODES].flatMap((code) => {
      const name = names.of(code) ?? '';
      return [name, name.toUpperCase()].filter((written) => readCountry(written) !== code);
    });
    expect(wrong).toEqual([]);
  },
);

/** ISO 3166, English short names, and as the World Bank and statistics shorten them. */
test.each([
  ...[
    'AG Antigua and Barbuda',
    'KN Saint Kitts and Nevis',
    'PM Saint Pierre and Miquelon',
    'TT Trinidad and Tobago',
    'WF Wallis and Futuna',
  ],
  ...[
    'VC Saint Vincent and the Grenadines',
    'ST Sao Tome and Principe',
    'TC Turks and Caicos Islands (the)',
    'SJ Svalbard and Jan Mayen',
  ],
  ...[
    'VG Virgin Islands (British)',
    'VI Virgin Islands (U.S.)',
    'KR Korea (South)',
    'KP Korea, North',
    'KR Korea, Rep.',
    'KR S. Korea',
  ],
  ...[
    'CD Congo, Dem. Rep.',
    'CG Congo, Rep.',
    'CD Congo (DRC)',
    'CZ Czech Rep.',
    'RU Russian Fed.',
    'IE Rep. of Ireland',
    'KG Kyrgyz Republic',
  ],
  ...[
    "KP Korea, Dem. People's Rep.",
    'GB Great Britain and Northern Ireland',
    'VA Vatican',
    'CN 中华人民共和国',
    'US 米国',
  ],
  ...['DE 🇩🇪', 'AT 🇦🇹 AT', 'CA CA-QC', 'US US-TX', 'GB GB-SCT'],
])('%s', (line) => expect(readCountry(line.slice(3))).toBe(line.slice(0, 2)));

test.each(['Georgia (State)', 'Georgia (US)', 'DE-AT', 'XX-YY', '🇩🇪🇦🇹', 'Mexico (New)'])('%s is no country', (text) =>
  expect(readCountry(text)).toBeNull(),
);

describe('countries as exports write them', () => {
  test.each([
    ['de', 'DE'],
    ['DEU', 'DE'],
    ['usa', 'US'],
    ['U.S.A.', 'US'],
    ['United States', 'US'],
    ['UK', 'GB'],
    ['EL', 'GR'],
    ['Deutschland', 'DE'],
    ['Oesterreich', 'AT'],
    ['Allemagne', 'DE'],
    ['Schweiz/Suisse/Svizzera', 'CH'],
    ['DE - Germany', 'DE'],
    ['Germany (DE)', 'DE'],
    ['Korea, Republic of', 'KR'],
    ['The Netherlands', 'NL'],
    ['Czech Republic', 'CZ'],
    ["Cote d'Ivoire", 'CI'],
    ['en-GB', 'GB'],
    ['NA', 'NA'],
    ['Aegypten', 'EG'],
    ['Germany / DE', 'DE'],
    ['DE | | Germany', 'DE'],
    ['(DE)', 'DE'],
    ['The Kingdom of Spain', 'ES'],
    ['Republic of Austria', 'AT'],
    ['Republic of The Gambia', 'GM'],
    ['Bahamas, The', 'BS'],
    ['Kongo', 'CG'],
    ['Российская Федерация', 'RU'],
    ['السعودية', 'SA'],
    ['ประเทศไทย', 'TH'],
    ['Қазақстан', 'KZ'],
    ['საქართველო', 'GE'],
    ['Հայաստան', 'AM'],
    ['Azərbaycan', 'AZ'],
    ['বাংলাদেশ', 'BD'],
    ['Pilipinas', 'PH'],
  ])('%s is %s', (text, code) => expect(readCountry(text)).toBe(code));

  test.each([
    'EN',
    '',
    '0',
    '276',
    '840',
    'Europe',
    'Atlantis',
    'US-CA',
    'Germany / France',
    'NULL',
    'EU',
    'xx-en-GB',
    'en-GBR',
    'DEU1',
    'Germany / Deutschland / France',
    ' / ',
  ])('%j is no country', (text) => expect(readCountry(text)).toBeNull());
});

test('what is typed is read whole: Germany is never Georgia', () => {
  expect(countrySchema.parse('Germany')).toBe('DE');
  expect(countrySchema.parse(' de ')).toBe('DE');
  expect(countrySchema.safeParse('').success).toBe(false);
  expect(countrySchema.safeParse('Atlantis').success).toBe(false);
  expect(optionalCountrySchema.parse(' ')).toBeNull();
  expect(optionalCountrySchema.safeParse('Atlantis').success).toBe(false);
});

test('whoever types no country is told what to type', () => {
  expect(countrySchema.safeParse('').error?.message).toMatch(/must name a country, for example DE/);
  expect(countrySchema.safeParse('Atlantis').error?.message).toMatch(/code or the name of a country, for example DE/);
});
