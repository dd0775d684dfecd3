/** Suggests what a cell was probably meant to say. Pure: a suggestion is never applied unless an operator confirms it. */

import { codesByCountryName, countryNameKey, readCountry } from '#lib/domain/countries.ts';
import type { KnownColumn } from '#lib/intake/csv/columns.ts';
import { readDate } from '#lib/intake/csv/dates.ts';
import { nearest } from './nearest.ts';
import { type Suggestion, suggestUpn } from './suggest-upn.ts';

export type { Suggestion };

/** Values in use at this organisation. */
export interface Usage {
  /** Domains, the most used first. */
  domains: readonly string[];
  /** EmployeeTypes that are mapped. */
  employeeTypes: readonly string[];
}

const MAX_SUGGESTIONS = 3;
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Suggestions for one cell, best first; none where it cannot be known. `isValid` says whether a value would have no problem. */
export function suggest(
  column: KnownColumn | null,
  value: string,
  usage: Usage,
  isValid: (value: string) => boolean,
): Suggestion[] {
  const trimmed = value.trim();
  const found = column === null ? withoutControls(value) : SUGGESTERS[column](trimmed, usage, isValid);
  const different = found.filter(
    ({ to }, index) => to !== value && found.findIndex((other) => other.to === to) === index,
  );
  return different.filter(({ to }) => isValid(to)).slice(0, MAX_SUGGESTIONS);
}

type Suggester = (value: string, usage: Usage, isValid: (value: string) => boolean) => Suggestion[];

const SUGGESTERS: Record<KnownColumn, Suggester> = {
  UserPrincipalName: (value, { domains }, isValid) => suggestUpn(value, domains, isValid),
  CN: withoutControls,
  EmployeeType: (value, { employeeTypes }) => [...nearType(value, employeeTypes), ...withoutControls(value)],
  UsageLocation: (value) => [...countryOf(value), ...leftEmpty(value)],
  StartDate: (value) => [...datesOf(value), ...leftEmpty(value)],
};

function withoutControls(value: string): Suggestion[] {
  return [{ to: value.replace(CONTROLS, ' ').replace(/ {2,}/g, ' ').trim(), pattern: 'control characters' }];
}

/** A value that cannot be understood may be left out where the column may be empty. */
function leftEmpty(value: string): Suggestion[] {
  return value === '' ? [] : [{ to: '', pattern: `${value} left out` }];
}

/** Short codes are compared without their punctuation and by their start, long ones by edit distance. */
function nearType(value: string, employeeTypes: readonly string[]): Suggestion[] {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const key = plain(value);
  if (key === '' || employeeTypes.some((type) => type.toLowerCase() === value.toLowerCase())) return [];
  const exact = employeeTypes.find((type) => plain(type) === key);
  const started = employeeTypes.filter((type) => key.startsWith(plain(type)) || plain(type).startsWith(key));
  const to = exact ?? nearest(value, employeeTypes) ?? started[0];
  return to === undefined ? [] : [{ to, pattern: `${value} to ${to}` }];
}

function countryOf(value: string): Suggestion[] {
  const key = countryNameKey(value);
  const names = codesByCountryName();
  const near = key.length < 5 ? undefined : names.get(nearest(key, [...names.keys()]) ?? '');
  const code = readCountry(value) ?? near;
  return code === undefined ? [] : [{ to: code, pattern: `${value} to ${code}` }];
}

const MONTHS: Record<string, number> = {
  jan: 1,
  feb: 2,
  mar: 3,
  mär: 3,
  mrz: 3,
  apr: 4,
  may: 5,
  mai: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  okt: 10,
  nov: 11,
  dec: 12,
  dez: 12,
};

/** Day 1 in spreadsheets is 1 January 1900, counted with a 29 February that never existed. */
const SPREADSHEET_DAY_ZERO = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;

function datesOf(value: string): Suggestion[] {
  const readings: [pattern: string, year: string, month: string | number, day: string][] = [];
  const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})$/.exec(value);
  if (slashed) {
    const [, first = '', second = '', year = ''] = slashed;
    readings.push(['day first', fullYear(year), second, first], ['month first', fullYear(year), first, second]);
  }
  const run = /^(\d{4})(\d{2})(\d{2})$/.exec(value);
  if (run) readings.push(['no dashes', run[1] ?? '', run[2] ?? '', run[3] ?? '']);
  const named = /^(\d{1,2})[.\s-]*([\p{L}]{3,})\.?[\s-]*(\d{2}|\d{4})$/u.exec(value);
  if (named) readings.push(['named month', fullYear(named[3] ?? ''), monthOf(named[2]), named[1] ?? '']);
  const leading = /^([\p{L}]{3,})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s*(\d{4})$/u.exec(value);
  if (leading) readings.push(['named month', leading[3] ?? '', monthOf(leading[1]), leading[2] ?? '']);
  const suggestions = readings.flatMap(([pattern, year, month, day]) => {
    const date = readDate(`${year}-${month}-${day}`);
    return date.kind === 'ok' ? [{ to: date.date, pattern }] : [];
  });
  if (/^[34]\d{4}$/.test(value)) {
    const to = new Date(SPREADSHEET_DAY_ZERO + Number(value) * DAY_MS).toISOString().slice(0, 10);
    suggestions.push({ to, pattern: 'spreadsheet number' });
  }
  return suggestions;
}

const fullYear = (year: string) => (year.length === 2 ? `20${year}` : year);
const monthOf = (name = '') => MONTHS[name.toLowerCase().slice(0, 3)] ?? 0;
