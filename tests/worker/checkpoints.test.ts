/** Who moves the write-ahead log on to the database: by what the thread of the server writes, as the operating system counts it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { readEnv } from '#lib/env.ts';
import { leaveCheckpoints, THREAD_PAGES } from '#lib/worker/checkpoints.ts';
import { inThread } from '#lib/worker/thread.ts';
import { NOW, tempFolder } from '#tests/intake/build.ts';

const PAGE_BYTES = 4096;
/** Less than a thread lets lie, and more than SQLite would by itself. */
const PAGES = 1500;

const writtenBytes = () => Number(/^wchar: (\d+)$/m.exec(readFileSync('/proc/thread-self/io', 'utf8'))?.[1]);

function open(folder = tempFolder()): Db {
  const db = openDatabase(path.join(folder, 'autoprovision.db'));
  onTestFinished(() => void db.$client.close());
  return db;
}

test.skipIf(process.platform !== 'linux')(
  'a small write of the server moves what a thread has written only when no thread is at work any more',
  async () => {
    const folder = tempFolder();
    const [db, thread] = [open(folder), open(folder)];
    db.$client.pragma('wal_checkpoint(TRUNCATE)');
    thread.$client.pragma(`wal_autocheckpoint = ${THREAD_PAGES}`);
    const smallWrite = (paused: boolean) => {
      const before = writtenBytes();
      saveSettings(db, readEnv({ DATA_DIR: folder }), { paused }, { name: 'Olga', key: 'olga' }, NOW);
      return writtenBytes() - before;
    };
    const meanwhile = await leaveCheckpoints(db, async () => {
      thread.$client.exec(`create table many as select randomblob(${PAGES * PAGE_BYTES}) as bytes`);
      return smallWrite(true);
    });
    expect(meanwhile).toBeLessThan(20 * PAGE_BYTES);
    expect(smallWrite(false)).toBeGreaterThan(PAGES * PAGE_BYTES);
  },
);

test('each task that may write leaves the log to its thread, until the last is done or has failed', async () => {
  const db = open();
  const limit = () => Number(db.$client.pragma('wal_autocheckpoint', { simple: true }));
  const own = limit();
  const tasks = [inThread(db, 'quickCheck', {}), inThread(db, 'sha256', { source: -1 }).catch((error: Error) => error)];
  expect(limit()).toBeGreaterThan(THREAD_PAGES);
  expect(await Promise.all(tasks)).toEqual(['ok', expect.any(Error)]);
  expect(limit()).toBe(own);
});
