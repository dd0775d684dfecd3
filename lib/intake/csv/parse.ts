/**
 * From text to rows of fields: finds the delimiter and the header, then parses slices of complete records and checks that none
 * was lost.
 */
import Papa from 'papaparse';
import { type ColumnChoice, countRequired, type Header, matchColumns } from './columns.ts';
import type { FileProblem } from './problem.ts';
import { DELIMITERS, type Delimiter, type RawRecord, RecordReader } from './records.ts';

export type TablePart =
  | {
      kind: 'header';
      header: Header;
      delimiter: Delimiter;
      /** The column names in the file, and the whole header line as it is. */
      names: readonly string[];
      raw: string;
      /** Why no row can be validated yet; only for a tolerant reader. */
      problems: readonly string[];
    }
  /** `fields` is null where the row cannot be split into fields; then `problem` says why. */
  | { kind: 'row'; line: number; raw: string; fields: readonly string[] | null; problem: string | null }
  /** The whole file is refused; nothing follows. */
  | { kind: 'fault'; problem: FileProblem };

type PlainRecord = Extract<RawRecord, { kind: 'record' }>;

/** How much papaparse gets at a time: enough to be fast, little enough to stay small. */
const SLICE_RECORDS = 512;
const SLICE_CHARACTERS = 64 * 1024;

/** How columns are matched. `choice` null: by name only. `tolerant`: a header that does not match is reported, not refused. */
export interface Matching {
  choice: ColumnChoice | null;
  tolerant: boolean;
}

const BY_NAME: Matching = { choice: null, tolerant: false };

/** Reads a whole table lazily: the header first, then every row that is not blank, in order. */
export function* readTable(pieces: Iterable<string>, matching: Matching = BY_NAME): Generator<TablePart> {
  const reader = new RecordReader(pieces);
  const start = readStart(reader, matching);
  if (start.kind === 'fault') {
    yield start;
    return;
  }
  yield start;
  let slice: PlainRecord[] = [];
  let characters = 0;
  for (let record = reader.next(start.delimiter); record; record = reader.next(start.delimiter)) {
    if (record.kind === 'fault') {
      yield record;
      return;
    }
    slice.push(record);
    characters += record.text.length;
    if (slice.length < SLICE_RECORDS && characters < SLICE_CHARACTERS) continue;
    yield* parseSlice(slice, start.delimiter);
    slice = [];
    characters = 0;
  }
  yield* parseSlice(slice, start.delimiter);
}

type Start = Extract<TablePart, { kind: 'header' | 'fault' }>;

function fault(line: number, message: string): Start {
  return { kind: 'fault', problem: { line, column: null, message } };
}

/** Skips blank lines, `sep=` (Excel) and `#TYPE` (PowerShell), then reads the header. */
function readStart(reader: RecordReader, matching: Matching): Start {
  let declared: Delimiter | null = null;
  for (let record = reader.peek(','); record; record = reader.peek(',')) {
    if (record.kind === 'fault') return readHeaderRecord(reader, record.problem.line, declared, matching);
    const separator = /^"?sep=(.?)"?\s*$/i.exec(record.text);
    if (separator && record.line === 1) {
      declared = DELIMITERS.find((delimiter) => delimiter === separator[1]) ?? null;
      if (!declared)
        return fault(
          1,
          `The line "sep=" declares ${JSON.stringify(separator[1])}; use a comma, semicolon, tab or vertical bar.`,
        );
    } else if (!isBlank(record.text) && !(record.line === 1 && record.text.startsWith('#TYPE '))) {
      return readHeaderRecord(reader, record.line, declared, matching);
    }
    reader.next(',');
  }
  return fault(1, 'The file is empty: it has no header with UserPrincipalName, CN and EmployeeType.');
}

function readHeaderRecord(
  reader: RecordReader,
  line: number,
  declared: Delimiter | null,
  { choice, tolerant }: Matching,
): Start {
  let best: { delimiter: Delimiter; raw: string; fields: readonly string[]; known: number } | null = null;
  let firstFault: Start | null = null;
  for (const delimiter of declared ? [declared] : DELIMITERS) {
    const record = reader.peek(delimiter);
    if (record?.kind !== 'record' || record.problem) {
      if (record) firstFault ??= record.kind === 'fault' ? record : fault(line, `In the header: ${record.problem}.`);
      continue;
    }
    const fields = parseRecords([record.text], delimiter)?.[0] ?? [];
    const known = countRequired(fields);
    const isBetter = !best || known > best.known || (known === best.known && fields.length > best.fields.length);
    if (isBetter) best = { delimiter, raw: record.text, fields, known };
  }
  // Where no delimiter finds a column we know, a wrong quote explains more than a list of missing columns.
  if (firstFault && !best?.known) return firstFault;
  if (!best) return fault(line, 'The header cannot be read.');
  reader.next(best.delimiter);
  const { delimiter, raw, fields: names } = best;
  const { header, problems } = matchColumns(names, choice);
  if (problems.length > 0 && !tolerant) return fault(line, `In the header ${problems.join(', and ')}.`);
  return { kind: 'header', header, delimiter, names, raw, problems };
}

/** The fields of one typed row; null where the text is not exactly one valid row. */
export function readRow(text: string, delimiter: Delimiter): readonly string[] | null {
  const reader = new RecordReader([text]);
  const record = reader.next(delimiter);
  if (record?.kind !== 'record' || record.problem || reader.next(delimiter)) return null;
  return parseRecords([record.text], delimiter)?.[0] ?? null;
}

function isBlank(text: string): boolean {
  return !/[^\s\p{Cf}]/u.test(text);
}

function* parseSlice(slice: readonly PlainRecord[], delimiter: Delimiter): Generator<TablePart> {
  const records = slice.filter(({ text }) => !isBlank(text));
  const valid = records.filter(({ problem }) => !problem);
  const rows = parseRecords(
    valid.map(({ text }) => text),
    delimiter,
  );
  if (!rows) {
    const line = valid[0]?.line ?? 1;
    yield fault(line, `The rows from line ${line} on cannot be separated reliably. Save the file again as CSV.`);
    return;
  }
  let parsed = 0;
  for (const { line, text, problem } of records) {
    const fields = problem ? null : (rows[parsed++] ?? null);
    if (fields?.every(isBlank)) continue;
    yield { kind: 'row', line, raw: text, fields, problem };
  }
}

/** Parses complete, valid records; null where the parser finds a different number of them. */
function parseRecords(records: readonly string[], delimiter: Delimiter): string[][] | null {
  const quoted = records.filter((text) => text.includes('"'));
  const parsed = parseQuoted(quoted, delimiter);
  if (!parsed) return null;
  let next = 0;
  // Without quotes every delimiter separates two fields: no parser needed.
  return records.map((text) => (text.includes('"') ? (parsed[next++] ?? []) : text.split(delimiter)));
}

function parseQuoted(records: readonly string[], delimiter: Delimiter): string[][] | null {
  if (records.length === 0) return [];
  // One newline between records, whatever the file uses: line breaks inside quotes stay as they are. The last newline makes the
  // parser accept blanks after a closing quote there too; it adds one empty row.
  const text = `${records.join('\n')}\n`;
  const { data } = Papa.parse<string[]>(text, { delimiter, newline: '\n', quoteChar: '"' });
  return data.length === records.length + 1 ? data : null;
}
