/** What goes to and fro between the thread that asks and the one that reads and stores files. */
import type { Progress } from '#lib/intake/import-request.ts';
import type { TaskName } from './tasks.ts';

/** To the worker: a task, and the memory it shares with who asked. */
export interface TaskRequest {
  name: TaskName;
  input: unknown;
  shared: SharedArrayBuffer;
}

/** Where what stands in the shared memory. */
export const YIELD = 0;
export const STOP = 1;

export type TaskMessage =
  /** The worker lets others write and goes on when the thread that asked has come round. */
  | { kind: 'turn' }
  | { kind: 'progress'; progress: Progress }
  | { kind: 'done'; output: unknown }
  | {
      kind: 'failed';
      error: { name: string; message: string; stack: string | undefined; code: unknown; syscall: unknown };
    };
