import {
  KNOWN_COLUMNS,
  type KnownColumn,
  type Newcomer,
  type OptionalColumn,
  REQUIRED_COLUMNS,
} from '#lib/domain/newcomer.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { deceptionIn } from '#lib/domain/text/deceptive-text.ts';
import { damageIn, ungarbled } from '#lib/domain/text/garbled-text.ts';
import { type Header, isNameOf } from '#lib/intake/csv/columns/columns.ts';
import { joinedName } from '#lib/intake/csv/columns/name-parts.ts';
import { CELL_LIMIT, SHOWN } from '#lib/intake/csv/limits.ts';
import { controlProblem, type RowProblem, type ValueChange } from '#lib/intake/csv/problem.ts';
import { type DateOrder, UNKNOWN_ORDER } from '#lib/intake/csv/values/date-order.ts';
import { possibleDates } from '#lib/intake/csv/values/dates.ts';
import { calledOff, saysLeaving } from '#lib/intake/csv/values/leavers.ts';
import { withoutListForm } from '#lib/intake/csv/values/list-values.ts';
import { readOptional } from '#lib/intake/csv/values/optional-values.ts';
import { readStartDate } from '#lib/intake/csv/values/start-text.ts';
import { upnProblems } from '#lib/intake/csv/values/upn.ts';
import {
  beginsWithMark,
  cleaned,
  holdsNothing,
  type Marks,
  marksOf,
  saysAsAbove,
  saysNothing,
  withoutFormula,
  withoutMarks,
  withoutTextMark,
} from '#lib/intake/csv/values/values.ts';
import { extraDoubts, isWrongExtra } from './extras.ts';
import { swallowedRows } from './swallowed-rows.ts';
import { fitted } from './width.ts';

export type RowResult =
  /** `doubts`: what could not be read and decides nothing. */
  | { kind: 'ok'; newcomer: Newcomer; doubts: RowProblem[]; changes: ValueChange[] }
  /** `problems`: what rejects the row, then its doubts. `leaver`: who it would name if it did not say that this person leaves. */
  | { kind: 'rejected'; problems: RowProblem[]; changes: ValueChange[]; leaver?: Newcomer };

/** Microsoft Graph: displayName 256 characters. */
const NAME_LIMIT = 256;
const TYPE_LIMIT = 64;
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
  const value = (column: KnownColumn, at = header.at[column]): string | undefined => {
    const raw = endless.includes(column) ? undefined : fields[at ?? -1];
    if (raw === undefined) return undefined;
    const text = cleaned(column, unwrapped(column, raw, marks, changes), changes);
    if (column !== 'UserPrincipalName' && saysAsAbove(text, column === 'CN')) {
      doubts.push({ column, ...sentence('asAbove', { what: column, text }) });
      return '';
    }
    if (!REQUIRED_COLUMNS.includes(column) || !holdsNothing(text)) return text;
    changes.push({ column, from: text, to: '', what: 'read as empty' });
    return '';
  };
  const userPrincipalName = value('UserPrincipalName') ?? '';
  const { nameAt, namePartsAt } = header;
  const joined = (at: readonly number[]) => joinedName(at.map((index) => value('CN', index) ?? ''));
  const written = nameAt.length > 1 ? joined(nameAt) : (value('CN') ?? '');
  const name = written === '' ? joined(namePartsAt.filter((at) => (fields[at] ?? '').length <= CELL_LIMIT)) : written;
  if (name !== written) changes.push({ column: 'CN', from: '', to: name, what: 'read from another column' });
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
  if (nameAt.includes(0))
    report(problems, 'CN', commented('CN', nameAt.length > 1 ? (fields[0] ?? '').trim() : displayName));
  if (header.at.UserPrincipalName === 0)
    report(problems, 'UserPrincipalName', commented('UserPrincipalName', userPrincipalName));
  report(problems, 'EmployeeType', textProblems('EmployeeType', employeeType, TYPE_LIMIT));
  const isDoubted = (column: KnownColumn) => doubts.some((doubt) => doubt.column === column);
  if (displayName === '' && !isDoubted('CN')) doubts.push(emptyCell('CN'));
  if (employeeType === '' && !isDoubted('EmployeeType')) doubts.push(emptyCell('EmployeeType'));
  const optional = (column: OptionalColumn) => {
    const text = value(column);
    return text === undefined ? undefined : readOptional(column, text, order, doubts, changes);
  };
  const newcomer: Newcomer = {
    userPrincipalName,
    displayName,
    employeeType,
    usageLocation: optional('UsageLocation'),
    startDate: header.startPartsAt
      ? readOptional('StartDate', startOfParts(header.startPartsAt, fields), order, doubts, changes)
      : optional('StartDate'),
  };
  if (!newcomer.startDate && header.otherStarts.length > 0)
    newcomer.startDate = otherStart(header, fields, order, changes) ?? newcomer.startDate;
  else if (newcomer.startDate) doubtLaterStarts(header, fields, order, newcomer.startDate, today, doubts);
  if (!newcomer.startDate) doubtOtherDays(header, fields, order, today, doubts);
  doubtDeception('CN', name, doubts);
  doubtDeception('EmployeeType', employeeType, doubts);
  if (!isPlain) {
    problems.push(...swallowedRows(header, fields));
    doubts.push(...extraDoubts(header, fields));
  }
  if (problems.length > 0) return { kind: 'rejected', problems: [...problems, ...doubts], changes };
  const leaving = [
    ...leaverProblems(header, fields, order, today, newcomer.startDate ?? null),
    ...calledOffName(displayName),
  ];
  if (leaving.length > 0) return { kind: 'rejected', problems: [...leaving, ...doubts], changes, leaver: newcomer };
  return { kind: 'ok', newcomer, doubts, changes };
}

/** Year and month of the first day, and the day where there is one, as one date; what is no such number or name beside the others. */
function startOfParts(at: NonNullable<Header['startPartsAt']>, fields: readonly string[]): string {
  const cell = (index: number | null) => {
    const text = withoutFormula((fields[index ?? -1] ?? '').slice(0, SHOWN).trim());
    return saysNothing(text) ? '' : text.replace(/(?<=^\d+)[年月日년월일.]$/, '');
  };
  const [day, month, year] = [cell(at.day), cell(at.month), cell(at.year).replace(/^\d\d$/, '20$&')];
  if (!/^(?:0?[1-9]|1[0-2])$/.test(month) || !/^\d{4}$/.test(year)) return `${day} ${month} ${year}`.trim();
  return [year, month.padStart(2, '0'), ...(day === '' ? [] : [day.padStart(2, '0')])].join('-');
}

/** The first day by a further column that names it. */
function otherStart({ otherStarts }: Header, fields: readonly string[], order: DateOrder, changes: ValueChange[]) {
  for (const { at: index } of otherStarts) {
    const text = (fields[index] ?? '').trim();
    const result = text === '' ? null : readStartDate(text, order);
    if (result?.kind !== 'ok') continue;
    changes.push({ column: 'StartDate', from: '', to: result.date, what: 'read from another column' });
    return result.date;
  }
  return null;
}

/** A later day that is still to come, in another column that says when people begin: it may be the one that holds. */
function doubtLaterStarts(
  { otherStarts }: Header,
  fields: readonly string[],
  order: DateOrder,
  startDate: string,
  today: string,
  doubts: RowProblem[],
): void {
  for (const { name, at } of otherStarts) {
    const text = (fields[at] ?? '').trim();
    const result = text === '' ? null : readStartDate(text, order);
    if (result?.kind === 'ok' && result.date > startDate && result.date > today)
      doubts.push({ column: name, ...sentence('laterStart', { what: name, text: text.slice(0, SHOWN), startDate }) });
  }
}

/** With signs between its numbers, or a month by its name, perhaps behind a day of the week: other numbers are no dates. */
const DATE =
  /^(?:\p{L}{2,12}[.,]{0,2} )?\d{1,4}(?:([-./])\d{1,2}\1\d{1,4}|(?:st|nd|rd|th|er|º)?[-./ ]{0,2}(?:de )?\p{L}{3,12}[-./, ]{0,2}(?:de )?\d{2,4}|[年년])|^\p{L}{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}/iu;

/** Days to come in columns that nobody knows: who begins then would be licensed too early. */
function doubtOtherDays(
  { perhapsStarts }: Header,
  fields: readonly string[],
  order: DateOrder,
  today: string,
  doubts: RowProblem[],
): void {
  for (const { name, at } of perhapsStarts) {
    const text = (fields[at] ?? '').trim();
    if (!DATE.test(text)) continue;
    const days = possibleDates(text, order);
    if (days.length > 0 && days.every((day) => day > today))
      doubts.push({ column: name, ...sentence('perhapsStart', { what: name, text: text.slice(0, SHOWN) }) });
  }
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
    const isUnwanted = kind === 'wanted' || kind === 'left_out' || kind === 'note';
    const key = isUnwanted ? 'unwantedRow' : 'leaverRow';
    return [{ column: name, ...sentence(key, { what: name, text: text.slice(0, SHOWN) }) }];
  });
}

/** People also write it beside the name. */
function calledOffName(what: string): readonly RowProblem[] {
  const text = calledOff(what);
  return text === null
    ? NONE
    : [{ column: 'CN', ...sentence('unwantedRow', { what: 'CN', text: text.slice(0, SHOWN) }) }];
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
  const bare = withoutTextMark(column, withoutMarks(withoutFormula(raw), marks));
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
  { at, nameAt }: Header,
  fields: readonly string[],
): readonly (Sentence & { column: KnownColumn; decides: boolean })[] {
  return KNOWN_COLUMNS.flatMap((column) => {
    const cells = column === 'CN' ? nameAt : [at[column] ?? -1];
    const length = Math.max(0, ...cells.map((index) => fields[index]?.length ?? 0));
    if (length <= CELL_LIMIT) return [];
    const decides = REQUIRED_COLUMNS.includes(column);
    return [{ column, ...sentence('tooLong', { what: column, length, limit: CELL_LIMIT }), decides }];
  });
}

/** True where a value leaves neither problem nor doubt in its column: as every suggestion must. */
export function isSound(column: KnownColumn | null, value: string, order: DateOrder = UNKNOWN_ORDER): boolean {
  if (column === null) return !isWrongExtra(value);
  if (column === 'UserPrincipalName') return upnProblems(value).length === 0;
  if (saysAsAbove(value, column === 'CN')) return false;
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

function textProblems(what: string, text: string, limit: number): readonly Sentence[] {
  if (text.length <= limit && PLAIN.test(text)) return NONE;
  const problems: Sentence[] = [];
  const control = CONTROL.exec(text);
  if (control) problems.push(controlProblem(what, control));
  if (text.length > limit) problems.push(sentence('tooLong', { what, length: text.length, limit }));
  return problems;
}
