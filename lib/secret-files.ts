/** Secrets that lie in files, as vaults, systemd and containers mount them: read again as soon as such a file changes. */
import { readFileSync, statSync } from 'node:fs';

/** Nobody's secret is longer; a file that is was named by mistake. */
const MAX_BYTES = 64 * 1024;

interface Known {
  value: string;
  /** Of the file that was read; null: read it again in any case. */
  stamp: string | null;
}

const known = new Map<string, Known>();

function readIfChanged(file: string, last: Known | undefined): Known {
  // Mounted secrets are links to the newest version, so the link is followed.
  const { mtimeNs, size, ino } = statSync(file, { bigint: true });
  const stamp = `${mtimeNs} ${size} ${ino}`;
  if (last?.stamp === stamp) return last;
  if (size > MAX_BYTES) throw new Error(`${file} is longer than ${MAX_BYTES} bytes`);
  const value = readFileSync(file, 'utf8').trim();
  if (value === '') throw new Error(`${file} is empty`);
  return { value, stamp };
}

/**
 * The secret in a file, without blanks around it. One that is away or empty, as while it is replaced, leaves the last value in
 * force. Throws where there never was one.
 */
export function secretIn(file: string): string {
  const last = known.get(file);
  try {
    const read = readIfChanged(file, last);
    known.set(file, read);
    return read.value;
  } catch (error) {
    if (last) return last.value;
    throw error;
  }
}

/** Has every file read again when it is next asked for: a change within one tick of the file system's clock shows in no time stamp. */
export function rereadSecrets(): void {
  for (const last of known.values()) last.stamp = null;
}

/** Everybody, and the group for changes: vaults hand secrets to a service through its group. */
const OTHERS = 0o027;

/** `open`: others on this machine can read or change it. */
type SecretFileProblem = { kind: 'open' } | { kind: 'unreadable'; why: string };

/** What is wrong with the file of a secret; null where nothing is. Windows has no such modes. */
export function secretFileProblem(file: string): SecretFileProblem | null {
  try {
    readIfChanged(file, undefined);
    const isOpen = process.platform !== 'win32' && (statSync(file).mode & OTHERS) !== 0;
    return isOpen ? { kind: 'open' } : null;
  } catch (error) {
    return { kind: 'unreadable', why: error instanceof Error ? error.message : String(error) };
  }
}
