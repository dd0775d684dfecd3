/** What lies in the drop folder and is not read is told after an hour, with what to do, and no longer once it is gone. */
import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { folderFindings } from '#lib/engine/doctor/local-checks.ts';
import { claimDropFolder } from '#lib/intake/drop-folder/drop-folder.ts';
import { readOverview } from '#lib/services/overview/overview.ts';
import { inPlace, tempFolder } from '#tests/intake/build.ts';
import { openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const HOUR_MS = 3_600_000;
const CSV = 'CN,UserPrincipalName,EmployeeType\nAnna,anna@contoso.example,E\n';

const told = () => readOverview(operator('Viewer')).health.find(({ code }) => code === 'other_files')?.message;

async function cycle(folder: string, now: number): Promise<void> {
  const dataDir = path.join(folder, '..', `data of ${path.basename(folder)}`);
  const claimed = await claimDropFolder({ runTask: inPlace, db, dataDir, folder, settleMs: 0, now, runId: null });
  expect(claimed.problem).toBeNull();
}

/** As if nobody had touched it for so long. */
function leave(folder: string, name: string, forMs: number): void {
  const at = (Date.now() - forMs) / 1000;
  utimesSync(path.join(folder, name), at, at);
}

test('each is named with what to do, the oldest first, and what others keep there is not', async () => {
  const folder = tempFolder();
  const names = ['people.csv.txt', 'old.xls', 'more.zip', 'half.csv.part', 'list.pdf', 'people'];
  for (const name of [...names, '.hidden', '~$open.xlsx', 'Thumbs.db']) writeFileSync(path.join(folder, name), CSV);
  mkdirSync(path.join(folder, 'March.csv'));
  for (const [index, name] of ['March.csv', ...names].entries()) leave(folder, name, 2 * HOUR_MS - index * 60_000);
  await cycle(folder, Date.now());
  expect(told()).toBe(
    'Only .csv and .xlsx files directly in the drop folder are read. For an hour or more these were left: "March.csv" (a folder: move its files up), "people.csv.txt" (rename it to .csv if it holds people), "old.xls" (save it as .xlsx or CSV), "more.zip" (unpack it), "half.csv.part" (perhaps its transfer broke off: write it again) and 2 more.',
  );
  const doctor = folderFindings(folder).find(({ code }) => code === 'read_folder');
  expect(doctor).toMatchObject({ status: 'warning', message: expect.stringContaining('"people.csv.txt" (rename it') });
  renameSync(path.join(folder, 'people.csv.txt'), path.join(folder, 'people.csv'));
  for (const name of ['March.csv', ...names.slice(1)]) rmSync(path.join(folder, name), { recursive: true });
  await cycle(folder, Date.now() + 1);
  expect(told()).toBeUndefined();
  expect(folderFindings(folder).find(({ code }) => code === 'read_folder')).toMatchObject({ status: 'ok' });
});

test('a name that cannot be read here is told as well', async () => {
  const folder = tempFolder();
  // As a program in an old code page writes it.
  const name = Buffer.concat([Buffer.from(path.join(folder, 'M')), Buffer.from([0xfc]), Buffer.from('ller.txt')]);
  writeFileSync(name, CSV);
  await cycle(folder, Date.now() - HOUR_MS);
  await cycle(folder, Date.now());
  expect(told()).toContain('"M\ufffdller.txt" (rename it');
  rmSync(name);
  await cycle(folder, Date.now() + 1);
  expect(told()).toBeUndefined();
});

test('not before an hour', async () => {
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'notes.txt'), CSV);
  for (const minutes of [59, 61]) {
    leave(folder, 'notes.txt', minutes * 60_000);
    await cycle(folder, Date.now());
    expect(told() !== undefined, `${minutes} minutes`).toBe(minutes > 60);
  }
});

test('a file that is written again and again counts since it was first seen', async () => {
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'growing.txt'), CSV);
  await cycle(folder, Date.now() - HOUR_MS);
  leave(folder, 'growing.txt', 0);
  await cycle(folder, Date.now());
  expect(told()).toContain('"growing.txt" (rename it to .csv');
});
