/** The review of an upload before it is imported: each row with its verdict, its problems, and what was probably meant. Pure. */

import { KNOWN_COLUMNS, type KnownColumn, type Newcomer } from '#lib/domain/newcomer.ts';
import { domainOf, employeeTypeKey } from '#lib/domain/person.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { lookAlikes } from '#lib/domain/text/deceptive-text.ts';
import { columnName, type Header } from '#lib/intake/csv/columns/columns.ts';
import { readRow } from '#lib/intake/csv/parse.ts';
import type { RowProblem } from '#lib/intake/csv/problem.ts';
import type { Delimiter } from '#lib/intake/csv/records.ts';
import { decides, differences } from '#lib/intake/csv/rows/differences.ts';
import { isSound, type RowResult, validateRow } from '#lib/intake/csv/rows/validate.ts';
import type { ValidatedRow } from '#lib/intake/csv/rows/validation-context.ts';
import { quotedField } from '#lib/intake/csv/split.ts';
import type { DateOrder } from '#lib/intake/csv/values/date-order.ts';
import { nearest } from './nearest.ts';
import { type Suggestion, suggest, type Usage } from './suggest.ts';

/** `known`: we have this person already and check again; `duplicate`: an earlier row of this file names the person. */
const REVIEW_VERDICTS = ['ok', 'known', 'duplicate', 'rejected'] as const;
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number];

export interface ReviewNote extends Sentence {
  /** Index of the cell; null: the row as a whole. */
  at: number | null;
  /** A problem rejects the row; with a warning it is imported all the same. */
  kind: 'problem' | 'warning';
  suggestions: Suggestion[];
}

/** What is known outside the file. */
export interface KnownValues {
  /** EmployeeTypes that are mapped. */
  employeeTypes: readonly string[];
  /** Domains of accounts we have seen in Microsoft 365, the most used first; none on a new installation. */
  domains: readonly string[];
}

/** What the rows of one file are checked against. */
export interface ReviewContext extends Usage {
  header: Header;
  delimiter: Delimiter;
  dates: DateOrder;
  /** False where no domain is known: then an unknown one is no reason for a warning. */
  knowsDomains: boolean;
  typeKeys: ReadonlySet<string>;
  /** Which of the domains another one looks like. */
  lookAlike: (domain: string) => string | null;
  /** Suggestions by column and value: the same mistake is often made many times. */
  suggestions: Map<string, Suggestion[]>;
}

/** Prepares the context of a file: a domain that most of its rows use counts as one in use, unless it is itself a typing error. */
export function reviewContext(
  file: { header: Header; delimiter: Delimiter; dates: DateOrder },
  knownValues: KnownValues,
  domainCounts: ReadonlyMap<string, number>,
): ReviewContext {
  const total = [...domainCounts.values()].reduce((sum, n) => sum + n, 0);
  const [mostUsed] = [...domainCounts].filter(([, n]) => n >= 2 && n * 2 > total).map(([domain]) => domain);
  const isTypo =
    mostUsed === undefined ||
    (!knownValues.domains.includes(mostUsed) && nearest(mostUsed, knownValues.domains) !== null);
  const domains = isTypo
    ? knownValues.domains
    : [mostUsed, ...knownValues.domains.filter((domain) => domain !== mostUsed)];
  return {
    ...file,
    domains,
    lookAlike: lookAlikes(domains),
    employeeTypes: knownValues.employeeTypes,
    knowsDomains: knownValues.domains.length > 0,
    typeKeys: new Set(knownValues.employeeTypes.map(employeeTypeKey)),
    suggestions: new Map(),
  };
}

/** All notes on one row, cell by cell. */
export function reviewRow(context: ReviewContext, raw: string, validated: ValidatedRow): ReviewNote[] {
  const notes: ReviewNote[] = [];
  for (const problem of validated.kind === 'rejected' ? validated.problems : []) {
    const at = cellOf(context.header, problem);
    const isFirst = at === null || notes.every((note) => note.at !== at);
    const value = at === null ? null : (validated.fields?.[at] ?? null);
    const suggestions = !isFirst
      ? []
      : value === null || at === null
        ? asOneRow(context, raw)
        : suggestFor(context, at, value);
    notes.push({ at, kind: 'problem', ...bare(problem), suggestions });
  }
  for (const doubt of validated.kind === 'ok' ? validated.doubts : []) {
    const at = cellOf(context.header, doubt);
    const value = at === null ? null : (validated.fields?.[at] ?? null);
    const suggestions = at === null || value === null ? [] : suggestFor(context, at, value);
    notes.push({ at, kind: 'warning', ...bare(doubt), suggestions });
  }
  const isSplit = validated.fields?.length === context.header.width;
  return isSplit ? [...notes, ...warnings(context, validated.fields ?? [], notes)] : notes;
}

/** Where a row says something else of a person than the row that named it first, and that decides about the licence. */
export function disagreements(
  header: Header,
  first: { line: number; newcomer: Newcomer },
  newcomer: Newcomer,
  newestRowWins: boolean,
): ReviewNote[] {
  return differences(first.newcomer, newcomer)
    .filter(decides)
    .map(({ column, before, after }) => ({
      at: header.at[column],
      kind: 'warning',
      ...sentence('firstLineSays', { line: first.line, column, before, after, newestWins: newestRowWins }),
      suggestions: [],
    }));
}

const bare = ({ message, said }: RowProblem): Sentence => ({ message, said });

function cellOf(header: Header, { column }: RowProblem): number | null {
  const known = KNOWN_COLUMNS.find((name) => name === column);
  return known ? header.at[known] : (header.extras.find(({ name }) => name === column)?.at ?? null);
}

function knownColumn(header: Header, at: number): KnownColumn | null {
  return KNOWN_COLUMNS.find((column) => header.at[column] === at) ?? null;
}

function suggestFor(context: ReviewContext, at: number, value: string): Suggestion[] {
  const column = knownColumn(context.header, at);
  const key = `${columnName(context.header, at)}\n${value}`;
  const found =
    context.suggestions.get(key) ??
    suggest(column, value, context, (candidate) => isSound(column, candidate, context.dates));
  context.suggestions.set(key, found);
  return found;
}

/** Warnings about cells that have no problem. */
function warnings(context: ReviewContext, fields: readonly string[], problems: readonly ReviewNote[]): ReviewNote[] {
  const notes: ReviewNote[] = [];
  const check = (column: KnownColumn, warningFor: (value: string) => Sentence | null) => {
    const at = context.header.at[column];
    const value = at === null ? '' : (fields[at]?.trim() ?? '');
    if (at === null || value === '' || problems.some((problem) => problem.at === at)) return;
    const warning = warningFor(value);
    if (warning !== null) notes.push({ at, kind: 'warning', ...warning, suggestions: suggestFor(context, at, value) });
  };
  check('UserPrincipalName', (upn) => {
    const domain = domainOf(upn);
    if (context.domains.includes(domain)) return null;
    const meant = nearest(domain, context.domains) ?? context.lookAlike(domain);
    if (meant) return sentence('domainMeant', { domain, meant });
    return context.knowsDomains ? sentence('domainUnknown', { domain }) : null;
  });
  check('EmployeeType', (type) =>
    context.typeKeys.has(employeeTypeKey(type)) ? null : sentence('typeUnmapped', { type }),
  );
  return notes;
}

/** A text with more delimiters than this is not joined. */
const SURPLUS_LIMIT = 20;

/** A delimiter inside a name or a note shifts the row: where exactly one way of joining fields gives a valid row, that is what was meant. */
function asOneRow({ header, delimiter, dates }: ReviewContext, raw: string): Suggestion[] {
  const fields = readRow(raw, delimiter);
  const surplus = fields ? fields.length - header.width : 0;
  if (!fields || surplus < 1 || surplus > SURPLUS_LIMIT) return [];
  const isText = (at: number) => header.at.CN === at || header.extras.some((extra) => extra.at === at);
  const readings = Array.from({ length: header.width }, (_, at) => at)
    // An empty cell was no part of a text.
    .filter((at) => isText(at) && fields.slice(at, at + surplus + 1).every((field) => field.trim() !== ''))
    .map((at) => joined(fields, at, surplus, delimiter))
    .filter((reading) => isDoubtless(validateRow(header, reading, dates)));
  const [only] = readings;
  if (!only || readings.length > 1) return [];
  return [{ to: only.map((field) => quotedField(field, delimiter)).join(delimiter), pattern: `${surplus} too many` }];
}

function isDoubtless(result: RowResult): boolean {
  return result.kind === 'ok' && result.doubts.length === 0;
}

function joined(fields: readonly string[], at: number, surplus: number, delimiter: Delimiter): string[] {
  const after = at + surplus + 1;
  return [...fields.slice(0, at), fields.slice(at, after).join(delimiter), ...fields.slice(after)];
}
