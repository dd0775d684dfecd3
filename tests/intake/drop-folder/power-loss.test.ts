import { copyFileSync, existsSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { unfinishedFiles } from '#db/store/files/import-progress.ts';
import { importFile } from '#lib/intake/import.ts';
import { storedCopy } from '#lib/intake/long-file.ts';
import { resumeImport } from '#lib/intake/resume-import.ts';
import { sha256Of } from '#lib/intake/source-reader.ts';
import { NOW, storedFiles, storedPeople, storedRows, tempFolder } from '#tests/intake/build.ts';

const ROWS = 6000;
const TEXT = `CN,UserPrincipalName,EmployeeType\n${Array.from({ length: ROWS }, (_, n) => `Person ${n},p${(n * 7919) % ROWS}@contoso.example,E\n`).join('')}`;
const SOURCE = Buffer.from(TEXT);
const REQUEST = {
  source: SOURCE,
  name: 'a.csv',
  sourceKind: 'drop_folder',
  receivedFrom: 'idm',
  now: NOW,
  runId: null,
} as const;

const walOf = (file: string) => `${file}-wal`;

/** What the disk holds after the power was lost between two slices: the log as far as it had been written, which may be anywhere. */
function crashedAt(folder: string, slice: number): { file: string; atLeast: number; uploads: string } {
  const file = path.join(folder, 'live.db');
  const crashed = path.join(folder, 'crashed.db');
  const uploads = path.join(folder, 'uploads');
  const db = openDatabase(file);
  db.$client.pragma('wal_checkpoint(TRUNCATE)');
  db.$client.pragma('wal_autocheckpoint = 0');
  let slices = 0;
  let atLeast = 0;
  const yieldToWriters = () => {
    slices++;
    // The transaction before the first slice waits for the disk.
    if (slices === 1) atLeast = statSync(walOf(file)).size;
    if (slices !== slice) return;
    mkdirSync(uploads, { recursive: true });
    for (const [from, to] of [
      [file, crashed],
      [walOf(file), walOf(crashed)],
      [storedCopy(path.join(folder, 'own'), sha256Of(SOURCE)), storedCopy(uploads, sha256Of(SOURCE))],
    ] as const)
      copyFileSync(from, to);
  };
  importFile({ ...REQUEST, db, copyTo: path.join(folder, 'own'), hooks: { yieldToWriters } });
  db.$client.close();
  return { file: crashed, atLeast, uploads };
}

test('wherever the log is torn when the power is lost between two slices, everybody is imported exactly once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.double({ min: 0, max: 1, noNaN: true }), (slice, share) => {
      const folder = tempFolder();
      const { file, atLeast, uploads } = crashedAt(folder, slice);
      const size = statSync(walOf(file)).size;
      truncateSync(walOf(file), Math.floor(atLeast + share * (size - atLeast)));
      const db = openDatabase(file);
      try {
        const [unfinished] = unfinishedFiles(db);
        db.$client.exec('delete from leases');
        expect(resumeImport(db, unfinished?.id ?? '', uploads)).toMatchObject({
          kind: 'ended',
          file: { accepted: ROWS },
        });
        expect(storedPeople(db).map(({ upnKey }) => upnKey)).toEqual(
          Array.from({ length: ROWS }, (_, n) => `p${(n * 7919) % ROWS}@contoso.example`),
        );
        expect(storedRows(db).map(({ line }) => line)).toEqual(Array.from({ length: ROWS }, (_, n) => n + 2));
        expect(storedFiles(db)).toMatchObject([{ status: 'accepted', rows: ROWS }]);
        expect(existsSync(storedCopy(uploads, sha256Of(SOURCE)))).toBe(false);
      } finally {
        db.$client.close();
      }
    }),
    { numRuns: 6 },
  );
});

test('slices do not wait for the disk; the end of a file does, and whatever is stored later', () => {
  const folder = tempFolder();
  const db = openDatabase(path.join(folder, 'live.db'));
  const synchronous = () => Number(db.$client.pragma('synchronous', { simple: true }));
  const seen: number[] = [];
  const [NORMAL, FULL] = [1, 2];
  const hooks = { yieldToWriters: () => void seen.push(synchronous()), atEnd: () => void seen.push(synchronous()) };
  importFile({ ...REQUEST, db, copyTo: path.join(folder, 'own'), hooks });
  expect([seen.at(-1), synchronous()]).toEqual([FULL, FULL]);
  expect(new Set(seen.slice(0, -1))).toEqual(new Set([NORMAL]));
  const broken = () => {
    throw new Error('stopped');
  };
  expect(() =>
    importFile({ ...REQUEST, db, name: 'b.csv', copyTo: path.join(folder, 'own'), hooks: { yieldToWriters: broken } }),
  ).toThrow('stopped');
  expect(synchronous()).toBe(FULL);
  db.$client.close();
});
