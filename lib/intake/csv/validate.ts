/** From the fields of a row to a person. Who it is about decides; what decides nothing and cannot be read is left empty, with a doubt. */

import type { RecordChange } from '#lib/domain/events.ts';
import {
  COLUMN_FIELDS,
  KNOWN_COLUMNS,
  type KnownColumn,
  type Newcomer,
  type OptionalColumn,
  REQUIRED_COLUMNS,
} from '#lib/domain/newcomer.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { readCountry } from '#lib/domain/text/countries.ts';
import { deceptionIn } from '#lib/domain/text/deceptive-text.ts';
import { damageIn, ungarbled } from '#lib/domain/text/garbled-text.ts';
import type { ValueChangeText } from '#lib/domain/value-change.ts';
import { type Header, isNameOf } from './columns.ts';
import { type DateOrder, readDate, UNKNOWN_ORDER } from './dates.ts';
import { saysLeaving } from './leavers.ts';
import { CELL_LIMIT, EXTRA_LIMIT } from './limits.ts';
import { withoutListForm } from './list-values.ts';
import { nameCharacter, type RowProblem, type ValueChange } from './problem.ts';
import { looksLikeUpn, upnProblems } from './upn.ts';
import {
  beginsWithMark,
  cleaned,
  holdsNothing,
  type Marks,
  marksOf,
  saysNothing,
  withoutFormula,
  withoutMarks,
} from './values.ts';

export type RowResult =
  /** `doubts`: what could not be read and decides nothing. */
  | { kind: 'ok'; newcomer: Newcomer; doubts: RowProblem[]; changes: ValueChange[] }
  /** `problems`: what rejects the row, then its doubts. `leaver`: who it would name if it did not say that this person leaves. */
  | { kind: 'rejected'; problems: RowProblem[]; changes: ValueChange[]; leaver?: Newcomer };

/** Microsoft Graph: displayName 256 characters. */
const NAME_LIMIT = 256;
const TYPE_LIMIT = 64;
/** So much of a cell is shown in a sentence. */
const SHOWN = 60;

const NONE: readonly never[] = [];

/** How the templates of other systems mark a row that shows how to fill them in: no name has such a word before a colon or alone in brackets. */
const EXAMPLE =
  /^(?:example|sample|e\.g\.|beispiel|muster|z\. ?b\.|exemple|ejemplo|esempio|exemplo|voorbeeld) ?:|[([](?:example|sample|beispiel|muster|exemple|ejemplo|esempio|exemplo|voorbeeld)[)\]]$/i;

/** How people take a row out of a file without deleting it. */
const COMMENTED = /^(?:#|\/\/|--(?=[^-]))/;

/** Nearly every cell: no line break, nothing invisible, nothing that could be taken for something else. */
const PLAIN = /^[\x20-\x7e]*$/;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
/** In a column that we only pass through, line breaks and tabs are text. */
const CONTROL_IN_EXTRA = /(?![\t\n\r])\p{Cc}/u;

/** Whether a row has one cell more than the header, a number before all others, as R's `write.table` writes it: the address then stands one cell further. */
export function isNumbered({ width, at }: Header, fields: readonly string[]): boolean {
  // Another first column may hold numbers itself: the cell too many is then one with a delimiter in it.
  if (at.CN !== 0 && at.UserPrincipalName !== 0) return false;
  const upn = at.UserPrincipalName ?? 0;
  if (fields.length !== width + 1 || !/^\d+$/.test(fields[0] ?? '')) return false;
  return looksLikeUpn(fields[upn + 1] ?? '') && !looksLikeUpn(fields[upn] ?? '');
}

/**
 * The fields of a row in the width of the header: a number before all others and empty cells too many are dropped, optional ones that are missing at the end are empty.
 * The fields as they are where that does not help.
 */
export function fitted(header: Header, fields: readonly string[]): readonly string[] {
  const { width, at } = header;
  if (fields.length === width) return fields;
  if (isNumbered(header, fields)) return fields.slice(1);
  if (fields.length > width)
    return fields.slice(width).every((field) => saysBlank(field)) ? fields.slice(0, width) : fields;
  const needed = Math.max(at.UserPrincipalName ?? 0, at.CN ?? 0, at.EmployeeType ?? 0) + 1;
  return fields.length < needed ? fields : [...fields, ...Array.from({ length: width - fields.length }, () => '')];
}

const saysBlank = (field: string) => !/[^\s\p{Cf}]/u.test(field);

/** Validates one row against the header. `order`: how dates are written in the file. `today`: the day on which it came; an end before it has passed. */
export function validateRow(
  header: Header,
  row: readonly string[],
  order: DateOrder = UNKNOWN_ORDER,
  today = '',
): RowResult {
  const problems: RowProblem[] = [];
  const doubts: RowProblem[] = [];
  const changes: ValueChange[] = [];
  const fields = fitted(header, row);
  if (fields.length !== header.width) {
    const { width } = header;
    const problem = sentence(fields.length < width ? 'fewFields' : 'manyFields', { fields: fields.length, width });
    return { kind: 'rejected', problems: [{ column: null, ...problem }], changes };
  }
  const isPlain = fields.every((field) => field.length <= CELL_LIMIT && PLAIN.test(field));
  // Nothing looks inside a cell that is too long.
  const lengths = isPlain ? NONE : endlessCells(header, fields);
  const endless = lengths.map(({ column }) => column);
  for (const { decides, ...problem } of lengths) (decides ? problems : doubts).push(problem);
  if (problems.length > 0) return { kind: 'rejected', problems: [...problems, ...doubts], changes };
  // Hardly any row has one.
  const marks = fields.some(beginsWithMark)
    ? marksOf(REQUIRED_COLUMNS.map((column) => fields[header.at[column] ?? -1] ?? ''))
    : 'none';
  const value = (column: KnownColumn): string | undefined => {
    const raw = endless.includes(column) ? undefined : fields[header.at[column] ?? -1];
    if (raw === undefined) return undefined;
    const text = cleaned(column, unwrapped(column, raw, marks, changes), changes);
    if (!REQUIRED_COLUMNS.includes(column) || !holdsNothing(text)) return text;
    changes.push({ column, from: text, to: '', what: 'read as empty' });
    return '';
  };
  const userPrincipalName = value('UserPrincipalName') ?? '';
  const name = value('CN') ?? '';
  // UTF-8 that was read as Latin-1 has control characters in it, of which nobody is kept out: what the name was is told.
  const displayName = isPlain || ungarbled(name) === name ? name : name.replace(CONTROLS, '');
  const employeeType = value('EmployeeType') ?? '';
  const upnFaults = upnProblems(userPrincipalName);
  const isHeader = upnFaults.length > 0 && isNameOf('UserPrincipalName', userPrincipalName);
  report(
    problems,
    'UserPrincipalName',
    isHeader ? [sentence('headerAgain', { what: 'UserPrincipalName' })] : upnFaults,
  );
  report(problems, 'CN', textProblems('CN', displayName, NAME_LIMIT));
  if (EXAMPLE.test(displayName)) report(problems, 'CN', [sentence('exampleRow', { what: 'CN' })]);
  if (header.at.CN === 0) report(problems, 'CN', commented('CN', displayName));
  if (header.at.UserPrincipalName === 0)
    report(problems, 'UserPrincipalName', commented('UserPrincipalName', userPrincipalName));
  report(problems, 'EmployeeType', textProblems('EmployeeType', employeeType, TYPE_LIMIT));
  if (displayName === '') doubts.push(emptyCell('CN'));
  if (employeeType === '') doubts.push(emptyCell('EmployeeType'));
  const optional = (column: OptionalColumn) => {
    const text = value(column);
    return text === undefined ? undefined : readOptional(column, text, order, doubts, changes);
  };
  const newcomer: Newcomer = {
    userPrincipalName,
    displayName,
    employeeType,
    usageLocation: optional('UsageLocation'),
    startDate: optional('StartDate'),
  };
  doubtDeception('CN', name, doubts);
  doubtDeception('EmployeeType', employeeType, doubts);
  if (!isPlain) {
    problems.push(...swallowedRows(header, fields));
    doubts.push(...extraDoubts(header, fields));
  }
  if (problems.length > 0) return { kind: 'rejected', problems: [...problems, ...doubts], changes };
  const leaving = leaverProblems(header, fields, order, today, newcomer.startDate ?? null);
  if (leaving.length > 0) return { kind: 'rejected', problems: [...leaving, ...doubts], changes, leaver: newcomer };
  return { kind: 'ok', newcomer, doubts, changes };
}

/** Hardly any file has such a column. */
function leaverProblems(
  { leaverColumns }: Header,
  fields: readonly string[],
  order: DateOrder,
  today: string,
  startDate: string | null,
): readonly RowProblem[] {
  if (leaverColumns.length === 0) return NONE;
  return leaverColumns.flatMap(({ name, at, kind }) => {
    const text = (fields[at] ?? '').trim();
    if (!saysLeaving(text, kind, order, today, startDate)) return [];
    return [{ column: name, ...sentence('leaverRow', { what: name, text: text.slice(0, SHOWN) }) }];
  });
}

const emptyCell = (column: KnownColumn): RowProblem => ({ column, ...sentence('isEmpty', { what: column }) });

function report(problems: RowProblem[], column: KnownColumn, found: readonly Sentence[]): void {
  for (const problem of found) problems.push({ column, ...problem });
}

/** In the first cell of a row, where it stands for the whole of it. */
function commented(what: KnownColumn, text: string): readonly Sentence[] {
  const [mark] = COMMENTED.exec(text) ?? [];
  return mark === undefined ? NONE : [sentence('commentedRow', { what, mark })];
}

/** A cell without what a program put around its text. */
function unwrapped(column: KnownColumn, raw: string, marks: Marks, changes: ValueChange[]): string {
  const bare = withoutMarks(withoutFormula(raw), marks);
  if (bare !== raw)
    changes.push({ column, from: raw, to: bare, what: 'without the marks that make it a text in Excel' });
  const to = withoutListForm(column, bare);
  if (to !== bare) changes.push({ column, from: bare, to, what: 'the value of a SharePoint list' });
  return to;
}

/** A name or a type that looks like another one, or was garbled, is taken as it is, and told. */
function doubtDeception(column: KnownColumn, text: string, doubts: RowProblem[]): void {
  const deception = damageIn(text, column) ?? deceptionIn(text, column);
  if (deception !== null) doubts.push({ column, ...deception });
}

/** The cells of known columns that are too long to be looked at. */
function endlessCells(
  { at }: Header,
  fields: readonly string[],
): readonly (Sentence & { column: KnownColumn; decides: boolean })[] {
  return KNOWN_COLUMNS.flatMap((column) => {
    const { length } = fields[at[column] ?? -1] ?? '';
    if (length <= CELL_LIMIT) return [];
    const decides = REQUIRED_COLUMNS.includes(column);
    return [{ column, ...sentence('tooLong', { what: column, length, limit: CELL_LIMIT }), decides }];
  });
}

/** True where a value leaves neither problem nor doubt in its column: as every suggestion must. */
export function isSound(column: KnownColumn | null, value: string, order: DateOrder = UNKNOWN_ORDER): boolean {
  if (column === null) return !isWrongExtra(value);
  if (column === 'UserPrincipalName') return upnProblems(value).length === 0;
  if (column === 'CN' || column === 'EmployeeType')
    return (
      value !== '' &&
      textProblems(column, value, column === 'CN' ? NAME_LIMIT : TYPE_LIMIT).length === 0 &&
      !deceptionIn(value, column) &&
      !damageIn(value, column)
    );
  const doubts: RowProblem[] = [];
  readOptional(column, value, order, doubts, []);
  return doubts.length === 0;
}

/**
 * The values of the columns that mean nothing to us, in the order of `header.extras`, unchanged but for what no text may hold; null where
 * there are none.
 */
export function extrasOf({ extras }: Header, fields: readonly string[]): string[] | null {
  if (extras.length === 0) return null;
  return extras.map(({ at }) => {
    const text = fields[at] ?? '';
    return isWrongExtra(text) ? '' : text;
  });
}

/** The columns in which two rows about the same person disagree, as far as both say something. */
export function differences(before: Newcomer, after: Newcomer): (RecordChange & { column: KnownColumn })[] {
  const fieldOf = (newcomer: Newcomer, column: KnownColumn) => {
    if (column === 'UserPrincipalName') return newcomer.userPrincipalName.toLowerCase();
    const value = newcomer[COLUMN_FIELDS[column]];
    // An empty name or type says nothing against what is known.
    return column === 'CN' || column === 'EmployeeType' ? value || undefined : value;
  };
  return KNOWN_COLUMNS.flatMap((column) => {
    const from = fieldOf(before, column) ?? null;
    const to = fieldOf(after, column);
    return to === undefined || to === from ? [] : [{ column, before: from, after: to }];
  });
}

/** True where a column decides about the licence and two rows name different values for it. */
export function decides({ column, before, after }: RecordChange): boolean {
  if (!before || !after || before === after) return false;
  return (
    column === 'UsageLocation' || (column === 'EmployeeType' && employeeTypeKey(before) !== employeeTypeKey(after))
  );
}

/** Null: the row leaves it empty; undefined: it cannot be read, which says nothing against what is known. */
function readOptional(
  column: OptionalColumn,
  text: string,
  order: DateOrder,
  doubts: RowProblem[],
  changes: ValueChange[],
): string | null | undefined {
  if (text === '') return null;
  const result = READERS[column](text, order);
  if (result.kind === 'ok') {
    if (result.to !== text) changes.push({ column, from: text, to: result.to ?? '', what: result.what });
    return result.to;
  }
  doubts.push({ column, ...result.why });
  return undefined;
}

type Read = { kind: 'ok'; to: string | null; what: ValueChangeText } | { kind: 'doubt'; why: Sentence };

const READERS: Record<OptionalColumn, (text: string, order: DateOrder) => Read> = {
  UsageLocation: readLocation,
  StartDate: readStart,
};

const EMPTY: Read = { kind: 'ok', to: null, what: 'read as empty' };

function readLocation(text: string): Read {
  const code = readCountry(text);
  if (code !== null)
    return { kind: 'ok', to: code, what: code === text.toUpperCase() ? 'upper-cased' : 'read as a country' };
  if (saysNothing(text)) return EMPTY;
  return { kind: 'doubt', why: sentence('notACountry', { what: 'UsageLocation', text: text.slice(0, SHOWN) }) };
}

function readStart(text: string, order: DateOrder): Read {
  const result = readDate(text, order);
  if (result.kind === 'ok') return { kind: 'ok', to: result.date, what: 'rewritten as year-month-day' };
  return saysNothing(text) ? EMPTY : { kind: 'doubt', why: result.why };
}

function textProblems(what: string, text: string, limit: number): readonly Sentence[] {
  if (text.length <= limit && PLAIN.test(text)) return NONE;
  const problems: Sentence[] = [];
  const control = CONTROL.exec(text);
  if (control) problems.push(controlProblem(what, control));
  if (text.length > limit) problems.push(sentence('tooLong', { what, length: text.length, limit }));
  return problems;
}

function extraDoubts({ extras }: Header, fields: readonly string[]): RowProblem[] {
  return extras.flatMap(({ name, at }) => {
    const problem = extraProblem(name, fields[at] ?? '');
    return problem === null ? [] : [{ column: name, ...problem }];
  });
}

const controlProblem = (what: string, { 0: found, index }: RegExpExecArray) =>
  sentence('controlCharacter', { what, character: nameCharacter(found), position: index + 1 });

function extraProblem(what: string, text: string): Sentence | null {
  if (text.length > EXTRA_LIMIT) return sentence('tooLong', { what, length: text.length, limit: EXTRA_LIMIT });
  const control = CONTROL_IN_EXTRA.exec(text);
  return control && controlProblem(what, control);
}

const isWrongExtra = (text: string) => text.length > EXTRA_LIMIT || CONTROL_IN_EXTRA.test(text);

/**
 * A forgotten quote and a stray one can make whole rows look like one cell over several lines. A name, a type, a country or a date holds
 * no address; a note may, so there it must stand where the header has the UserPrincipalName, in a line as wide as a row.
 */
function swallowedRows(header: Header, fields: readonly string[]): readonly RowProblem[] {
  const swallowed = (name: string, at: number, upnIn: (lines: readonly string[][]) => string | undefined) => {
    const upn = upnIn(linesOf(fields[at] ?? ''));
    if (upn === undefined) return [];
    return [{ column: name, ...sentence('swallowedRow', { what: name, upn: upn.slice(0, SHOWN) }) }];
  };
  const known = KNOWN_COLUMNS.filter((name) => name !== 'UserPrincipalName');
  return [
    ...known.flatMap((name) => swallowed(name, header.at[name] ?? -1, (lines) => lines.flat().find(looksLikeUpn))),
    ...header.extras.flatMap(({ name, at }) => swallowed(name, at, (lines) => addressOfRow(header, lines, at))),
  ];
}

/** The pieces of each line of a cell over several lines; hardly any cell is one. */
function linesOf(text: string): string[][] {
  if (!/[\r\n]/.test(text)) return [];
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.split(/[,;\t|]/).map((piece) => piece.replace(/^[\s"]+|(?<![\s"])[\s"]+$/g, '')));
}

/**
 * The address in a line that is as wide as a row: the first line goes on from the cells before it, the last one into those behind it.
 * In the first line it must stand where the header has the UserPrincipalName, for a note may begin with an address of its own.
 */
function addressOfRow({ width, at }: Header, lines: readonly string[][], cell: number): string | undefined {
  const upnAt = at.UserPrincipalName ?? 0;
  return lines.flatMap((pieces, index) => {
    const before = index === 0 ? cell : 0;
    const behind = index === lines.length - 1 ? width - cell - 1 : 0;
    if (before + pieces.length + behind < width) return [];
    const candidates = index === 0 ? [pieces[upnAt - before], pieces[pieces.length - width + upnAt]] : pieces;
    return candidates.find((piece) => piece !== undefined && looksLikeUpn(piece)) ?? [];
  })[0];
}
