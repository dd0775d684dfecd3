/** The rows of a sheet as a reader of the sheet sees them: values, no formula is calculated. */
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { COLUMN_LIMIT, EXTRA_LIMIT, ROW_LIMIT } from '#lib/intake/csv/limits.ts';
import { damaged, unpack, WorkbookError } from './archive.ts';
import { numberText } from './numbers.ts';
import { RichText, unescaped } from './shared-strings.ts';
import { columnOf, type Merged, MOST_SHEET_BYTES, type SheetShape } from './sheet-shape.ts';
import { formatOf, type Sheet, type Workbook } from './workbook.ts';
import { type Attributes, attribute, readXml } from './xml.ts';

export interface SheetRow {
  /** As numbered in the sheet. */
  line: number;
  cells: readonly string[];
  /** Why the row cannot be read; null where it can. */
  problem: Sentence | null;
  /** The address of a cell whose formula was never calculated; null where there is none. */
  uncalculated: string | null;
}

/** Excel's limit. */
const MOST_ROWS = 1_048_576;
const MOST_SORTED_ROWS = 100_000;

/** As few sheets have another one: no merged cells, and each row behind those before it. */
const USUAL: SheetShape = { merged: [], isInOrder: true, hidesRows: false };

/** The rows that hold anything, in the order of their numbers. Throws `WorkbookError`. */
export function* sheetRows(workbook: Workbook, sheet: Sheet, shape = USUAL): Generator<SheetRow> {
  const fill = new MergedFiller(shape.merged);
  const rows = rowsOf(workbook, sheet);
  let before = 0;
  for (const row of shape.isInOrder ? rows : sorted(rows)) {
    // Two rows of one number are two rows.
    const line = Math.max(row.line, before + 1);
    if (line > MOST_ROWS) throw new WorkbookError(sentence('tooManyRows', { limit: MOST_ROWS }));
    before = line;
    const filled = fill.filled({ ...row, line, problem: row.problem ?? onlyFormulas(row) });
    // What merged cells show beside it makes no row of a blank one, as in a CSV.
    if (filled.problem !== null || row.cells.some((cell) => cell !== '')) yield filled;
  }
}

/** Why a row stays out whose cells are all to be calculated: it may name somebody. Null for any other. */
function onlyFormulas({ cells, uncalculated }: SheetRow): Sentence | null {
  // A box that nobody ticked says nothing either.
  if (uncalculated === null || cells.some((cell) => cell.trim() !== '' && cell !== 'FALSE')) return null;
  return sentence('onlyFormulas', { cell: uncalculated });
}

/** As they stand in the sheet. */
function* rowsOf(workbook: Workbook, { part }: Sheet): Generator<SheetRow> {
  const collector = new RowCollector(workbook);
  for (const _ of readXml(unpack(workbook.archive, part, MOST_SHEET_BYTES), collector)) yield* collector.take();
}

/** Hardly any program writes them so: such a sheet is held in memory, and must not be a long one. */
function sorted(rows: Iterable<SheetRow>): SheetRow[] {
  const held: SheetRow[] = [];
  for (const row of rows) if (held.push(row) > MOST_SORTED_ROWS) throw damaged();
  return held.sort((a, b) => a.line - b.line);
}

interface Cell {
  type: string;
  style: string | undefined;
  value: string | null;
  hasFormula: boolean;
}

class RowCollector {
  readonly #workbook: Workbook;
  readonly #struckStyles: ReadonlySet<number>;
  readonly #rich = new RichText();
  #rows: SheetRow[] = [];
  #line = 0;
  /** The row has no number of its own: its first cell tells. */
  #isUnnumbered = false;
  #cells: string[] = [];
  /** Of all its texts together. */
  #characters = 0;
  #problem: Sentence | null = null;
  /** Those that hold something, and those of them that are struck through. */
  #filled = 0;
  #struck = 0;
  #uncalculated: string | null = null;
  #column = -1;
  #cell: Cell | null = null;

  constructor(workbook: Workbook) {
    this.#workbook = workbook;
    this.#struckStyles = workbook.struck;
  }

  take(): SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  wantsText(name: string): boolean {
    return this.#cell !== null && (name === 'v' || name === 't');
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'row') this.#openRow(attributes);
    else if (name === 'c') this.#openCell(attributes);
    else if (name === 'f' && this.#cell) this.#cell.hasFormula = true;
    else this.#rich.open(name, attributes);
  }

  close(name: string, text: string | null): void {
    if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
    else if (name === 'v' && this.#cell) this.#cell.value = text ?? '';
    else this.#rich.close(name, text);
  }

  #openRow(attributes: Attributes): void {
    const written = attribute(attributes, 'r');
    this.#isUnnumbered = written === undefined;
    const line = written === undefined ? this.#line + 1 : Number(written);
    if (!Number.isInteger(line)) throw damaged();
    this.#line = line;
    this.#cells = [];
    this.#characters = 0;
    this.#problem = null;
    this.#filled = 0;
    this.#struck = 0;
    this.#uncalculated = null;
    this.#column = -1;
  }

  #openCell(attributes: Attributes): void {
    const address = attribute(attributes, 'r');
    this.#column = address === undefined ? this.#column + 1 : columnOf(address);
    if (this.#isUnnumbered && address !== undefined) {
      this.#isUnnumbered = false;
      this.#line = Number(/(?<!\d)\d+$/.exec(address)?.[0] ?? this.#line);
    }
    const type = attribute(attributes, 't') ?? 'n';
    this.#cell = { type, style: attribute(attributes, 's'), value: null, hasFormula: false };
    this.#rich.take();
  }

  #closeCell(): void {
    const cell = this.#cell;
    this.#cell = null;
    if (!cell) return;
    const text = this.#textOf(cell);
    if (text === '') {
      if (cell.hasFormula && cell.type !== 'str') this.#uncalculated ??= `${columnLetters(this.#column)}${this.#line}`;
      return;
    }
    this.#filled++;
    // A row whose address is struck through is out, whatever else is.
    if (this.#struckStyles.size > 0 && this.#struckStyles.has(Number(cell.style)))
      this.#struck += text.includes('@') ? COLUMN_LIMIT : 1;
    this.#characters += text.length;
    if (this.#column >= COLUMN_LIMIT)
      this.#problem ??= sentence('farColumn', { column: columnLetters(this.#column), limit: COLUMN_LIMIT });
    else if (text.length > EXTRA_LIMIT)
      this.#problem ??= sentence('longCell', {
        cell: `${columnLetters(this.#column)}${this.#line}`,
        limit: EXTRA_LIMIT,
      });
    // A small file can name one long text very often: no more is held than can be read.
    else if (this.#characters <= ROW_LIMIT) {
      while (this.#cells.length < this.#column) this.#cells.push('');
      this.#cells[this.#column] = text;
    }
  }

  /** As the cell is shown, dates and numbers in a form of their own. */
  #textOf({ type, style, value }: Cell): string {
    // Some programs write the text as the value instead.
    if (type === 'inlineStr') return this.#rich.take() || unescaped(value ?? '');
    if (value === null || value === '') return '';
    const { strings, is1904 } = this.#workbook;
    if (type === 's') return strings.at(Number(value));
    if (type === 'str') return unescaped(value);
    if (type === 'b') return value.trim() === '1' ? 'TRUE' : 'FALSE';
    return type === 'n' ? numberText(value, formatOf(this.#workbook, style), is1904) : value;
  }

  #closeRow(): void {
    const [cells, uncalculated, length] = [this.#cells, this.#uncalculated, this.#characters];
    const tooLong = length > ROW_LIMIT ? sentence('rowTooLong', { length, limit: ROW_LIMIT }) : null;
    const isOut = this.#struck > 0 && this.#struck * 2 >= this.#filled;
    const problem = this.#problem ?? tooLong ?? (isOut ? sentence('struckRow') : null);
    this.#rows.push({ line: this.#line, cells, problem, uncalculated });
  }
}

/** Gives the cells below the first of a merged range its value, as it is shown. */
class MergedFiller {
  readonly #starting: ReadonlyMap<number, Merged[]>;
  /** By column: cells cannot be merged twice, so of ranges that overlap all the same the last one counts. */
  readonly #open = new Map<number, { last: number; value: string }>();
  readonly #ranges: Merged[];

  constructor(ranges: readonly Merged[]) {
    this.#ranges = [...ranges].sort((a, b) => a.first - b.first);
    this.#starting = Map.groupBy(this.#ranges, ({ first }) => first);
  }

  filled(row: SheetRow): SheetRow {
    if (this.#ranges.length === 0) return row;
    let cells: string[] | null = null;
    for (const [column, { last, value }] of this.#open) {
      if (last < row.line) this.#open.delete(column);
      else if ((row.cells[column] ?? '') === '') {
        cells ??= [...row.cells];
        while (cells.length <= column) cells.push('');
        cells[column] = value;
      }
    }
    for (const { column, last } of this.#starting.get(row.line) ?? []) {
      const value = row.cells[column] ?? '';
      if (value !== '') this.#open.set(column, { last, value });
    }
    return cells ? { ...row, cells } : row;
  }
}

function columnLetters(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest === 0 ? '' : columnLetters(rest - 1)) + String.fromCharCode(65 + (column % 26));
}
