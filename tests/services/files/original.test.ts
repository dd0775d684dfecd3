/** What came in comes back: the original byte for byte, and the rows of a workbook with their results, where nothing runs. */
import { mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { saveSettings } from '#db/store/system/settings.ts';
import { ENGINE } from '#lib/domain/events.ts';
import { readEnv } from '#lib/env.ts';
import { claimDropFolder } from '#lib/intake/drop-folder/drop-folder.ts';
import { downloadResults } from '#lib/services/files/file-results.ts';
import { listFiles, uploadFile } from '#lib/services/files/files.ts';
import { downloadOriginal } from '#lib/services/files/original.ts';
import { inPlace, tempFolder } from '#tests/intake/build.ts';
import { HEADER, workbook } from '#tests/intake/xlsx/build.ts';
import { openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const viewer = operator('Viewer');
const RUNS = '=HYPERLINK("http://127.0.0.1","x")';
const BYTES = workbook({
  sheets: [
    {
      name: 'People',
      rows: [
        [...HEADER, '+Note'],
        ['Anna', 'anna@contoso.example', 'E', RUNS],
        ['Ben', '@x', 'E'],
      ],
    },
  ],
});

async function* one(bytes: Uint8Array) {
  yield bytes;
}

/** Empty where it is gone meanwhile. */
function linkOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

async function original(id: string): Promise<{ name: string; type: string; bytes: Uint8Array }> {
  const { bytes, ...file } = await downloadOriginal(viewer, { id });
  return { ...file, bytes: await new Response(bytes).bytes() };
}

test('of an upload', async () => {
  const { id } = await uploadFile(operator('Operator'), { name: 'März 1.xlsx' }, one(BYTES));
  const { name, type, bytes } = await original(id);
  expect({ name, type }).toEqual({ name: 'März 1.xlsx', type: 'application/octet-stream' });
  expect(Buffer.from(bytes).equals(BYTES)).toBe(true);
});

test.runIf(process.platform === 'linux')('is closed where nobody reads it, reads a part of it, or all', async () => {
  const { id } = await uploadFile(operator('Operator'), { name: 'a.xlsx' }, one(BYTES));
  const open = () => readdirSync('/proc/self/fd').filter((fd) => linkOf(`/proc/self/fd/${fd}`).includes(id)).length;
  // As Next does where the reader left while the file was compared.
  await downloadOriginal(viewer, { id });
  expect(open()).toBe(0);
  const part = (await downloadOriginal(viewer, { id })).bytes.getReader();
  await part.read();
  expect(open()).toBe(1);
  await part.cancel();
  await original(id);
  expect(open()).toBe(0);
});

test('of the drop folder, from where it was moved, and never through a link in its place', async () => {
  const folder = tempFolder();
  saveSettings(db, readEnv(), { dropFolder: folder }, ENGINE, 0);
  writeFileSync(path.join(folder, 'a.xlsx'), BYTES);
  writeFileSync(path.join(folder, 'b.csv'), 'no header');
  const dataDir = readEnv().dataDir;
  await claimDropFolder({ runTask: inPlace, db, dataDir, folder, settleMs: 0, now: Date.now() + 60_000, runId: null });
  const files = listFiles(viewer, {}).items.filter(({ source }) => source === 'drop_folder');
  expect(files.map(({ name, status }) => [name, status]).toSorted()).toEqual([
    ['a.xlsx', 'accepted'],
    ['b.csv', 'rejected'],
  ]);
  for (const { id, name } of files)
    expect(Buffer.from((await original(id)).bytes).toString('latin1')).toBe(
      name === 'a.xlsx' ? Buffer.from(BYTES).toString('latin1') : 'no header',
    );
  rmSync(path.join(folder, 'Processed'), { recursive: true });
  mkdirSync(path.join(folder, 'Processed'));
  const secret = path.join(tempFolder(), 'secret');
  writeFileSync(secret, 'secret');
  const { id = '' } = files.find(({ name }) => name === 'a.xlsx') ?? {};
  await expect(downloadOriginal(viewer, { id })).rejects.toThrow('no longer where the import stored it');
  symlinkSync(secret, path.join(folder, 'Processed', `${id}-a.xlsx`));
  await expect(downloadOriginal(viewer, { id })).rejects.toThrow('no longer where the import stored it');
});

test('what others put in its place is not handed out as the original, nor what it becomes while it is sent', async () => {
  const folder = tempFolder();
  saveSettings(db, readEnv(), { dropFolder: folder }, ENGINE, 0);
  const csv = `CN,UserPrincipalName,EmployeeType\n${'Zoe,zoe@contoso.example,E\n'.repeat(20_000)}`;
  writeFileSync(path.join(folder, 'zoe.csv'), csv);
  const dataDir = readEnv().dataDir;
  await claimDropFolder({ runTask: inPlace, db, dataDir, folder, settleMs: 0, now: Date.now() + 60_000, runId: null });
  const { id = '' } = listFiles(viewer, {}).items.find(({ name }) => name === 'zoe.csv') ?? {};
  const stored = path.join(folder, 'Processed', `${id}-zoe.csv`);
  expect(Buffer.from((await original(id)).bytes).toString()).toBe(csv);
  const { bytes } = await downloadOriginal(viewer, { id });
  writeFileSync(stored, csv.replaceAll('Zoe', 'Eve'));
  await expect(new Response(bytes).bytes()).rejects.toThrow();
  await expect(downloadOriginal(viewer, { id })).rejects.toThrow('is not the file that was imported');
});

test('the rows of a workbook come back as a CSV in which no cell is a formula', async () => {
  const { id } = await uploadFile(operator('Operator'), { name: 'runs.xlsx' }, one(BYTES));
  const { name, lines } = downloadResults(viewer, { id });
  expect(name).toBe('runs-results.csv');
  const rows = Papa.parse<string[]>([...lines].join('').replace(/^\uFEFF/, ''), { skipEmptyLines: true }).data;
  expect(rows.map((row) => row.slice(0, 5))).toEqual([
    ['CN', 'UserPrincipalName', 'EmployeeType', "'+Note", 'State'],
    ['Anna', 'anna@contoso.example', 'E', `'${RUNS}`, 'queued'],
    ['Ben', "'@x", 'E', '', 'rejected'],
  ]);
});
