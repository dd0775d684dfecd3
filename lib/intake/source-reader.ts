/** Reads a file or bytes block by block, from the first to the last byte, hashing what it returns. */
import { createHash } from 'node:crypto';
import { fstatSync, readSync } from 'node:fs';

/** An open descriptor, or the bytes themselves. */
export type Source = number | Uint8Array;

const BLOCK_BYTES = 64 * 1024;

export interface SourceReader {
  /** The blocks not returned yet. A block is only valid until the next one is requested. */
  blocks(): Iterable<Uint8Array>;
  /** Hash of the whole source, in hex; reads what is left. */
  sha256(): string;
}

/** Starts reading the source from the beginning. `onBlock` is called before each block. Throws what it or `readSync` throws. */
export function readSource(source: Source, onBlock: () => void = () => {}): SourceReader {
  const hash = createHash('sha256');
  const buffer = typeof source === 'number' ? Buffer.allocUnsafe(BLOCK_BYTES) : null;
  let position = 0;
  const read = (): Uint8Array => {
    onBlock();
    return typeof source === 'number' && buffer
      ? readInto(buffer, source, position)
      : readAt(source, position, BLOCK_BYTES);
  };
  function* blocks(): Generator<Uint8Array> {
    for (let block = read(); block.length > 0; block = read()) {
      position += block.length;
      hash.update(block);
      yield block;
    }
  }
  return {
    blocks,
    sha256() {
      for (const _ of blocks());
      return hash.digest('hex');
    },
  };
}

/** A network file system may return less than requested; the encoding is detected from a full first block. */
function readInto(buffer: Uint8Array, descriptor: number, position: number): Uint8Array {
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(descriptor, buffer, filled, buffer.length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}

/** The bytes from `position` on, `length` of them or those up to the end. Throws what `readSync` throws. */
export function readAt(source: Source, position: number, length: number): Uint8Array {
  if (typeof source !== 'number') return source.subarray(position, position + length);
  return readInto(Buffer.allocUnsafe(length), source, position);
}

export function sha256Of(source: Source, onBlock?: () => void): string {
  return readSource(source, onBlock).sha256();
}

/** Size and last change of a source, to tell whether it is still the same; bytes do not change. */
export function stampOf(source: Source): { sizeBytes: number; modifiedAt: number | null } {
  if (typeof source !== 'number') return { sizeBytes: source.byteLength, modifiedAt: null };
  const { size, mtimeMs } = fstatSync(source);
  return { sizeBytes: size, modifiedAt: Math.floor(mtimeMs) };
}
