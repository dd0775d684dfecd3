/** The thread that reads and stores files, with a database connection of its own. Started by `thread.ts`. */
import { existsSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import { type Db, openDatabase, waitPatiently } from '#db/client.ts';
import { type Progress, StoppedError } from '#lib/intake/import-request.ts';
import { THREAD_PAGES } from './checkpoints.ts';
import { otherWriters, type Report } from './other-writers.ts';
import { STOP, type TaskMessage, type TaskRequest } from './protocol.ts';
import { TASKS } from './tasks.ts';

/** Holds the new people of both indexes until they are merged, also of a million: with 4 MB they were written and read again and again. */
const CACHE_KB = 14 * 1024;

function openOwn(databaseFile: unknown): Db {
  if (typeof databaseFile !== 'string' || !existsSync(databaseFile))
    throw new Error('the thread of intake was not told which database to open');
  const db = waitPatiently(openDatabase(databaseFile));
  db.$client.pragma(`wal_autocheckpoint = ${THREAD_PAGES}`);
  db.$client.pragma(`cache_size = -${CACHE_KB}`);
  // What a statement over many rows keeps to take itself back is, with names in no order, twice as much as is written to the database.
  db.$client.pragma('temp_store = MEMORY');
  return db;
}

/** Throws once the thread that asked wants the work to stop. */
function stopCheck(shared: SharedArrayBuffer): () => void {
  const cells = new Int32Array(shared);
  return () => {
    if (Atomics.load(cells, STOP) !== 0) throw new StoppedError('the work was stopped; the next start goes on');
  };
}

function run(db: Db, report: Report, { name, input, shared }: TaskRequest): unknown {
  // Order and table are compiled together: the input is that of the task it names.
  const task = TASKS[name] as (context: object, input: unknown) => unknown;
  const reportProgress = (progress: Progress) => report({ kind: 'progress', progress });
  const throwIfStopped = stopCheck(shared);
  const writers = otherWriters(report, shared, throwIfStopped);
  return task({ db, throwIfStopped, ...writers, reportProgress }, input);
}

/** Carries out what comes through `port`, one task after the other. Throws where there is no database at `databaseFile`. */
export function serve(port: MessagePort, databaseFile: unknown): void {
  const db = openOwn(databaseFile);
  const report = (message: TaskMessage) => port.postMessage(message);
  port.on('message', async (request: TaskRequest) => {
    try {
      const output = await run(db, report, request);
      // What is left over would be moved by the next small write of the server.
      db.$client.pragma('wal_checkpoint(PASSIVE)');
      report({ kind: 'done', output });
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const { name, message, stack, code, syscall } = error as NodeJS.ErrnoException;
      report({ kind: 'failed', error: { name, message, stack, code, syscall } });
    }
  });
}
