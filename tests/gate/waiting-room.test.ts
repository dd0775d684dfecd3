import { createServer } from 'node:http';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { passingProblem } from '#lib/data-folder/open-data.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { openWhenPossible, withHealth } from '#lib/gate/waiting-room.ts';
import { freePort } from '#tests/support/app/app-process.ts';
import { temporaryFolder } from '#tests/support/processes.ts';

const HOST = { hostname: '127.0.0.1' };

test('a database that another program has locked is waited for, is told in one line, on a plain page and in /healthz, and then opens by itself', async () => {
  const file = path.join(temporaryFolder(), 'test.db');
  openDatabase(file).$client.close();
  const other = new Sqlite(file);
  other.pragma('locking_mode = exclusive');
  other.exec('begin immediate');
  const port = await freePort();
  const told: string[] = [];
  const waiting = Promise.withResolvers<void>();
  const opening = openWhenPossible({
    open: () => openDatabase(file),
    explain: passingProblem,
    onWait: ({ message }) => {
      told.push(message);
      waiting.resolve();
    },
    ...HOST,
    port,
  });
  await waiting.promise;
  const page = await fetch(`http://127.0.0.1:${port}/people`);
  expect([page.status, await page.text()]).toEqual([
    503,
    'AutoProvision is waiting: another program has locked the database. It continues automatically.\n',
  ]);
  const german = await fetch(`http://127.0.0.1:${port}/people`, { headers: { 'accept-language': 'de-AT,en;q=0.5' } });
  expect([german.headers.get('content-language'), await german.text()]).toEqual([
    'de',
    'AutoProvision wartet: Ein anderes Programm hat die Datenbank gesperrt. Es geht automatisch weiter.\n',
  ]);
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect([health.status, await health.json()]).toEqual([
    503,
    { status: 'waiting', problem: 'another program has locked the database.' },
  ]);
  other.exec('rollback');
  other.close();
  const db = await opening;
  onTestFinished(() => void db.$client.close());
  expect(told).toHaveLength(1);
  // The port is free for the server itself.
  let problem: Sentence | null = null;
  let unstored: string | null = null;
  const handle = withHealth(
    (_request, response) => response.end('a page'),
    () => problem,
    () => unstored,
  );
  const server = createServer(handle).listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()).toEqual({ status: 'ok' });
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('a page');
  // Where nothing can be stored, pages are still read.
  unstored = 'the disk is full.';
  const full = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect([full.status, await full.json()]).toEqual([503, { status: 'waiting', problem: unstored }]);
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('a page');
  unstored = null;
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  // The same where the database is lost later.
  problem = sentence('databaseMoved', { file: 'app.db' });
  const later = await fetch(`http://127.0.0.1:${port}/`);
  expect([later.status, await later.text()]).toEqual([503, expect.stringContaining(problem.message)]);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(503);
});

test('what will not pass by itself ends the start at once', async () => {
  const folder = temporaryFolder();
  const open = () => openDatabase(folder);
  const opening = openWhenPossible({ open, explain: passingProblem, onWait: () => {}, ...HOST, port: 0 });
  await expect(opening).rejects.toThrow();
});

test('a file that can only be read for the moment, and a full disk, may pass, wherever the error is wrapped', () => {
  const readOnly = Object.assign(new Error('attempt to write a readonly database'), {
    code: 'SQLITE_READONLY_DBMOVED',
  });
  expect(passingProblem(new Error('Failed to run the query', { cause: readOnly }))?.message).toMatch(/only be read/);
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  expect(passingProblem(full)?.message).toMatch(/disk of the data folder is full/);
  expect(passingProblem(Object.assign(new Error('not a database'), { code: 'SQLITE_NOTADB' }))).toBeNull();
});
