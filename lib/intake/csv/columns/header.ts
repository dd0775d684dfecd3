/** Finds where a table begins: the header among the lines that programs and people put above it, or the first row where there is none. */
import { REQUIRED_COLUMNS } from '#lib/domain/newcomer.ts';
import type { OtherFormat } from '#lib/domain/sentences/file-sentences.ts';
import { partOf, type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { otherFormatOf } from '#lib/intake/csv/encoding/other-format.ts';
import { COLUMN_LIMIT, ROW_LIMIT } from '#lib/intake/csv/limits.ts';
import {
  DELIMITERS,
  type Delimiter,
  delimiterOf,
  END_OF_FILE,
  type PlainRecord,
  RARE_DELIMITERS,
  type Records,
} from '#lib/intake/csv/records.ts';
import { delimiterOfRows } from '#lib/intake/csv/row-delimiter.ts';
import { quotedField, splitRecords } from '#lib/intake/csv/split.ts';
import type { Matching, TablePart } from '#lib/intake/csv/table.ts';
import { looksLikeUpn } from '#lib/intake/csv/values/upn.ts';
import { countRequired, matchColumns } from './columns.ts';

/** So many lines, and so many characters, are looked through for a header. */
const LINES_AHEAD = 40;
const CHARACTERS_AHEAD = 4 * ROW_LIMIT;
const LINES_SHOWN = 5;
/** What sqlcmd, psql, SQL*Plus and Markdown draw below the names of the columns. */
const UNDERLINE = /^(?=[^-=]*[-=]{2})[-=_+|,;:"\s]{1,10000}$/;

type Fault = Extract<TablePart, { kind: 'fault' }>;
/** `titles`: the lines above the header, and `rowsBefore` those of them that look like people: they are rows like all others. */
export type Start =
  | (Extract<TablePart, { kind: 'header' }> & { titles: readonly string[]; rowsBefore: readonly PlainRecord[] })
  | Fault;

/** A line as it is with one delimiter. */
interface Line {
  record: PlainRecord;
  fields: readonly string[];
  known: number;
  isPerson: boolean;
}

interface View {
  delimiter: Delimiter;
  lines: readonly Line[];
  /** The line that names most of the required columns, if any. */
  header: Line | null;
  /** What is wrong with the quotes or the length of the first line. */
  trouble: Fault | null;
}

/** Nothing that can be seen; DOS's end of a text counts for nothing too. */
export function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  // Nearly every text begins with a plain character.
  return !(first > 0x20 && first < 0x7f) && !/[^\s\p{Cf}]/u.test(text.replaceAll(END_OF_FILE, ''));
}

function isBlankRow(fields: readonly string[]): boolean {
  return fields.every(isBlank);
}

function fault(line: number, problem: Sentence): Fault {
  return { kind: 'fault', problem: { line, column: null, ...problem } };
}

/** Passes over blank lines, `sep=` (Excel) and `#TYPE` (PowerShell), then finds header and delimiter and reads on to behind the header. */
export function findStart(reader: Records, matching: Matching): Start {
  let named = reader.delimiter;
  for (let record = reader.peek(','); record; record = reader.peek(',')) {
    if (record.kind === 'fault') return begin(reader, record.problem.line, named, matching);
    const separator = /^"?sep=(.?)"?\s*$/i.exec(record.text);
    if (separator && record.line === 1) {
      named = delimiterOf(separator[1]);
      if (!named) return fault(1, sentence('wrongSeparator', { separator: separator[1] ?? '' }));
    } else if (!isPassedOver(record)) {
      return begin(reader, record.line, named, matching);
    }
    reader.next(',');
  }
  return fault(1, sentence('emptyFile'));
}

/** A row of a sheet that cannot be read is not blank, though it has no text. */
function isPassedOver({ line, text, problem }: PlainRecord): boolean {
  return (problem === null && isBlank(text)) || (line === 1 && text.startsWith('#TYPE '));
}

function begin(reader: Records, line: number, named: Delimiter | null, matching: Matching): Start {
  const view = (delimiter: Delimiter) => reader.ahead(() => viewWith(reader, delimiter, line, matching));
  const views = (named ? [named] : DELIMITERS).map(view);
  const usual = views.reduce((a, b) => (isBetter(b, a) ? b : a));
  const rare = isWhole(usual) || named ? undefined : RARE_DELIMITERS.map(view).find(isWhole);
  const best = rare ?? usual;
  if (!isWhole(best)) {
    const format = reader.ahead(() => formatAhead(reader, matching));
    if (format !== null) return fault(line, sentence('notATable', { format }));
  }
  if (best.header) return atHeader(reader, best, best.header, matching);
  const people = views.flatMap((view) => firstPerson(view) ?? []);
  const [widest] = people.sort((a, b) => b.first.fields.length - a.first.fields.length);
  // A line too wide to be looked at, above the first person, is the header.
  const tooWide = views.find(({ trouble }) => trouble?.problem.said?.[0] === 'tooManyColumns')?.trouble;
  if (tooWide && tooWide.problem.line < (widest?.first.record.line ?? 0)) return tooWide;
  if (widest) return withoutHeader(reader, widest, matching);
  // Where no delimiter finds a column we know, a wrong quote explains more than a list of missing columns; but to the delimiters that are
  // not this file's, every quoted name looks wrong.
  const isSplit = !best.trouble && widthOf(best) > 1;
  const trouble = isSplit ? undefined : views.find((view) => view.trouble)?.trouble;
  if (trouble) return trouble;
  const first = likelyHeader(best) ?? best.lines[0];
  if (!first) return fault(line, sentence('unreadableHeader'));
  if (isOneCellALine(first, matching)) return fault(line, sentence('oneCellALine'));
  return atHeader(reader, best, first, matching);
}

const isWhole = ({ header }: View) => header?.known === REQUIRED_COLUMNS.length;

function formatAhead(reader: Records, { aliases }: Matching): OtherFormat | null {
  const first = nextText(reader) ?? '';
  const format = otherFormatOf(first, nextText(reader));
  const text = first.slice(0, ROW_LIMIT).trim();
  if (format !== null || !text.includes('  ')) return format;
  const isNamed = (names: readonly string[]) => countRequired(names, aliases) === REQUIRED_COLUMNS.length;
  return isNamed(text.split(/ {2,}/, COLUMN_LIMIT)) || isNamed(text.split(/ +/, COLUMN_LIMIT)) ? 'fixed_width' : null;
}

function nextText(reader: Records): string | null {
  const record = reader.next('\t');
  return record?.kind === 'record' ? record.text : null;
}

function viewWith(reader: Records, delimiter: Delimiter, line: number, { aliases }: Matching): View {
  const lines: Line[] = [];
  let trouble: Fault | null = null;
  let header: Line | null = null;
  let characters = 0;
  for (let n = 0; n < LINES_AHEAD; n++) {
    const record = reader.next(delimiter);
    if (record?.kind === 'fault' && n === 0) trouble = record;
    if (record?.kind !== 'record') break;
    const { length } = record.text;
    const problem = length > ROW_LIMIT ? sentence('lineTooLong', { length, limit: ROW_LIMIT }) : record.problem;
    if (problem && n === 0) trouble = fault(line, sentence('headerLine', { problem: partOf(problem) }));
    characters += length;
    if (characters > CHARACTERS_AHEAD) break;
    const fields = problem ? null : splitRecords([record.text], delimiter)?.[0];
    if (!fields || isBlankRow(fields)) continue;
    if (fields.length > COLUMN_LIMIT) {
      trouble ??= fault(record.line, sentence('tooManyColumns', { columns: fields.length, limit: COLUMN_LIMIT }));
      continue;
    }
    const isPerson = fields.some((field) => looksLikeUpn(field.trim()));
    const known = isPerson ? 0 : countRequired(fields, aliases);
    const one = { record, fields, known, isPerson };
    // Below somebody only a whole header counts: that one is certain.
    const counts = known === REQUIRED_COLUMNS.length || lines.every((above) => !above.isPerson);
    if (counts && known > (header?.known ?? 0)) header = one;
    lines.push(one);
    if (known === REQUIRED_COLUMNS.length) break;
  }
  return { delimiter, lines, header, trouble };
}

const firstLine = ({ lines }: View) => lines.find(({ record }) => !record.text.startsWith('#'));
const widthOf = (view: View) => firstLine(view)?.fields.length ?? 0;

interface FirstPerson {
  delimiter: Delimiter;
  first: Line;
  titles: readonly string[];
}

/** Who stands in the first line, or in several cells below nothing but titles, of which each fills one. */
function firstPerson({ delimiter, lines }: View): FirstPerson | null {
  const at = lines.findIndex(({ isPerson }) => isPerson);
  const first = lines[at];
  const above = lines.slice(0, Math.max(at, 0)).filter(({ record }) => !record.text.startsWith('#'));
  const areTitles = above.every(({ fields }) => fields.filter((field) => !isBlank(field)).length === 1);
  if (!first || !areTitles || (above.length > 0 && first.fields.length === 1)) return null;
  return { delimiter, first, titles: above.map(({ record }) => record.text) };
}

/** By what they find, then by how many fields they make of the line. */
function isBetter(a: View, b: View): boolean {
  const [known, other] = [a.header?.known ?? 0, b.header?.known ?? 0];
  if (known !== other) return known > other;
  const width = (view: View) => (view.header ?? likelyHeader(view) ?? view.lines[0])?.fields.length ?? 0;
  return width(a) > width(b);
}

/** Where no name is known, titles may still stand above the names: those are as many as the cells of the first person below them. */
function likelyHeader({ lines }: View): Line | undefined {
  const at = lines.findIndex(({ isPerson }) => isPerson);
  const width = lines[at]?.fields.length;
  const above = lines.slice(0, Math.max(at, 0));
  return above.find(({ fields }) => fields.length === width && fields.filter((field) => !isBlank(field)).length > 1);
}

function atHeader(reader: Records, { delimiter, lines }: View, found: Line, matching: Matching): Start {
  const { choice, tolerant, aliases } = matching;
  const { line, text } = found.record;
  for (let record = reader.next(delimiter); record?.kind === 'record' && record.line < line; )
    record = reader.next(delimiter);
  const above = lines.slice(0, lines.indexOf(found));
  const rowsBefore = above.filter(({ isPerson }) => isPerson).map((person) => rowBefore(person, above));
  const { header, problems, notes } = matchColumns(found.fields, choice, aliases);
  if (problems.length > 0 && !tolerant) return fault(line, sentence('wrongHeader', { problems: problems.map(partOf) }));
  const passed = above.filter(({ isPerson }) => !isPerson).map(({ record }) => record.text);
  const below = reader.peek(delimiter);
  const isUnderlined = below?.kind === 'record' && UNDERLINE.test(below.text);
  if (isUnderlined) reader.next(delimiter);
  const ofRows = rowsBefore.length > 0 ? delimiter : delimiterOfRows(reader, header, delimiter);
  const isOther = ofRows !== delimiter;
  return {
    kind: 'header',
    header,
    isFrom1904: reader.isFrom1904,
    delimiter: ofRows,
    names: found.fields,
    // Read again later, by the delimiter that is kept with it.
    raw: isOther ? found.fields.map((name) => quotedField(name, ofRows)).join(ofRows) : text,
    problems,
    titles: passed,
    rowsBefore,
    notes: [
      ...passedOver(passed),
      ...(isUnderlined ? [sentence('underlineSkipped')] : []),
      ...(isOther ? [sentence('otherDelimiter', { header: delimiter, rows: ofRows })] : []),
      ...notes,
    ],
  };
}

/** Somebody above the header may stand below one of another table, whose columns say nothing that the file is read by. */
function rowBefore({ record }: Line, above: readonly Line[]): PlainRecord {
  const other = above.findLast((line) => line.known > 1 && line.record.line < record.line);
  if (!other) return record;
  return { ...record, problem: record.problem ?? sentence('belowOtherHeader', { line: other.record.line }) };
}

function passedOver(lines: readonly string[], key: 'passedOver' | 'titlesPassedOver' = 'passedOver'): Sentence[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, LINES_SHOWN).map((text) => text.trim().slice(0, 80));
  return [sentence(key, { n: lines.length, lines: shown })];
}

/** Where the header should be somebody is named already, who stays a row. */
function withoutHeader(
  reader: Records,
  { delimiter, first, titles }: FirstPerson,
  { choice, tolerant, aliases, order }: Matching,
): Start {
  const { fields } = first;
  const { line, text } = first.record;
  const width = Math.max(fields.length, order?.length ?? 0);
  const names = Array.from({ length: width }, (_, at) => order?.[at] ?? `Column ${at + 1}`);
  const { header, problems, notes } = matchColumns(names, choice, aliases);
  if (problems.length > 0 && !tolerant)
    return fault(line, sentence('noHeader', { line: text.slice(0, 120), columns: REQUIRED_COLUMNS }));
  for (let above = reader.peek(delimiter); above?.kind === 'record' && above.line < line; ) {
    reader.next(delimiter);
    above = reader.peek(delimiter);
  }
  return {
    kind: 'header',
    header,
    isFrom1904: reader.isFrom1904,
    delimiter,
    names,
    raw: names.join(delimiter),
    titles,
    rowsBefore: [],
    problems: problems.length > 0 ? [sentence('noHeaderLine'), ...problems] : [],
    notes: [
      ...passedOver(titles, 'titlesPassedOver'),
      sentence(order === null ? 'columnsByHand' : 'columnsInOrder'),
      ...notes,
    ],
  };
}

/** `"CN,""UserPrincipalName"",""EmployeeType"""`: a line that was quoted as a whole. */
function isOneCellALine({ record, fields }: Line, { aliases }: Matching): boolean {
  const [only = ''] = fields;
  if (fields.length !== 1 || !record.text.trim().startsWith('"')) return false;
  return DELIMITERS.some((delimiter) => countRequired(splitRecords([only], delimiter)?.[0] ?? [], aliases) >= 2);
}
