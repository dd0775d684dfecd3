/** What has to be known of all of a sheet before its first row is read: merged cells, the order of its rows, and whether some are hidden. */
import { damaged, unpack } from './archive.ts';
import type { Sheet, Workbook } from './workbook.ts';

export const MOST_SHEET_BYTES = 1024 * 1024 * 1024;
const MOST_MERGED = 50_000;

/** Cells in several rows that are shown as one; lines and the index of the first column. */
export interface Merged {
  column: number;
  first: number;
  last: number;
}

/** Found by unpacking all of it. */
export interface SheetShape {
  merged: readonly Merged[];
  /** False: its rows do not stand in the order of their numbers. */
  isInOrder: boolean;
  /** A filter or a hand has hidden rows that hold cells. */
  hidesRows: boolean;
}

/** The index of the column in an address such as `AB12`. */
export function columnOf(address: string): number {
  let column = 0;
  for (const letter of address) {
    const value = letter.charCodeAt(0) & ~32;
    if (value < 65 || value > 90) break;
    column = column * 26 + value - 64;
  }
  if (column === 0 || column > 16_384) throw damaged();
  return column - 1;
}

/** The number of a row; where the row has none, the address of its first cell. */
const ROW =
  /<(?:\w+:)?row(?:\s[^<>]*?)??(?:\sr=["'](\d{1,9})["']|>\s*<(?:\w+:)?c\s[^<>]*?\br=["'][A-Za-z]{1,3}(\d{1,9})["'])/g;
/** No element that begins a row is longer. */
const LONGEST_ELEMENT = 1024;

/** Whether the rows stand in the order of their numbers, while the sheet goes by. */
class OrderWatch {
  isInOrder = true;
  #last = 0;
  #tail = '';

  see(piece: Uint8Array): void {
    if (!this.isInOrder) return;
    const text = this.#tail + Buffer.from(piece).toString('latin1');
    let seen = 0;
    for (const found of text.matchAll(ROW)) {
      const line = Number(found[1] ?? found[2]);
      if (line <= this.#last) this.isInOrder = false;
      this.#last = line;
      seen = found.index + found[0].length;
    }
    this.#tail = text.slice(Math.max(seen, text.length - LONGEST_ELEMENT));
  }
}

const HIDDEN = 'hidden="';
/** Not one that ends with its own element: it holds no cells. */
const HIDDEN_ROW = /^<(?:\w+:)?row\s(?:[^<>]*\s)?hidden="(?:1|true)"[^<>]*(?<!\/)>/;

/** Whether a row with cells is hidden, while the sheet goes by; columns can be, too. */
class HiddenWatch {
  hasSeen = false;
  #tail = Buffer.alloc(0);

  see(piece: Uint8Array): void {
    if (this.hasSeen) return;
    const bytes = Buffer.concat([this.#tail, piece]);
    for (let at = bytes.indexOf(HIDDEN); at >= 0 && !this.hasSeen; ) {
      const element = bytes.subarray(bytes.lastIndexOf('<', at), at + LONGEST_ELEMENT);
      this.hasSeen = HIDDEN_ROW.test(element.toString('latin1', 0, LONGEST_ELEMENT));
      // On to the next element: a text may hold the word very often.
      const next = bytes.indexOf('<', at);
      at = next < 0 ? -1 : bytes.indexOf(HIDDEN, next);
    }
    this.#tail = Buffer.from(bytes.subarray(-LONGEST_ELEMENT));
  }
}

const MERGED = 'mergeCells';

/** Ranges over several rows stand behind the rows, so all of the sheet is unpacked to find them. Throws `WorkbookError`. */
export function sheetShape({ archive }: Workbook, { part }: Sheet): SheetShape {
  let tail = Buffer.alloc(0);
  let list: string | null = null;
  const [order, hidden] = [new OrderWatch(), new HiddenWatch()];
  for (const piece of unpack(archive, part, MOST_SHEET_BYTES)) {
    if (list !== null) {
      list += Buffer.from(piece).toString('latin1');
      if (list.length > MOST_MERGED * 40) throw damaged();
      continue;
    }
    order.see(piece);
    hidden.see(piece);
    const bytes = Buffer.concat([tail, piece]);
    for (let at = bytes.indexOf(MERGED); at >= 0 && list === null; at = bytes.indexOf(MERGED, at + 1)) {
      // In the text of a cell it would not follow the bracket of an element.
      if (/<(?:\w+:)?$/.test(bytes.toString('latin1', Math.max(0, at - 16), at))) list = bytes.toString('latin1', at);
    }
    tail = Buffer.from(bytes.subarray(-32));
  }
  const merged = list === null ? [] : rangesIn(list.slice(0, list.indexOf(`${MERGED}>`, MERGED.length)));
  return { merged, isInOrder: order.isInOrder, hidesRows: hidden.hasSeen };
}

function rangesIn(list: string): Merged[] {
  return [...list.matchAll(/ref="([A-Z]+)(\d+):[A-Z]+(\d+)"/g)].flatMap(([, column = '', from, to]) => {
    const [first, last] = [Number(from), Number(to)];
    return last > first ? [{ column: columnOf(column), first, last }] : [];
  });
}
