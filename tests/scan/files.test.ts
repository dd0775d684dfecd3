/** Files and the malware scanner: dropped ones wait for it, uploads are refused without it, and what it finds is refused whole. */
import { appendFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { readEnv } from '#lib/env.ts';
import { scannerAt, watchScanner } from '#lib/scan/scanner.ts';
import { createDraft, listDrafts } from '#lib/services/drafts/drafts.ts';
import { listFiles, readFile, uploadFile } from '#lib/services/files/files.ts';
import { downloadOriginal } from '#lib/services/files/original.ts';
import { readOverview } from '#lib/services/overview/overview.ts';
import { openAsUpload } from '#lib/services/row-cases/row-case-upload.ts';
import { emptyDatabase, storedEvents, storedFiles, storedPeople, tempFolder } from '#tests/intake/build.ts';
import { claim, later, listed } from '#tests/intake/drop-folder/claims.ts';
import { openServicesDatabase, operator, sent } from '#tests/support/services-world.ts';
import { MARKER, scanning, speaking } from './clamd-server.ts';

const CSV = 'CN,UserPrincipalName,EmployeeType\nAnna,anna@contoso.example,E\n';
const BAD = `${CSV}Ben,ben@contoso.example,${MARKER}\n`;
const FOUND = 'The malware scanner found Own.Marker in this file';

const db = openServicesDatabase();
const helpdesk = operator('Operator');

let port = 0;
let close = async () => {};
beforeEach(async () => {
  ({ port, close } = await scanning());
  vi.stubEnv('CLAMD', `tcp://127.0.0.1:${port}`);
});

const scan = () => scannerAt(readEnv().scanner);

function drop(folder: string, name: string, text: string) {
  writeFileSync(path.join(folder, name), text);
  const old = new Date(Date.now() - 60_000);
  utimesSync(path.join(folder, name), old, old);
}

test('a dropped file is imported after it was looked at; one with malware is refused whole, with its signature and a case', async () => {
  const [own, folder] = [emptyDatabase(), tempFolder()];
  drop(folder, 'good.csv', CSV);
  drop(folder, 'bad.csv', BAD);
  const { files, warnings } = await claim(own, folder, { scan: scan() });
  expect(warnings).toEqual([]);
  expect(files.map(({ name, status }) => [name, status]).toSorted()).toEqual([
    ['bad.csv', 'rejected'],
    ['good.csv', 'accepted'],
  ]);
  expect(storedPeople(own).map(({ upnKey }) => upnKey)).toEqual(['anna@contoso.example']);
  expect(files.find(({ name }) => name === 'bad.csv')?.problem).toMatchObject({
    signature: 'Own.Marker',
    message: expect.stringContaining(FOUND),
  });
  expect(storedEvents(own).map(({ message }) => message)).toContainEqual(expect.stringContaining(FOUND));
  expect(own.$client.prepare('select status, row_id from row_cases').all()).toEqual([{ status: 'open', row_id: null }]);
  expect(listed(folder, 'Rejected')).toHaveLength(2);
});

test('while the scanner is away dropped files wait, and are imported once it is back', async () => {
  const [own, folder] = [emptyDatabase(), tempFolder()];
  await close();
  drop(folder, 'a.csv', CSV);
  drop(folder, 'b.csv', BAD);
  const away = await claim(own, folder, { scan: scan() });
  expect(away).toMatchObject({ files: [], unsettled: 2 });
  expect(away.warnings).toEqual([expect.stringContaining('The malware scanner does not answer, so files wait')]);
  expect(storedFiles(own)).toEqual([]);
  expect(listed(folder).filter((name) => name.endsWith('.csv'))).toEqual(['a.csv', 'b.csv']);
  await scanning(port);
  const { files } = await claim(own, folder, { scan: scan() });
  expect(files.map(({ status }) => status).toSorted()).toEqual(['accepted', 'rejected']);
});

test('a file without a verdict waits alone', async () => {
  const [own, folder] = [emptyDatabase(), tempFolder()];
  const picky = await speaking((socket, said) => {
    if (said.includes(MARKER)) socket.resetAndDestroy();
    else if (said.subarray(-4).equals(Buffer.alloc(4))) socket.end('stream: OK\0');
  });
  drop(folder, 'a.csv', BAD);
  drop(folder, 'b.csv', CSV);
  const { files, warnings } = await claim(own, folder, { scan: scannerAt({ host: '127.0.0.1', port: picky.port }) });
  expect(files).toMatchObject([{ name: 'b.csv', status: 'accepted' }]);
  expect(warnings).toEqual([expect.stringContaining('a.csv waits, because the malware scanner gave no verdict on it')]);
});

test('what is imported is what was looked at: a file that changed in between waits', async () => {
  const [own, folder] = [emptyDatabase(), tempFolder()];
  drop(folder, 'a.csv', CSV);
  const look = scan();
  const swapped = await claim(own, folder, {
    scan: async (source, signal) => {
      const scanned = await look?.(source, signal);
      writeFileSync(path.join(folder, 'a.csv'), BAD);
      if (!scanned) throw new Error('no scanner');
      return scanned;
    },
  });
  expect(swapped).toMatchObject({ files: [], unsettled: 1 });
  expect(storedPeople(own)).toEqual([]);
});

test('what a slow writer adds after the import is looked at as well', async () => {
  const [own, folder] = [emptyDatabase(), tempFolder()];
  drop(folder, 'a.csv', CSV);
  await claim(own, folder, { scan: scan() });
  const [moved = ''] = listed(folder, 'Processed');
  appendFileSync(path.join(folder, 'Processed', moved), `Ben,ben@contoso.example,${MARKER}\n`);
  await claim(own, folder, { scan: scan(), now: later() + 60_000 });
  const { files } = await claim(own, folder, { scan: scan(), now: later() + 120_000 });
  expect([...files, ...storedFiles(own)].some(({ status }) => status === 'rejected')).toBe(true);
  expect(storedPeople(own)).toHaveLength(1);
});

test('an upload with malware is refused whole and has its case; its bytes are handed to nobody', async () => {
  const draft = createDraft(helpdesk, { name: 'draft.csv' }, sent(BAD));
  await expect(draft).rejects.toThrow(`draft.csv was refused. ${FOUND}`);
  expect(listDrafts(helpdesk)).toEqual([]);
  expect(listFiles(helpdesk, {}).items).toMatchObject([{ name: 'draft.csv', status: 'rejected' }]);
  const { id, status, problem } = await uploadFile(helpdesk, { name: 'direct.csv' }, sent(BAD));
  expect({ status, problem }).toMatchObject({ status: 'rejected', problem: { signature: 'Own.Marker' } });
  expect(readFile(helpdesk, { id }).fileCase).toMatchObject({ status: 'open' });
  await expect(downloadOriginal(helpdesk, { id })).rejects.toThrow('direct.csv is blocked');
  await expect(openAsUpload(helpdesk, { fileId: id })).rejects.toThrow('direct.csv is blocked');
  expect((await createDraft(helpdesk, { name: 'good.csv' }, sent(CSV))).id).toBeTruthy();
});

test('without the scanner no upload is taken in, nothing is left of it, and Overview says so until the scanner is back', async () => {
  const said = () => readOverview(helpdesk).health.find(({ code }) => code === 'scanner')?.message;
  const [before, uploads] = [listFiles(helpdesk, {}).total, path.join(process.env.DATA_DIR ?? '', 'uploads')];
  const stored = readdirSync(uploads).length;
  expect(said()).toBeUndefined();
  await close();
  for (const take of [createDraft, uploadFile])
    await expect(take(helpdesk, { name: 'a.csv' }, sent(CSV))).rejects.toMatchObject({ code: 'unavailable' });
  expect([listFiles(helpdesk, {}).total, readdirSync(uploads).length]).toEqual([before, stored]);
  expect(said()).toMatch(/^The malware scanner returns no result, so files are waiting: connect ECONNREFUSED/);
  await scanning(port);
  await watchScanner(readEnv().scanner);
  expect(said()).toBeUndefined();
});

test('without CLAMD nobody is asked', async () => {
  vi.stubEnv('CLAMD', '');
  expect(scannerAt(readEnv().scanner)).toBeNull();
  expect(await uploadFile(helpdesk, { name: 'marked.csv' }, sent(BAD))).toMatchObject({ status: 'accepted' });
  expect(db.$client.open).toBe(true);
});
