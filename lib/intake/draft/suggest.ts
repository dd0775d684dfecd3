/** Suggests what a cell was probably meant to say. Pure: a suggestion is never applied unless an operator confirms it. */

import type { KnownColumn } from '#lib/domain/newcomer.ts';
import { codesByCountryName, countryNameKey, readCountry } from '#lib/domain/text/countries.ts';
import { ungarbled } from '#lib/domain/text/garbled-text.ts';
import { readDate } from '#lib/intake/csv/values/dates.ts';
import { maySayLeaving } from '#lib/intake/csv/values/leavers.ts';
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
  const found = column === null ? ofAnyColumn(value) : SUGGESTERS[column](trimmed, usage, isValid);
  const different = found.filter(
    ({ to }, index) => to !== value && found.findIndex((other) => other.to === to) === index,
  );
  return different.filter(({ to }) => isValid(to)).slice(0, MAX_SUGGESTIONS);
}

type Suggester = (value: string, usage: Usage, isValid: (value: string) => boolean) => Suggestion[];

const SUGGESTERS: Record<KnownColumn, Suggester> = {
  UserPrincipalName: (value, { domains }, isValid) => suggestUpn(value, domains, isValid),
  CN: (value) => [...readable(value), ...withoutControls(value)],
  EmployeeType: (value, { employeeTypes }) => [
    ...readable(value),
    ...nearType(value, employeeTypes),
    ...withoutControls(value),
  ],
  UsageLocation: (value) => [...countryOf(value), ...leftEmpty(value)],
  StartDate: (value) => [...datesOf(value), ...leftEmpty(value)],
};

function withoutControls(value: string): Suggestion[] {
  return [{ to: value.replace(CONTROLS, ' ').replace(/ {2,}/g, ' ').trim(), pattern: 'control characters' }];
}

/** Who imports the row of somebody who leaves all the same leaves out what says so: a word, a tick or a day that has passed. */
function ofAnyColumn(value: string): Suggestion[] {
  return [...withoutControls(value), ...(maySayLeaving(value.trim()) ? leftEmpty(value) : [])];
}

function readable(value: string): Suggestion[] {
  return [{ to: ungarbled(value), pattern: 'garbled letters' }];
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

const READINGS = [
  ['day first', { slashed: 'day_first', dotted: 'day_first' }],
  ['month first', { slashed: 'month_first', dotted: 'month_first' }],
] as const;

function datesOf(value: string): Suggestion[] {
  return READINGS.flatMap(([pattern, order]) => {
    const date = readDate(value, order);
    return date.kind === 'ok' ? [{ to: date.date, pattern }] : [];
  });
}
