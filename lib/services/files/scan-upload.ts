/** Has an upload looked at for malware before anything reads it, and keeps what was found from leaving. */
import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { FileRow } from '#db/store/files/files-read.ts';
import { readEnv } from '#lib/env.ts';
import { type ScannedBytes, scannedBytes } from '#lib/intake/malware.ts';
import { scannerAt } from '#lib/scan/scanner.ts';
import { ServiceError } from '#lib/services/http/errors.ts';

/** Null where there is no scanner. Throws `unavailable` where it gives no verdict: then the upload is not taken in. */
export async function scanUpload(file: string): Promise<ScannedBytes | null> {
  const scan = scannerAt(readEnv().scanner);
  if (!scan) return null;
  const handle = await open(file);
  try {
    const scanned = await scan(handle.fd);
    if (scanned.kind !== 'away') return scannedBytes(scanned);
    throw new ServiceError('unavailable', ['noVerdict', { why: scanned.why }]);
  } finally {
    await handle.close();
  }
}

const infectedSchema = z.object({ signature: z.string() });

/** Throws `conflict` for a file in which malware was found: nobody is handed its bytes. */
export function assertMayLeave({ name, problem }: Pick<FileRow, 'name' | 'problem'>): void {
  const infected = infectedSchema.safeParse(problem);
  if (infected.success) throw new ServiceError('conflict', ['infected', { name, signature: infected.data.signature }]);
}
