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
    if (typeof source !== 'number') return source.subarray(position, position + BLOCK_BYTES);
    if (!buffer) return new Uint8Array();
    let filled = 0;
    // A network file system may return less than requested; the encoding is detected from a full first block.
    while (filled < BLOCK_BYTES) {
      const count = readSync(source, buffer, filled, BLOCK_BYTES - filled, position + filled);
      if (count === 0) break;
      filled += count;
    }
    return buffer.subarray(0, filled);
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

export function sha256Of(source: Source, onBlock?: () => void): string {
  return readSource(source, onBlock).sha256();
}

/** Size and last change of a source, to tell whether it is still the same; bytes do not change. */
export function stampOf(source: Source): { sizeBytes: number; modifiedAt: number | null } {
  if (typeof source !== 'number') return { sizeBytes: source.byteLength, modifiedAt: null };
  const { size, mtimeMs } = fstatSync(source);
  return { sizeBytes: size, modifiedAt: Math.floor(mtimeMs) };
}
