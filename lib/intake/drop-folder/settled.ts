/** Whether a file of the share is whole: unchanged for long enough, with a last line that ends, and open in no program that writes. */
import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { isSameFile } from './folder.ts';
import { isUnchanged } from './move.ts';

// Windows has neither flag; there the comparison with `lstat` alone guards against links.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** Opens a file for reading, never through a link in its place and never waiting for a pipe. Throws file system errors. */
export function openPlain(file: string): number {
  return openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
}

/** When we first saw a file in its present state: on a share whose clock is ahead, its own times would keep it waiting. */
const firstSeen = new Map<string, { stats: BigIntStats; at: number }>();

/** `ahead`: its times lie in the future, and it has not been watched for long enough. */
export type Settling = 'settled' | 'changing' | 'ahead';

/** Whether a file has been unchanged for `settleMs`, or for twice as long where its last line has no end. Throws file system errors. */
export function settlingOf(file: string, stats: BigIntStats, settleMs: number, now: number): Settling {
  const changedAt = Number((stats.mtimeNs > stats.ctimeNs ? stats.mtimeNs : stats.ctimeNs) / 1_000_000n);
  const seen = firstSeen.get(file);
  // What was seen in the future was seen before the clock was set back.
  const isSeen = seen !== undefined && seen.at <= now && isUnchanged(seen.stats, stats);
  if (!isSeen) firstSeen.set(file, { stats, at: now });
  const unchangedMs = Math.max(now - changedAt, isSeen ? now - seen.at : 0);
  if (unchangedMs >= settleMs && (unchangedMs >= 2 * settleMs || endsWithLine(file))) return 'settled';
  return changedAt > now ? 'ahead' : 'changing';
}

/** Forgets the files of a folder that are no longer there. */
export function forgetOthers(folder: string, present: ReadonlySet<string>): void {
  for (const file of firstSeen.keys()) if (path.dirname(file) === folder && !present.has(file)) firstSeen.delete(file);
}

/** Half of a line has no end yet; what has no lines at all (a workbook) is not waited for. */
const LINE_ENDS = new Set([0x0a, 0x0d, 0x1a]);

function endsWithLine(file: string): boolean {
  if (!/\.csv$/i.test(file)) return true;
  const descriptor = openPlain(file);
  try {
    const { size } = fstatSync(descriptor);
    // In UTF-16 the line feed is the last byte but one.
    const last = Buffer.alloc(2);
    const read = readSync(descriptor, last, 0, 2, Math.max(0, size - 2));
    const [before = 0, end = 0] = read === 1 ? [0, last[0]] : last;
    return size === 0 || LINE_ENDS.has(end) || (end === 0 && LINE_ENDS.has(before));
  } finally {
    closeSync(descriptor);
  }
}

const WRITES = 0o3;

/** True where a program of this machine that we may look at has the file open for writing. Only Linux tells; elsewhere false. */
export function isOpenForWriting(file: string, stats: BigIntStats): boolean {
  if (process.platform !== 'linux') return false;
  return listed('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => listed(`/proc/${pid}/fd`).some((fd) => isWriter(pid, fd, path.basename(file), stats)));
}

/** Processes end while they are looked at, and those of others may not be looked at. */
function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isWriter(pid: string, fd: string, name: string, stats: BigIntStats): boolean {
  try {
    const link = `/proc/${pid}/fd/${fd}`;
    // Looking at a file of another share could wait for that share.
    if (path.basename(readlinkSync(link)) !== name || !isSameFile(statSync(link, { bigint: true }), stats))
      return false;
    const [, flags = '0'] = /^flags:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8')) ?? [];
    return (Number.parseInt(flags, 8) & WRITES) !== 0;
  } catch {
    return false;
  }
}
