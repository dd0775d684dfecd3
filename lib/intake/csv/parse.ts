/** From text to rows of fields: finds the start of the table, then parses slices of complete records and checks that none was lost. */
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import type { Header } from '#lib/intake/csv/columns/columns.ts';
import { findStart, isBlank } from '#lib/intake/csv/columns/header.ts';
import { OtherHeaderWatch } from '#lib/intake/csv/columns/other-header.ts';
import { SectionWatch } from '#lib/intake/csv/columns/section-watch.ts';
import { type DateOrder, DateOrderFinder } from '#lib/intake/csv/values/date-order.ts';
import { CELL_WORK, COLUMN_NAME_LIMIT, FILE_WORK_LIMIT, ROW_LIMIT } from './limits.ts';
import { withUsualLineBreaks } from './line-breaks.ts';
import { type Delimiter, type PlainRecord, RecordReader, type Records } from './records.ts';
import { splitRecords } from './split.ts';
import { BY_NAME, type Matching, type TablePart } from './table.ts';

/** How much papaparse gets at a time: enough to be fast, and so little that it is gone before the garbage collector keeps it. */
const SLICE_RECORDS = 128;
const SLICE_CHARACTERS = 32 * 1024;

/** Finds how the start dates of a table are written, part by part: by its rows, and by the name of the column. */
export class StartDates {
  readonly #finder = new DateOrderFinder();
  readonly #timeZone: string;
  #at: number | null = null;
  /** The columns that count where a row leaves that one empty. */
  #others: readonly number[] = [];
  #isFrom1904 = false;
  #columnName = '';

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** Whether later parts may show more: the table has such a column. */
  see(part: TablePart): boolean {
    if (part.kind === 'header') {
      this.#at = part.header.at.StartDate;
      this.#others = part.header.otherStarts.map(({ at }) => at);
      this.#isFrom1904 = part.isFrom1904;
      this.#columnName = (part.names[this.#at ?? -1] ?? '').slice(0, COLUMN_NAME_LIMIT);
    }
    if (this.#at !== null && part.kind === 'row') this.#finder.see(this.#written(this.#at, part.fields));
    return this.#at !== null;
  }

  #written(at: number, fields: readonly string[] | null): string {
    const text = fields?.[at] ?? '';
    if (text !== '' || !fields) return text;
    const other = this.#others.find((one) => (fields[one] ?? '') !== '');
    return fields[other ?? at] ?? '';
  }

  order(): DateOrder {
    const more = { timeZone: this.#timeZone, isFrom1904: this.#isFrom1904 };
    return this.#finder.order({ ...more, columnName: this.#columnName });
  }
}

/** How the dates of a table are written; reads all of it where it has such a column. */
export function dateOrderOf(parts: Iterable<TablePart>, timeZone = BY_NAME.timeZone): DateOrder {
  const dates = new StartDates(timeZone);
  for (const part of parts) if (!dates.see(part)) break;
  return dates.order();
}

/** Reads a whole table lazily: the header first, then every row that is not blank, in order. Refuses more work than `workLimit`. */
export function* readTable(
  from: Iterable<string> | Records,
  matching: Matching = BY_NAME,
  workLimit = FILE_WORK_LIMIT,
): Generator<TablePart> {
  const reader: Records = 'peek' in from ? from : new RecordReader(withUsualLineBreaks(from));
  const start = findStart(reader, matching);
  if (start.kind === 'fault') {
    yield start;
    return;
  }
  const { rowsBefore, titles, ...header } = start;
  yield { ...header, notes: [...reader.notes, ...header.notes] };
  yield* parseSlice(rowsBefore, header.delimiter);
  const watch = {
    headers: new OtherHeaderWatch(header.header, header.names, matching),
    sections: new SectionWatch(header.header, [reader.title ?? '', ...titles]),
    end: new EndWatch(header.header),
  };
  let slice: PlainRecord[] = [];
  let characters = 0;
  let work = 0;
  for (let record = reader.next(header.delimiter); record; record = reader.next(header.delimiter)) {
    if (record.kind === 'fault') {
      yield record;
      return;
    }
    work += record.text.length + header.header.width * CELL_WORK;
    if (work > workLimit) {
      yield fault(record.line, sentence('tooMuchToRead'));
      return;
    }
    slice.push(record);
    characters += record.text.length;
    if (slice.length < SLICE_RECORDS && characters < SLICE_CHARACTERS) continue;
    yield* parseSlice(slice, header.delimiter, watch);
    slice = [];
    characters = 0;
  }
  yield* parseSlice(slice, header.delimiter, watch);
}

/** The fields of one typed row; null where the text is not exactly one valid row. */
export function readRow(text: string, delimiter: Delimiter): readonly string[] | null {
  if (text.length > ROW_LIMIT) return null;
  const reader = new RecordReader([text]);
  const record = reader.next(delimiter);
  if (record?.kind !== 'record' || record.problem || reader.next(delimiter)) return null;
  return splitRecords([record.text], delimiter)?.[0] ?? null;
}

function* parseSlice(
  slice: readonly PlainRecord[],
  delimiter: Delimiter,
  watch: { headers: OtherHeaderWatch; sections: SectionWatch; end: EndWatch } | null = null,
): Generator<TablePart> {
  const records = slice.filter(({ text }) => !isBlank(text)).map(shortEnough);
  const valid = records.filter(({ problem }) => !problem);
  const rows = splitRecords(
    valid.map(({ text }) => text),
    delimiter,
  );
  if (!rows) {
    const line = valid[0]?.line ?? 1;
    yield fault(line, sentence('cannotBeSeparated', { line }));
    return;
  }
  let parsed = 0;
  for (const { line, text, problem, isOpen = false } of records) {
    const fields = problem ? null : (rows[parsed++] ?? null);
    if (fields && isNobody(fields)) continue;
    const otherColumns = watch?.headers.problemOf(line, fields) ?? null;
    const leaves = watch?.sections.problemOf(fields) ?? null;
    yield otherColumns
      ? { kind: 'row', line, raw: text, fields: null, problem: otherColumns }
      : { kind: 'row', line, raw: text, fields, problem: problem ?? leaves, ...watch?.end.seen(fields, isOpen) };
  }
}

/** Finds a last row that was cut off: it is short, no line break follows, and the rows before it have all their fields. */
class EndWatch {
  readonly #width: number;
  readonly #upnAt: number;
  #wholeRows = 0;
  #hasShort = false;

  constructor({ width, at }: Header) {
    this.#width = width;
    this.#upnAt = at.UserPrincipalName ?? 0;
  }

  seen(fields: readonly string[] | null, isOpen: boolean): { isCut: true } | null {
    if (!fields?.[this.#upnAt]?.includes('@')) return null;
    const isShort = fields.length < this.#width;
    if (isShort && isOpen && this.#wholeRows > 0 && !this.#hasShort) return { isCut: true };
    if (isShort) this.#hasShort = true;
    else this.#wholeRows++;
    return null;
  }
}

/** Boxes that nobody ticked, filled down to the end of a sheet, as they are written in the languages of Excel. */
const UNTICKED = /^(?:false|falsch|faux|falso|onwaar|fałsz|falskt)$/i;

/** A row with nothing in it, or with nothing but such boxes. */
function isNobody(fields: readonly string[]): boolean {
  return fields.every((field) => isBlank(field) || (field.length < 8 && UNTICKED.test(field)));
}

/** A record that is too long is not split. */
function shortEnough(record: PlainRecord): PlainRecord {
  const { length } = record.text;
  return length > ROW_LIMIT ? { ...record, problem: sentence('rowTooLong', { length, limit: ROW_LIMIT }) } : record;
}

function fault(line: number, problem: Sentence): Extract<TablePart, { kind: 'fault' }> {
  return { kind: 'fault', problem: { line, column: null, ...problem } };
}
