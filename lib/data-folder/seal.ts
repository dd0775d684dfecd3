/** A checksum inside the file that it is of: computed as if its own place held a blank one. */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

const PREFIX = 'backup of autoprovision, sha256:';
/** What stands in the place of the checksum while it is computed. */
export const UNSEALED = PREFIX + '0'.repeat(64);
const BLOCK_BYTES = 4 * 1024 * 1024;

function* blocksOf(descriptor: number, overlap: number): Generator<{ at: number; bytes: Buffer }> {
  const bytes = Buffer.alloc(BLOCK_BYTES + overlap);
  for (let at = 0; ; at += BLOCK_BYTES) {
    const read = readSync(descriptor, bytes, 0, bytes.length, at);
    yield { at, bytes: bytes.subarray(0, read) };
    if (read < bytes.length) return;
  }
}

/** Where `text` stands first; null where it does not. */
function placeOf(descriptor: number, text: string): number | null {
  for (const { at, bytes } of blocksOf(descriptor, text.length)) {
    const found = bytes.indexOf(text, 0, 'latin1');
    if (found >= 0) return at + found;
  }
  return null;
}

function digestAround(descriptor: number, place: number): string {
  const hash = createHash('sha256');
  const blank = Buffer.from(UNSEALED);
  for (const { at, bytes } of blocksOf(descriptor, 0)) {
    const block = Buffer.from(bytes);
    const from = Math.max(place - at, 0);
    const to = Math.min(place + blank.length - at, block.length);
    if (from < to) blank.copy(block, from, at + from - place, at + to - place);
    hash.update(block);
  }
  return PREFIX + hash.digest('hex');
}

/** Writes the checksum of a file into it, where `UNSEALED` stands, and to the disk. */
export function seal(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    const place = placeOf(descriptor, UNSEALED);
    if (place === null) throw new Error(`${file} has no place for its checksum`);
    writeSync(descriptor, digestAround(descriptor, place), place, 'latin1');
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The checksum that a file should hold; null where the one it says it has does not stand in it. */
export function digestOf(file: string, sealed: string | undefined): string | null {
  if (!sealed?.startsWith(PREFIX) || sealed.length !== UNSEALED.length) return null;
  const descriptor = openSync(file, 'r');
  try {
    const place = placeOf(descriptor, sealed);
    return place === null ? null : digestAround(descriptor, place);
  } finally {
    closeSync(descriptor);
  }
}
