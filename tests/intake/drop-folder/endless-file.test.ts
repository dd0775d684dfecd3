import { truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { emptyDatabase, storedFiles, storedPeople, tempFolder } from '#tests/intake/build.ts';
import { claim, listed } from './claims.ts';

const CSV = 'CN,UserPrincipalName,EmployeeType\nAda,ada@contoso.example,E\n';
/** Nothing but a hole after what is written. */
const LONG = 4_000_000_001;
const WARNING = 'long.csv has 4 GB and was left alone: no list of people is that long.';

test('a file that is longer than can ever be read holds up nobody: it is named, and left where it is', async () => {
  const db = emptyDatabase();
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'long.csv'), CSV);
  truncateSync(path.join(folder, 'long.csv'), LONG);
  writeFileSync(path.join(folder, 'short.csv'), CSV);
  expect(await claim(db, folder)).toMatchObject({ files: [{ name: 'short.csv' }], unsettled: 0, warnings: [WARNING] });
  expect(storedFiles(db).map(({ name }) => name)).toEqual(['short.csv']);
  expect(listed(folder)).toContain('long.csv');
});

test('nor does one that is made so long after its import', async () => {
  const db = emptyDatabase();
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'long.csv'), CSV);
  await claim(db, folder);
  const [stored = ''] = listed(folder, 'Processed');
  truncateSync(path.join(folder, 'Processed', stored), LONG);
  expect(await claim(db, folder)).toMatchObject({ files: [], unsettled: 0, warnings: [WARNING] });
  expect(listed(folder, 'Processed')).toEqual([stored]);
  expect(storedPeople(db)).toHaveLength(1);
});
