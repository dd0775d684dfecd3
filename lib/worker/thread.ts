/** Runs intake's tasks in another thread, so that a large file never holds up a page. */
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Worker } from 'node:worker_threads';
import type { Db } from '#db/client.ts';
import { type Progress, StoppedError } from '#lib/intake/import-request.ts';
import { leaveCheckpoints } from './checkpoints.ts';
import { STOP, type TaskMessage, type TaskRequest, YIELD } from './protocol.ts';
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts';

export interface Options {
  /** Stops between two slices: then `StoppedError` is thrown. */
  signal?: AbortSignal;
  onProgress?(progress: Progress): void;
}

/** Tasks of one lane go one after the other; the drop folder, what operators bring, upkeep, and short looks do not wait for each other. */
type TaskQueue = 'drop folder' | 'uploads' | 'upkeep' | 'reads';

const QUEUES: Record<TaskName, TaskQueue> = {
  importFile: 'drop folder',
  resumeImport: 'drop folder',
  importGrowth: 'drop folder',
  sha256: 'drop folder',
  restoreCopy: 'drop folder',
  importStoredUpload: 'uploads',
  importCopy: 'uploads',
  importDraft: 'uploads',
  indexPeople: 'upkeep',
  reviewDraft: 'reads',
  alikeRows: 'reads',
  sameRows: 'reads',
  newcomersOfDraft: 'reads',
  quickCheck: 'upkeep',
  checkHistory: 'upkeep',
  backUp: 'upkeep',
};

/** An idle thread ends after this long. */
const IDLE_MS = 30_000;
/** Rows pass through quickly: a small heap is swept often and stays small. What is looked over is held for a moment. New objects have room for some 600 rows. */
const HEAP_MB: Record<TaskQueue, number> = { 'drop folder': 24, uploads: 24, upkeep: 24, reads: 192 };
const YOUNG_MB = 12;

class Thread {
  readonly #worker: Worker;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(queue: TaskQueue, databaseFile: string, onEnd: () => void) {
    // Taken from Node itself: of an imported `Worker` the bundler makes one of its own, which is handed other data.
    const threads = process.getBuiltinModule('node:worker_threads');
    const file = path.join(process.cwd(), 'lib', 'worker', 'thread-start.mjs');
    // `npm start` limits the young heap of the main thread by this flag, which would overrule the limit of this thread: the process then
    // grows by 81 MB while it takes a file in, not by 69.
    setFlagsFromString('--max-semi-space-size=0');
    // Else one reading in eight takes twice the time: V8 has come to take the fields of rows for long-lived, and puts them where only a full
    // collection finds them.
    setFlagsFromString('--no-allocation-site-pretenuring');
    const resourceLimits = { maxOldGenerationSizeMb: HEAP_MB[queue], maxYoungGenerationSizeMb: YOUNG_MB };
    this.#worker = new threads.Worker(file, { workerData: databaseFile, resourceLimits });
    this.#worker.unref();
    this.#worker.once('exit', onEnd);
  }

  /** One task after the other. */
  run(request: Omit<TaskRequest, 'shared'>, options: Options): Promise<unknown> {
    clearTimeout(this.#idle);
    this.#waiting++;
    const work = this.#last.then(() => this.#run(request, options));
    this.#last = work
      .catch(() => {})
      .finally(() => {
        this.#waiting--;
        if (this.#waiting === 0) this.#idle = setTimeout(() => void this.#worker.terminate(), IDLE_MS).unref();
      });
    return work;
  }

  #run(request: Omit<TaskRequest, 'shared'>, { signal, onProgress }: Options): Promise<unknown> {
    const shared = new SharedArrayBuffer(8);
    const cells = new Int32Array(shared);
    const stop = () => Atomics.store(cells, STOP, 1);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
    this.#worker.ref();
    return new Promise<unknown>((resolve, reject) => {
      const onMessage = (report: TaskMessage) => {
        if (report.kind === 'turn') {
          Atomics.add(cells, YIELD, 1);
          Atomics.notify(cells, YIELD);
        } else if (report.kind === 'progress') onProgress?.(report.progress);
        else if (report.kind === 'done') finish(() => resolve(report.output));
        else finish(() => reject(rebuilt(report.error)));
      };
      const onError = (error: unknown) => finish(() => reject(error));
      const onExit = () => finish(() => reject(new Error('the thread of intake ended')));
      const finish = (settle: () => void) => {
        signal?.removeEventListener('abort', stop);
        this.#worker.off('message', onMessage).off('error', onError).off('exit', onExit).unref();
        settle();
      };
      this.#worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      this.#worker.postMessage({ ...request, shared } satisfies TaskRequest);
    });
  }
}

type Failure = Extract<TaskMessage, { kind: 'failed' }>['error'];

/** An error loses its own fields on the way. */
function rebuilt({ name, message, stack, code, syscall }: Failure): Error {
  if (name === 'StoppedError') return new StoppedError(message);
  const error = new Error(message);
  return Object.assign(error, { name, stack }, code === undefined ? {} : { code }, syscall ? { syscall } : {});
}

const shared = globalThis as typeof globalThis & { autoprovisionIntake?: Map<string, Thread> };

function threadOf(queue: TaskQueue, databaseFile: string): Thread {
  shared.autoprovisionIntake ??= new Map();
  const threads = shared.autoprovisionIntake;
  const key = `${queue} ${databaseFile}`;
  const there = threads.get(key);
  if (there) return there;
  const thread = new Thread(queue, databaseFile, () => {
    if (threads.get(key) === thread) threads.delete(key);
  });
  threads.set(key, thread);
  return thread;
}

/**
 * Carries a task out in a thread of its own, on the database that `db` has open. Throws what the task throws, and `StoppedError`
 * where `signal` stopped it.
 */
export async function inThread<Name extends TaskName>(
  db: Db,
  name: Name,
  input: TaskInput<Name>,
  options: Options = {},
): Promise<TaskOutput<Name>> {
  const queue = QUEUES[name];
  const carryOut = () => threadOf(queue, db.$client.name).run({ name, input }, options);
  return (await (queue === 'reads' ? carryOut() : leaveCheckpoints(db, carryOut))) as TaskOutput<Name>;
}
