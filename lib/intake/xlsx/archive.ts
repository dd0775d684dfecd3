/**
 * Reads the parts of a ZIP archive by position, a piece at a time, and never more of them than the archive says there is. Written here because
 * libraries either hold the whole archive in memory or cannot read without waiting.
 */
import { crc32 } from 'node:zlib';
import { Inflate } from 'fflate';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';

/** The bytes from `position` on, `length` of them or those up to the end. */
export type ReadAt = (position: number, length: number) => Uint8Array;

/** The file is no workbook that can be read; the message says why, and what to do. */
export class WorkbookError extends Error {
  override name = 'WorkbookError';
  readonly sentence: Sentence;

  constructor(why: Sentence) {
    super(why.message);
    this.sentence = why;
  }
}

/** One file in the archive. Sizes in bytes. */
export interface Part {
  name: string;
  packedSize: number;
  size: number;
  position: number;
  /** 0: stored as it is; 8: deflated. */
  method: number;
  crc: number;
  isEncrypted: boolean;
}

export interface Archive {
  readAt: ReadAt;
  parts: readonly Part[];
}

const END_SIGNATURE = 0x06054b50;
const END64_LOCATOR_SIGNATURE = 0x07064b50;
const END64_SIGNATURE = 0x06064b50;
const PART_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const COMMENT_BYTES = 0xffff;
/** What a transfer adds at the end: a line end, the end of a text, or the rest of a block. */
const PADDING: ReadonlySet<number> = new Set([0, 10, 13, 26]);
const NONE_16 = 0xffff;
const NONE_32 = 0xffffffff;

/** A workbook has a dozen parts, one with pictures some hundred. */
const MOST_PARTS = 10_000;
const MOST_DIRECTORY_BYTES = 4 * 1024 * 1024;
/** No sheet that people filled packs this well once it is longer than `RATIO_FROM_BYTES`. */
const HIGHEST_RATIO = 200;
const RATIO_FROM_BYTES = 8 * 1024 * 1024;
/** So little is unpacked at once that even the densest bomb yields a few megabytes before it is noticed. */
const PACKED_PIECE = 4 * 1024;
const PIECE = 64 * 1024;

export function damaged(): WorkbookError {
  return new WorkbookError(sentence('damagedWorkbook'));
}

function tooLarge(name: string): WorkbookError {
  return new WorkbookError(sentence('partTooLarge', { part: name }));
}

/** Reads the directory of the archive. Throws `WorkbookError`. */
export function openArchive(readAt: ReadAt, sizeBytes: number): Archive {
  const end = findEnd(readAt, sizeBytes);
  if (end.count > MOST_PARTS || end.size > MOST_DIRECTORY_BYTES)
    throw new WorkbookError(sentence('tooManyParts', { limit: MOST_PARTS }));
  const view = viewOf(readAt(end.position, end.size), end.size);
  const parts: Part[] = [];
  for (let at = 0; parts.length < end.count; ) {
    const { part, next } = partAt(view, at);
    parts.push(part);
    at = next;
  }
  return { readAt, parts };
}

function viewOf(bytes: Uint8Array, length: number): DataView {
  if (bytes.byteLength < length) throw damaged();
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

interface Directory {
  position: number;
  size: number;
  count: number;
}

function findEnd(readAt: ReadAt, sizeBytes: number): Directory {
  const from = Math.max(0, sizeBytes - END_BYTES - COMMENT_BYTES);
  const tail = readAt(from, sizeBytes - from);
  const view = viewOf(tail, sizeBytes - from);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue;
    const behind = at + END_BYTES + view.getUint16(at + 20, true);
    if (behind > tail.length || tail.subarray(behind).some((byte) => !PADDING.has(byte))) continue;
    const [count, size, position] = [
      view.getUint16(at + 10, true),
      view.getUint32(at + 12, true),
      view.getUint32(at + 16, true),
    ];
    if (count !== NONE_16 && size !== NONE_32 && position !== NONE_32) return { count, size, position };
    return findEnd64(readAt, from + at);
  }
  throw damaged();
}

/** Programs that write while they do not know the size yet use the long form. */
function findEnd64(readAt: ReadAt, endAt: number): Directory {
  const locator = viewOf(readAt(Math.max(0, endAt - 20), 20), 20);
  if (locator.getUint32(0, true) !== END64_LOCATOR_SIGNATURE) throw damaged();
  const end = viewOf(readAt(long(locator, 8), 56), 56);
  if (end.getUint32(0, true) !== END64_SIGNATURE) throw damaged();
  return { count: long(end, 32), size: long(end, 40), position: long(end, 48) };
}

function long(view: DataView, at: number): number {
  const value = Number(view.getBigUint64(at, true));
  if (!Number.isSafeInteger(value)) throw damaged();
  return value;
}

function partAt(view: DataView, at: number): { part: Part; next: number } {
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== PART_SIGNATURE) throw damaged();
  const nameLength = view.getUint16(at + 28, true);
  const extraAt = at + 46 + nameLength;
  const extraEnd = extraAt + view.getUint16(at + 30, true);
  const next = extraEnd + view.getUint16(at + 32, true);
  if (next > view.byteLength) throw damaged();
  const name = Buffer.from(view.buffer, view.byteOffset + at + 46, nameLength).toString('utf8');
  const part: Part = {
    // Some programs write the separators of Windows.
    name: name.replaceAll('\\', '/').replace(/^\/+/, ''),
    packedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    position: view.getUint32(at + 42, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    isEncrypted: (view.getUint16(at + 8, true) & 1) !== 0,
  };
  readLongSizes(view, extraAt, extraEnd, part);
  return { part, next };
}

/** The extra field of ZIP64 holds, in this order, those of the three numbers that were too long. */
function readLongSizes(view: DataView, extraAt: number, extraEnd: number, part: Part): void {
  const missing = (['size', 'packedSize', 'position'] as const).filter((key) => part[key] === NONE_32);
  if (missing.length === 0) return;
  for (let at = extraAt; at + 4 <= extraEnd; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    if (at + 4 + missing.length * 8 > extraEnd) break;
    for (const [index, key] of missing.entries()) part[key] = long(view, at + 4 + index * 8);
    return;
  }
  throw damaged();
}

/** The part of this name, whatever its case; null where there is none. Throws `WorkbookError` where there are two. */
export function findPart({ parts }: Archive, name: string): Part | null {
  const key = name.toLowerCase();
  const [found, other] = parts.filter((part) => part.name.toLowerCase() === key);
  if (other) throw damaged();
  return found ?? null;
}

/**
 * Unpacks a part in pieces of at most 64 KiB, and checks that they are what was packed. Throws `WorkbookError`, also where the part is longer
 * than `mostBytes` or packed beyond reason.
 */
export function* unpack({ readAt }: Archive, part: Part, mostBytes: number): Generator<Uint8Array> {
  if (part.isEncrypted) throw new WorkbookError(sentence('protectedWorkbook'));
  const isBomb = part.size > RATIO_FROM_BYTES && part.size > HIGHEST_RATIO * part.packedSize;
  if (part.size > mostBytes || isBomb) throw tooLarge(part.name);
  let size = 0;
  let crc = 0;
  for (const piece of part.method === 0 ? stored(readAt, part) : deflated(readAt, part)) {
    size += piece.length;
    // What it says of its size may be a lie.
    if (size > part.size) throw damaged();
    crc = crc32(piece, crc);
    for (let at = 0; at < piece.length; at += PIECE) yield piece.subarray(at, at + PIECE);
  }
  if (size !== part.size || crc !== part.crc) throw damaged();
}

/** Where the bytes of a part begin. */
function contentOf(readAt: ReadAt, { position }: Part): number {
  const local = viewOf(readAt(position, 30), 30);
  if (local.getUint32(0, true) !== LOCAL_SIGNATURE) throw damaged();
  return position + 30 + local.getUint16(26, true) + local.getUint16(28, true);
}

function* stored(readAt: ReadAt, part: Part): Generator<Uint8Array> {
  const start = contentOf(readAt, part);
  for (let done = 0; done < part.packedSize; done += PIECE)
    yield readAt(start + done, Math.min(PIECE, part.packedSize - done));
}

function* deflated(readAt: ReadAt, part: Part): Generator<Uint8Array> {
  if (part.method !== 8) throw damaged();
  const start = contentOf(readAt, part);
  let pieces: Uint8Array[] = [];
  const inflate = new Inflate((piece) => void pieces.push(piece));
  for (let done = 0; done < part.packedSize; ) {
    const packed = readAt(start + done, Math.min(PACKED_PIECE, part.packedSize - done));
    if (packed.length === 0) throw damaged();
    done += packed.length;
    try {
      inflate.push(packed, done >= part.packedSize);
    } catch {
      // Its bytes are not what a deflated part can hold.
      throw damaged();
    }
    yield* pieces;
    pieces = [];
  }
}
