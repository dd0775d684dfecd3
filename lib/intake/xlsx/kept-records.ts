/** The records of a sheet, packed while they are read for the first time: whoever needs them again does not have to read the workbook again. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { PlainRecord } from '#lib/intake/csv/records.ts';

const PIECE_CHARACTERS = 64 * 1024;
/** Some 400,000 rows. A longer sheet is read twice, so that memory stays bounded. */
const MOST_BYTES = 12 * 1024 * 1024;

export class KeptRecords {
  /** Null: they were too many. */
  #pieces: Buffer[] | null = [];
  #bytes = 0;
  #waiting: PlainRecord[] = [];
  #characters = 0;
  readonly #mostBytes: number;

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  add(record: PlainRecord): void {
    if (this.#pieces === null) return;
    this.#waiting.push(record);
    this.#characters += record.text.length;
    if (this.#characters >= PIECE_CHARACTERS) this.#pack(this.#pieces);
  }

  #pack(pieces: Buffer[]): void {
    const piece = deflateRawSync(JSON.stringify(this.#waiting), { level: 1 });
    this.#waiting = [];
    this.#characters = 0;
    this.#bytes += piece.length;
    pieces.push(piece);
    if (this.#bytes > this.#mostBytes) this.#pieces = null;
  }

  /** All that were added, in order; null where they were too many to be kept. */
  read(): Generator<PlainRecord> | null {
    return this.#pieces && unpacked(this.#pieces, this.#waiting);
  }
}

function* unpacked(pieces: readonly Buffer[], last: readonly PlainRecord[]): Generator<PlainRecord> {
  for (const piece of pieces) yield* JSON.parse(inflateRawSync(piece).toString()) as PlainRecord[];
  yield* last;
}
