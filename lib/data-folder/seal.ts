/** A checksum inside the file that it is of: computed as if its own place held a blank one. */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { CHOSEN, HASHES, type HashName } from '#lib/domain/algorithms.ts';

/** Of each of the hashes. */
const DIGITS = 64;
const prefixOf = (algorithm: HashName) => `backup of autoprovision, ${algorithm}:`;

/** What stands in the place of the checksum while it is computed. */
export function unsealed(algorithm: HashName = CHOSEN.hash): string {
  return prefixOf(algorithm) + '0'.repeat(DIGITS);
}

/** The algorithm that a seal, or the place of one, names; undefined where it is none that this release knows. */
function algorithmOf(seal: string): HashName | undefined {
  return HASHES.find((name) => seal.startsWith(prefixOf(name)) && seal.length === unsealed(name).length);
}

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

function digestAround(descriptor: number, place: number, algorithm: HashName): string {
  const hash = createHash(algorithm);
  const blank = Buffer.from(unsealed(algorithm));
  for (const { at, bytes } of blocksOf(descriptor, 0)) {
    const block = Buffer.from(bytes);
    const from = Math.max(place - at, 0);
    const to = Math.min(place + blank.length - at, block.length);
    if (from < to) blank.copy(block, from, at + from - place, at + to - place);
    hash.update(block);
  }
  return prefixOf(algorithm) + hash.digest('hex');
}

/** Writes the checksum of a file into it, where `unsealed` stands, and to the disk. */
export function seal(file: string, algorithm: HashName = CHOSEN.hash): void {
  const descriptor = openSync(file, 'r+');
  try {
    const place = placeOf(descriptor, unsealed(algorithm));
    if (place === null) throw new Error(`${file} has no place for its checksum`);
    writeSync(descriptor, digestAround(descriptor, place, algorithm), place, 'latin1');
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The checksum that a file should hold; null where the one it says it has does not stand in it. */
export function digestOf(file: string, sealed: string | undefined): string | null {
  const algorithm = algorithmOf(sealed ?? '');
  if (!sealed || !algorithm) return null;
  const descriptor = openSync(file, 'r');
  try {
    const place = placeOf(descriptor, sealed);
    return place === null ? null : digestAround(descriptor, place, algorithm);
  } finally {
    closeSync(descriptor);
  }
}
