/** Whether the disk of the database takes anything: tried with a file beside it, so that a full disk is told before somebody's work fails. */
import { closeSync, constants, ftruncateSync, openSync, writeSync } from 'node:fs';

/** `full`: no room, or over a quota; `read_only`: mounted so; `fault`: another error of the file system. */
export type RoomProblem = 'full' | 'read_only' | 'fault';

/** More than a transaction of a cycle adds. */
const BYTES = Buffer.alloc(256 * 1024, '.');
const { O_CREAT, O_NOFOLLOW = 0, O_TRUNC, O_WRONLY } = constants;

// Next loads modules several times; only `globalThis` is shared.
const shared = globalThis as typeof globalThis & { autoprovisionRoom?: RoomProblem | null };

/** As the last look found it; null: all is well, or nobody looks. */
export function roomProblem(): RoomProblem | null {
  return shared.autoprovisionRoom ?? null;
}

/** Writes to `file` and empties it again; it stays, so that nothing is made and removed all the time. Keeps what it found. */
export function lookForRoom(file: string): RoomProblem | null {
  shared.autoprovisionRoom = tried(file);
  return shared.autoprovisionRoom;
}

function tried(file: string): RoomProblem | null {
  try {
    const descriptor = openSync(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
    const problem = filled(descriptor);
    closeSync(descriptor);
    return problem;
  } catch (error) {
    return problemOf(error);
  }
}

function filled(descriptor: number): RoomProblem | null {
  try {
    let written = 0;
    while (written < BYTES.length) written += writeSync(descriptor, BYTES, written, BYTES.length - written, written);
    ftruncateSync(descriptor);
    return null;
  } catch (error) {
    // What was written up to there would be missing elsewhere.
    emptied(descriptor);
    return problemOf(error);
  }
}

function emptied(descriptor: number): void {
  try {
    ftruncateSync(descriptor);
  } catch {
    // The next look does it when it opens the file.
  }
}

function problemOf(error: unknown): RoomProblem {
  switch (error instanceof Error && 'code' in error ? error.code : null) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'full';
    case 'EROFS':
      return 'read_only';
    default:
      return 'fault';
  }
}
