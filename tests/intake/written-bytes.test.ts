/** What storing a long file writes, as the operating system counts it for this process: unlike its time, the same on any machine. */
import { closeSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { inThread } from '#lib/worker/thread.ts';
import { NOW, storedPeople, tempFolder } from './build.ts';

/** So few that the write-ahead log is never begun anew: its length then tells all that was written to it. */
const ROWS = 2400;
/** Messages between threads and processes. */
const OTHER_BYTES = 200_000;

const writtenBytes = () => Number(/^wchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);

/** Neither names nor addresses come in any order: each row changes pages of its own. */
function rowOf(n: number): string {
  const key = (Math.imul(n + 1, 2_654_435_761) >>> 0).toString(36).padStart(8, 'x');
  return `"Doe, Maria ${key}",maria.doe.${key}@fabrikam-newcomers.example,Employee\n`;
}

test.skipIf(process.platform !== 'linux')(
  'a long file with names in no order is written to its copy and the database, and nothing goes to temporary files',
  async () => {
    const folder = tempFolder();
    const file = path.join(folder, 'newcomers.csv');
    const database = path.join(folder, 'autoprovision.db');
    const rows = Array.from({ length: ROWS }, (_, n) => rowOf(n));
    writeFileSync(file, `CN,UserPrincipalName,EmployeeType\n${rows.join('')}`);
    const db = openDatabase(database);
    const source = openSync(file, 'r');
    onTestFinished(() => {
      closeSync(source);
      db.$client.close();
    });
    db.$client.pragma('wal_checkpoint(TRUNCATE)');
    const before = writtenBytes();
    const given = { source, copyTo: path.join(folder, 'uploads'), name: 'newcomers.csv', now: NOW, runId: null };
    await inThread(db, 'importFile', { ...given, sourceKind: 'drop_folder', receivedFrom: 'idm' });
    const written = writtenBytes() - before;
    expect(storedPeople(db)).toHaveLength(ROWS);
    const needed = [file, `${database}-wal`, database].reduce((sum, one) => sum + statSync(one).size, OTHER_BYTES);
    expect(written).toBeLessThan(needed);
  },
);
