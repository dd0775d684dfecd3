/** Has files looked at for malware before anything reads them, and knows whether the scanner is there. */
import { createHash } from 'node:crypto';
import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { Scan } from '#lib/domain/scan.ts';
import type { ScannerAddress } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { LIMITS, type ScanLimits, ScannerAwayError, scanBlocks, versionOf } from './clamd.ts';

/** Since when and why there is no verdict. */
export interface ScannerProblem {
  since: number;
  message: string;
}

const shared = globalThis as typeof globalThis & { autoprovisionScannerProblem?: ScannerProblem | undefined };

/** What is wrong with the scanner, as this process last saw it; null: nothing, or there is none. */
export function scannerProblem(): ScannerProblem | null {
  return shared.autoprovisionScannerProblem ?? null;
}

function note(why: string | null): void {
  const before = shared.autoprovisionScannerProblem;
  if (why !== null && !before) log.warn({ problem: why }, 'the malware scanner gives no verdict; files wait');
  if (why === null && before) log.info('the malware scanner is there again');
  shared.autoprovisionScannerProblem = why === null ? undefined : { since: before?.since ?? Date.now(), message: why };
}

const BLOCK_BYTES = 64 * 1024;
const readAt = promisify(read);

/** The bytes of an open file, each block read outside the server's thread and added to `hash`. */
async function* blocksOf(source: number, hash: { update(block: Uint8Array): unknown }, signal?: AbortSignal) {
  const buffer = Buffer.allocUnsafe(BLOCK_BYTES);
  for (let position = 0; ; ) {
    if (signal?.aborted) throw new ScannerAwayError('the server is stopping', true);
    const { bytesRead } = await readAt(source, buffer, 0, BLOCK_BYTES, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    const block = buffer.subarray(0, bytesRead);
    hash.update(block);
    yield block;
  }
}

/** The scanner at `address`; null where there is none. */
export function scannerAt(address: ScannerAddress | null, limits: ScanLimits = LIMITS): Scan | null {
  if (!address) return null;
  return async (source, signal) => {
    const hash = createHash('sha256');
    try {
      const verdict = await scanBlocks(address, blocksOf(source, hash, signal), limits);
      note(null);
      return { ...verdict, sha256: hash.digest('hex') };
    } catch (error) {
      if (!(error instanceof ScannerAwayError)) throw error;
      if (!signal?.aborted) note(error.message);
      return { kind: 'away', why: error.message, isGone: error.isGone };
    }
  };
}

/** Asks the scanner whether it is there, so that its absence is known before a file comes, and its return afterwards. */
export async function watchScanner(address: ScannerAddress | null, limits: ScanLimits = LIMITS): Promise<void> {
  if (!address) return;
  try {
    await versionOf(address, limits);
    note(null);
  } catch (error) {
    if (!(error instanceof ScannerAwayError)) throw error;
    note(error.message);
  }
}
