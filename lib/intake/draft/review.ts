/** How an upload looks before it is taken in: each row with its verdict, its problems, and what was probably meant. Pure. */
import { columnName, type Header, KNOWN_COLUMNS, type KnownColumn } from '#lib/intake/csv/columns.ts';
import { readRow } from '#lib/intake/csv/parse.ts';
import type { RowProblem } from '#lib/intake/csv/problem.ts';
import type { Delimiter } from '#lib/intake/csv/records.ts';
import { isSound, validateRow } from '#lib/intake/csv/validate.ts';
import type { ValidatedRow } from '#lib/intake/csv/validation-context.ts';
import { nearest } from './near.ts';
import { type Suggestion, suggest, type Usage } from './suggest.ts';

/** `known`: we have this person already and look at it again; `duplicate`: an earlier row of this file names it. */
export const REVIEW_VERDICTS = ['ok', 'known', 'duplicate', 'rejected'] as const;
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number];

export interface ReviewNote {
  /** Index of the cell; null: the row as a whole. */
  at: number | null;
  /** A problem rejects the row; with a warning it is taken in all the same. */
  kind: 'problem' | 'warning';
  message: string;
  suggestions: Suggestion[];
}

/** What is known of the world outside the file. */
export interface Surroundings {
  /** EmployeeTypes that are mapped. */
  employeeTypes: readonly string[];
  /** Domains of accounts we have seen in Microsoft 365, the most used first; none on a new installation. */
  domains: readonly string[];
}

/** What to hold the rows of one file against. */
export interface ReviewContext extends Usage {
  header: Header;
  delimiter: Delimiter;
  /** False where we know no domain at all: then an unknown one says nothing. */
  knowsDomains: boolean;
  typeKeys: ReadonlySet<string>;
  /** Suggestions by column and value: the same slip is often made many times. */
  seen: Map<string, Suggestion[]>;
}

export const domainOf = (upn: string): string => upn.slice(upn.lastIndexOf('@') + 1).toLowerCase();

/** Holds the file against the world: a domain that most of its rows have counts as one in use, unless it is a slip itself. */
export function reviewContext(
  file: { header: Header; delimiter: Delimiter },
  world: Surroundings,
  domainCounts: ReadonlyMap<string, number>,
): ReviewContext {
  const total = [...domainCounts.values()].reduce((sum, n) => sum + n, 0);
  const [most] = [...domainCounts].filter(([, n]) => n >= 2 && n * 2 > total).map(([domain]) => domain);
  const isSlip = most === undefined || (!world.domains.includes(most) && nearest(most, world.domains) !== null);
  const domains = isSlip ? world.domains : [most, ...world.domains.filter((domain) => domain !== most)];
  return {
    ...file,
    domains,
    employeeTypes: world.employeeTypes,
    knowsDomains: world.domains.length > 0,
    typeKeys: new Set(world.employeeTypes.map((type) => type.toLowerCase())),
    seen: new Map(),
  };
}

/** What there is to say about one row, cell by cell. */
export function reviewRow(by: ReviewContext, raw: string, validated: ValidatedRow): ReviewNote[] {
  const notes: ReviewNote[] = [];
  for (const problem of validated.kind === 'rejected' ? validated.problems : []) {
    const at = cellOf(by.header, problem);
    const isFirst = at === null || notes.every((note) => note.at !== at);
    const value = at === null ? null : (validated.fields?.[at] ?? null);
    const suggestions = !isFirst ? [] : value === null || at === null ? asOneRow(by, raw) : suggestFor(by, at, value);
    notes.push({ at, kind: 'problem', message: problem.message, suggestions });
  }
  const isSplit = validated.fields?.length === by.header.width;
  return isSplit ? [...notes, ...warnings(by, validated.fields ?? [], notes)] : notes;
}

function cellOf(header: Header, { column }: RowProblem): number | null {
  const known = KNOWN_COLUMNS.find((name) => name === column);
  return known ? header.at[known] : (header.extras.find(({ name }) => name === column)?.at ?? null);
}

function knownColumn(header: Header, at: number): KnownColumn | null {
  return KNOWN_COLUMNS.find((column) => header.at[column] === at) ?? null;
}

function suggestFor(by: ReviewContext, at: number, value: string): Suggestion[] {
  const column = knownColumn(by.header, at);
  const key = `${columnName(by.header, at)}\n${value}`;
  const found = by.seen.get(key) ?? suggest(column, value, by, (candidate) => isSound(column, candidate));
  by.seen.set(key, found);
  return found;
}

/** Doubts about cells that have no problem. */
function warnings(by: ReviewContext, fields: readonly string[], problems: readonly ReviewNote[]): ReviewNote[] {
  const notes: ReviewNote[] = [];
  const check = (column: KnownColumn, doubt: (value: string) => string | null) => {
    const at = by.header.at[column];
    if (at === null || problems.some((problem) => problem.at === at)) return;
    const value = fields[at]?.trim() ?? '';
    const message = doubt(value);
    if (message !== null) notes.push({ at, kind: 'warning', message, suggestions: suggestFor(by, at, value) });
  };
  check('UserPrincipalName', (upn) => {
    const domain = domainOf(upn);
    if (by.domains.includes(domain)) return null;
    const meant = nearest(domain, by.domains);
    if (meant) return `Nobody at ${domain} is known. Is it ${meant}?`;
    return by.knowsDomains ? `Nobody at ${domain} has been seen in Microsoft 365 yet.` : null;
  });
  check('EmployeeType', (type) =>
    by.typeKeys.has(type.toLowerCase())
      ? null
      : `EmployeeType ${type} is not mapped: taken in, but waits for a mapping.`,
  );
  return notes;
}

/** A name with a delimiter in it shifts the row: where joining fields at one place alone gives a sound row, that is what was meant. */
function asOneRow({ header, delimiter }: ReviewContext, raw: string): Suggestion[] {
  const fields = readRow(raw, delimiter);
  const surplus = fields ? fields.length - header.width : 0;
  if (!fields || surplus < 1) return [];
  const readings = joined(fields, surplus, delimiter).filter((reading) => validateRow(header, reading).kind === 'ok');
  const [only] = readings;
  if (!only || readings.length > 1) return [];
  return [{ to: only.map((field) => quotedField(field, delimiter)).join(delimiter), pattern: `${surplus} too many` }];
}

function joined(fields: readonly string[], surplus: number, delimiter: Delimiter): string[][] {
  return fields
    .slice(surplus)
    .map((_, at) => [
      ...fields.slice(0, at),
      fields.slice(at, at + surplus + 1).join(delimiter),
      ...fields.slice(at + surplus + 1),
    ]);
}

function quotedField(field: string, delimiter: Delimiter): string {
  return /["\r\n]/.test(field) || field.includes(delimiter) ? `"${field.replaceAll('"', '""')}"` : field;
}
