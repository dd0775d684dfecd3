/** Ids that sort by time and never clash: for runs, intake files, and the names of moved files. */
import { randomBytes } from 'node:crypto';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** `20260304T050607Z`: a time in UTC, to the second, as used in ids and file names. */
export function utcStamp(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** A new id such as `20260304T050607Z-k3x7qa`: the UTC second, then 30 random bits in lower-case base 32. */
export function newId(nowMs: number): string {
  const random = Array.from(randomBytes(6), (byte) => BASE32.charAt(byte & 31)).join('');
  return `${utcStamp(nowMs)}-${random}`;
}
