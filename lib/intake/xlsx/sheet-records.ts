/** The sheet of a workbook that names people, as the records that a CSV of it would have: the same door takes both. */

import { REQUIRED_COLUMNS } from '#lib/domain/newcomer.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { type ColumnAliases, countRequired } from '#lib/intake/csv/columns/columns.ts';
import type { Delimiter, RawRecord, Records } from '#lib/intake/csv/records.ts';
import { looksLikeUpn } from '#lib/intake/csv/values/upn.ts';
import { type ReadAt, WorkbookError } from './archive.ts';
import { KeptRecords } from './kept-records.ts';
import { type SheetRow, sheetRows } from './sheet.ts';
import { type SheetShape, sheetShape } from './sheet-shape.ts';
import { openWorkbook, type Sheet, type Workbook } from './workbook.ts';

/** So many rows are looked through for a header. */
const ROWS_AHEAD = 40;
const NAMES_SHOWN = 5;

const DELIMITER: Delimiter = ',';
const NEEDS_QUOTES = /[,;|\t"\r\n]|^\s/;

/** A file or bytes that can be read at any position. */
export interface WorkbookSource {
  readAt: ReadAt;
  sizeBytes: number;
}

/** The records of the sheet that names people. What cannot be read is a fault among them; throws only what `readAt` throws. */
export function sheetRecords({ readAt, sizeBytes }: WorkbookSource, aliases: ColumnAliases): SheetRecords {
  try {
    const workbook = openWorkbook(readAt, sizeBytes);
    const { sheet, notes } = chosenSheet(workbook, aliases);
    const shape = sheetShape(workbook, sheet);
    const said = {
      notes: [...notes, ...shapeNotes(shape), ...struckNotes(workbook)],
      isFrom1904: workbook.is1904,
      title: sheet.name,
    };
    return new SheetRecords(recordsOf(workbook, sheet, shape), said);
  } catch (error) {
    return new SheetRecords([faultOf(error, 1)].values(), { notes: [], isFrom1904: false, title: '' });
  }
}

function* recordsOf(workbook: Workbook, sheet: Sheet, shape: SheetShape): Generator<RawRecord> {
  let line = 1;
  let width = 1;
  try {
    for (const row of sheetRows(workbook, sheet, shape)) {
      line = row.line;
      // As a CSV has it: cells that are empty at the end of a row are there all the same.
      width = Math.max(width, row.cells.length);
      yield { kind: 'record', line, text: recordText(row.cells, width), problem: row.problem };
    }
  } catch (error) {
    yield faultOf(error, line);
  }
}

function faultOf(error: unknown, line: number): RawRecord {
  if (!(error instanceof WorkbookError)) throw error;
  return { kind: 'fault', problem: { line, column: null, ...error.sentence } };
}

export class SheetRecords implements Records {
  readonly delimiter = DELIMITER;
  readonly isFrom1904: boolean;
  readonly notes: readonly Sentence[];
  readonly title: string;
  readonly #said: Pick<SheetRecords, 'notes' | 'isFrom1904' | 'title'>;
  readonly #rows: Iterator<RawRecord>;
  #waiting: RawRecord[] = [];
  #seen: RawRecord[] | null = null;
  #kept: KeptRecords | null = null;

  constructor(rows: Iterator<RawRecord>, said: Pick<SheetRecords, 'notes' | 'isFrom1904' | 'title'>) {
    this.#rows = rows;
    this.#said = said;
    this.notes = said.notes;
    this.isFrom1904 = said.isFrom1904;
    this.title = said.title;
  }

  /** Keeps what is read from now on. What it returns gives the same records anew, once all of these have been read; null where they were too many. */
  keep(): () => SheetRecords | null {
    const kept = new KeptRecords();
    this.#kept = kept;
    return () => {
      const rows = kept.read();
      return rows && new SheetRecords(rows, this.#said);
    };
  }

  ahead<T>(look: () => T): T {
    const seen: RawRecord[] = [];
    this.#seen = seen;
    try {
      return look();
    } finally {
      this.#waiting.unshift(...seen);
      this.#seen = null;
    }
  }

  peek(): RawRecord | null {
    const record = this.#waiting.shift() ?? this.#pull();
    if (record) this.#waiting.unshift(record);
    return record;
  }

  next(): RawRecord | null {
    const record = this.#waiting.shift() ?? this.#pull();
    if (record) this.#seen?.push(record);
    return record;
  }

  #pull(): RawRecord | null {
    const { value, done } = this.#rows.next();
    if (done) return null;
    if (value.kind === 'record') this.#kept?.add(value);
    return value;
  }
}

function recordText(cells: readonly string[], width: number): string {
  const fields = cells.map((cell) => (NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return fields.join(DELIMITER) + DELIMITER.repeat(width - Math.max(1, cells.length));
}

/** What the first rows of a sheet show. */
interface Glance {
  sheet: Sheet;
  isEmpty: boolean;
  /** How many of the required columns one of its rows names. */
  known: number;
  /** Rows follow below the header. */
  hasRows: boolean;
  uncalculated: string | null;
}

function glanceAt(workbook: Workbook, sheet: Sheet, aliases: ColumnAliases): Glance {
  const glance: Glance = { sheet, isEmpty: true, known: 0, hasRows: false, uncalculated: null };
  let looked = 0;
  for (const row of sheetRows(workbook, sheet)) {
    glance.isEmpty = false;
    glance.uncalculated ??= row.uncalculated;
    if (glance.known === REQUIRED_COLUMNS.length) glance.hasRows = true;
    else glance.known = Math.max(glance.known, knownIn(row, aliases));
    if (++looked >= ROWS_AHEAD) break;
  }
  return glance;
}

function knownIn({ cells }: SheetRow, aliases: ColumnAliases): number {
  return cells.some((cell) => looksLikeUpn(cell.trim())) ? 0 : countRequired(cells, aliases);
}

/** The one visible sheet with a whole header, else the one that comes nearest. Throws `WorkbookError` where two of them name people. */
function chosenSheet(workbook: Workbook, aliases: ColumnAliases): { sheet: Sheet; notes: Sentence[] } {
  const glances = workbook.sheets.map((sheet) => glanceAt(workbook, sheet, aliases)).filter(({ isEmpty }) => !isEmpty);
  const visible = glances.filter(({ sheet }) => !sheet.isHidden);
  const whole = visible.filter(({ known }) => known === REQUIRED_COLUMNS.length);
  const withRows = whole.filter(({ hasRows }) => hasRows);
  if (withRows.length > 1)
    throw new WorkbookError(
      sentence('severalSheets', {
        n: withRows.length,
        sheets: named(withRows),
        more: Math.max(0, withRows.length - NAMES_SHOWN),
      }),
    );
  const hidden = glances.find(({ sheet, known }) => sheet.isHidden && known === REQUIRED_COLUMNS.length);
  if (hidden && whole.length === 0)
    throw new WorkbookError(sentence('hiddenSheet', { sheet: hidden.sheet.name, columns: REQUIRED_COLUMNS }));
  const best =
    withRows[0] ?? whole[0] ?? visible.reduce<Glance | null>((a, b) => (a && a.known >= b.known ? a : b), null);
  if (!best) throw new WorkbookError(sentence('emptyWorkbook'));
  const others = glances.filter(({ sheet }) => sheet !== best.sheet);
  return { sheet: best.sheet, notes: [...otherSheets(best, others), ...uncalculatedNotes(best)] };
}

function otherSheets(best: Glance, others: readonly Glance[]): Sentence[] {
  if (others.length === 0) return [];
  const hidden = others.filter(({ sheet }) => sheet.isHidden).length;
  return [sentence('otherSheets', { sheet: best.sheet.name, n: others.length, others: named(others), hidden })];
}

function uncalculatedNotes({ uncalculated }: Glance): Sentence[] {
  return uncalculated === null ? [] : [sentence('uncalculated', { cell: uncalculated })];
}

function shapeNotes({ merged, hidesRows }: SheetShape): Sentence[] {
  return [...(merged.length === 0 ? [] : [sentence('mergedCells')]), ...(hidesRows ? [sentence('hiddenRows')] : [])];
}

function struckNotes({ strings: { shortened } }: Workbook): Sentence[] {
  return shortened === null ? [] : [sentence('struckText', { ...shortened })];
}

const named = (glances: readonly Glance[]) => glances.slice(0, NAMES_SHOWN).map(({ sheet }) => sheet.name);
