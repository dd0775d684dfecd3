/**
 * One temporary folder for a whole run of the tests, removed at its end with all that they left in it, and in it an empty database to
 * copy: to migrate one from nothing takes twenty times as long.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '#db/client.ts';

export default function useScratch(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'autoprovision-tests-'));
  process.env.TMPDIR = folder;
  process.env.TEMP = folder;
  process.env.EMPTY_DATABASE = path.join(folder, 'empty.db');
  const { $client } = openDatabase(process.env.EMPTY_DATABASE);
  $client.pragma('wal_checkpoint(TRUNCATE)');
  $client.close();
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
