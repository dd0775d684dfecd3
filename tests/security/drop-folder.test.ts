import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { statIfExists } from '#lib/intake/drop-folder/folder.ts';
import { type Move, moveFile, PROCESSED } from '#lib/intake/drop-folder/move.ts';
import { emptyDatabase, storedFiles, storedPeople, tempFolder } from '#tests/intake/build.ts';
import { claim, listed } from '#tests/intake/drop-folder/claims.ts';

const CSV = 'CN,UserPrincipalName,EmployeeType\nAnna,anna@contoso.example,E\n';
const TRIES = 2000;

test.runIf(process.platform === 'linux')(
  'while Processed is swapped for a link thousands of times a second, no file is moved through it, and none is lost',
  { timeout: 60_000 },
  async () => {
    const folder = tempFolder();
    const elsewhere = tempFolder();
    const target = path.join(folder, PROCESSED);
    mkdirSync(target);
    const swapper = spawn(process.execPath, [path.join(import.meta.dirname, 'swap-folder.mjs'), target, elsewhere]);
    onTestFinished(() => void swapper.kill('SIGKILL'));
    await once(swapper.stdout, 'data');
    let moved = 0;
    for (let n = 0; n < TRIES; n++) {
      const move: Move = { folder, name: `${n}.csv`, status: 'accepted', storedName: `stored-${n}.csv`, problem: null };
      writeFileSync(path.join(folder, move.name), CSV);
      const read = statIfExists(path.join(folder, move.name));
      if (read && moveFile(read, move) === null) moved++;
    }
    swapper.kill('SIGKILL');
    await once(swapper, 'exit');
    if (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) unlinkSync(target);
    const real = [target, `${target}.real`].flatMap((one) => (statIfExists(one) ? readdirSync(one) : []));
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(real).toHaveLength(moved);
    expect(readdirSync(folder).filter((name) => name.endsWith('.csv'))).toHaveLength(TRIES - moved);
    expect(moved).toBeGreaterThan(0);
  },
);

test('a file with a second name is not read: what it leads to may be anybody’s', async () => {
  const db = emptyDatabase();
  const folder = tempFolder();
  const secret = path.join(tempFolder(), 'secret.csv');
  writeFileSync(secret, CSV);
  linkSync(secret, path.join(folder, 'a.csv'));
  const { files, warnings } = await claim(db, folder);
  expect([files, storedPeople(db)]).toEqual([[], []]);
  expect(warnings).toEqual([
    'a.csv has a second name (a hard link) and was left alone: only files with one name are read.',
  ]);
  rmSync(secret);
  expect((await claim(db, folder)).files).toMatchObject([{ accepted: 1 }]);
});

test('poisoned files are refused with their reason, and their good sisters are imported by the same cycle', async () => {
  const db = emptyDatabase();
  const folder = tempFolder();
  const wide = (columns: number, rows: number) => {
    const line = (first: string) => `${first}${',x'.repeat(columns - 3)}\n`;
    return line('CN,UserPrincipalName,EmployeeType') + line('A,a@contoso.example,E').repeat(rows);
  };
  writeFileSync(path.join(folder, '0 wide.csv'), wide(16_000, 200));
  writeFileSync(path.join(folder, '0 wider.csv'), wide(100_000, 20));
  for (let n = 1; n <= 6; n++) writeFileSync(path.join(folder, `${n}.csv`), CSV.replaceAll(/anna/gi, `Good${n}`));
  const { files, warnings } = await claim(db, folder);
  expect(warnings).toEqual([]);
  // Long files come last, whichever arrived first.
  expect(files.map(({ name, status }) => `${name} ${status}`)).toEqual([
    ...[1, 2, 3, 4, 5, 6].map((n) => `${n}.csv accepted`),
    '0 wide.csv rejected',
    '0 wider.csv rejected',
  ]);
  expect(storedPeople(db)).toHaveLength(6);
  const reasons = listed(folder, 'Rejected').filter((name) => name.endsWith('.reason.txt'));
  const texts = reasons.map((name) => readFileSync(path.join(folder, 'Rejected', name), 'utf8')).sort();
  expect(texts).toEqual([
    expect.stringMatching(/^0 wide\.csv[\s\S]*16000 columns/),
    expect.stringMatching(/^0 wider\.csv[\s\S]*too long/),
  ]);
  expect(storedFiles(db).every(({ movedAt }) => movedAt !== null)).toBe(true);
});
