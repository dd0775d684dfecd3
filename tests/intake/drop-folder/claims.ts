/** Takes a drop folder in on the connection of the test, at a time when every file on the disk has settled. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '#db/client.ts';
import type { Claim, ClaimResult } from '#lib/intake/drop-folder/claim.ts';
import { claimDropFolder } from '#lib/intake/drop-folder/drop-folder.ts';
import { inPlace } from '#tests/intake/build.ts';

/** An hour from now: every file on the disk has settled. */
export const later = (): number => Date.now() + 3_600_000;

/** With its sentences in English. */
export async function claim(db: Db, folder: string, more: Partial<Claim> = {}) {
  const claimed: ClaimResult = await claimDropFolder({
    runTask: inPlace,
    db,
    dataDir: path.join(folder, '..', `data of ${path.basename(folder)}`),
    folder,
    settleMs: 10_000,
    now: later(),
    runId: 'run-1',
    ...more,
  });
  const { warnings, problem } = claimed;
  return { ...claimed, warnings: warnings.map(({ message }) => message), problem: problem?.message ?? null };
}

export function listed(folder: string, ...parts: string[]): string[] {
  return readdirSync(path.join(folder, ...parts)).sort();
}
