/** One temporary folder for a whole run of the tests, removed at its end with all that they left in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export default function useScratch(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'autoprovision-tests-'));
  process.env.TMPDIR = folder;
  process.env.TEMP = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
