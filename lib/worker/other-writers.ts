/** When a thread that writes lets go of the database, which has one writer at a time. */
import { type TaskMessage, YIELD } from './protocol.ts';
import type { TaskContext } from './tasks.ts';

/** A server that does not come round for so long is busy with something else than writing. */
const YIELD_PATIENCE_MS = 1000;
/** A server that has not come round for so long may be waiting for the lock. */
const AWAITED_MS = 6;
/** Of the time that the thread keeps the lock, this share is left to other processes and threads: SQLite lets them in by chance. */
const REST_SHARE = 1 / 16;
const PROGRESS_MS = 200;

export type Report = (message: TaskMessage) => void;
type Writers = Required<Pick<TaskContext, 'yieldToWriters' | 'isAwaited'>>;

/**
 * Lets others write. The thread that asked is told a turn now and then, and answers when it comes round: one that does not answer may be
 * waiting for the lock, and one that has answered has written what it wanted to.
 */
export function otherWriters(report: Report, shared: SharedArrayBuffer, throwIfStopped: () => void): Writers {
  const cells = new Int32Array(shared);
  const never = new Int32Array(new SharedArrayBuffer(4));
  let reportedAt = 0;
  let turns = 0;
  let turnAt = 0;
  let keptSince = performance.now();
  const tellTurn = () => {
    turns++;
    turnAt = performance.now();
    report({ kind: 'turn' });
  };
  return {
    isAwaited: () => {
      if (Atomics.load(cells, YIELD) < turns) return performance.now() - turnAt > AWAITED_MS;
      tellTurn();
      return false;
    },
    yieldToWriters: (progress) => {
      throwIfStopped();
      const from = performance.now();
      if (from - reportedAt > PROGRESS_MS) {
        reportedAt = from;
        report({ kind: 'progress', progress });
      }
      tellTurn();
      let answered = Atomics.load(cells, YIELD);
      while (answered < turns && Atomics.wait(cells, YIELD, answered, YIELD_PATIENCE_MS) !== 'timed-out')
        answered = Atomics.load(cells, YIELD);
      const rest = (from - keptSince) * REST_SHARE - (performance.now() - from);
      if (rest > 0) Atomics.wait(never, 0, 0, rest);
      keptSince = performance.now();
    },
  };
}
