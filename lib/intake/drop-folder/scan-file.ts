/** Has a file of the share looked at for malware before it is read. */
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { type ScannedBytes, scannedBytes } from '#lib/intake/malware.ts';
import type { Claim, ClaimResult } from './claim.ts';

/** Null where there is no scanner; `waits`: there is no verdict yet, so the file stays where it is. Throws file system errors. */
export async function scanFile(
  { scan, signal }: Claim,
  name: string,
  source: number,
  result: ClaimResult,
): Promise<ScannedBytes | 'waits' | null> {
  if (!scan) return null;
  const scanned = result.isScannerGone ? null : await scan(source, signal);
  if (scanned && scanned.kind !== 'away') return scannedBytes(scanned);
  result.unsettled++;
  if (!scanned || signal?.aborted) return 'waits';
  result.isScannerGone = scanned.isGone;
  result.warnings.push(
    scanned.isGone
      ? sentence('scannerSilent', { why: scanned.why })
      : sentence('noVerdict', { name, why: scanned.why }),
  );
  return 'waits';
}
