/** What of a review is new to somebody who has seen an earlier one. Pure. */
import { hash } from 'node:crypto';

type Row = { line: number };

/** Twelve bytes for each row, in order: its line, and the beginning of the SHA-256 of what it says. */
export type Prints = Uint8Array;

const LINE_BYTES = 4;
const PRINT_BYTES = 12;

export interface ReviewDelta<Listed extends Row> {
  prints: Prints;
  /** The same for two reviews whose rows say the same. */
  reviewId: string;
  /** The rows that say something else than before; all of them where `isWhole`. */
  rows: Listed[];
  isWhole: boolean;
}

/** `before`: the prints of what somebody has seen; null: nothing. Where a row of it is no longer listed, the answer is whole. */
export function reviewDelta<Listed extends Row>(rows: readonly Listed[], before: Prints | null): ReviewDelta<Listed> {
  const known = new Map<number, string>();
  for (const [line, print] of each(before ?? new Uint8Array())) known.set(line, print);
  const prints = Buffer.alloc(rows.length * PRINT_BYTES);
  const changed: Listed[] = [];
  let kept = 0;
  for (const [index, row] of rows.entries()) {
    const at = index * PRINT_BYTES;
    prints.writeUInt32LE(row.line, at);
    hash('sha256', JSON.stringify(row), 'buffer').copy(prints, at + LINE_BYTES, 0, PRINT_BYTES - LINE_BYTES);
    const print = known.get(row.line);
    if (print !== undefined) kept++;
    if (print !== prints.toString('latin1', at + LINE_BYTES, at + PRINT_BYTES)) changed.push(row);
  }
  const isWhole = before === null || kept < known.size;
  return { prints, reviewId: hash('sha256', prints), rows: isWhole ? [...rows] : changed, isWhole };
}

function* each(prints: Prints): Generator<[line: number, print: string]> {
  const bytes = Buffer.from(prints.buffer, prints.byteOffset, prints.byteLength);
  for (let at = 0; at < bytes.length; at += PRINT_BYTES)
    yield [bytes.readUInt32LE(at), bytes.toString('latin1', at + LINE_BYTES, at + PRINT_BYTES)];
}
