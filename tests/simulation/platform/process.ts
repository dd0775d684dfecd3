/** A process of the simulated machine: what it started ends with it, and its globals are its own. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from 'better-sqlite3';

export interface SimulatedProcess {
  name: string;
  /** From here on none of its timers fires, no answer reaches it, and it can use neither disk nor database. */
  isDead: boolean;
  /** The connections it opened, its threads' included. */
  databases: Set<Database>;
  /** What it put on `globalThis` for all of its modules. */
  globals: Map<string, unknown>;
  /** Tasks that its threads have not finished. */
  tasks: number;
  /** Requests it waits for. */
  requests: number;
}

const running = new AsyncLocalStorage<SimulatedProcess | null>();

/** The process whose code is running; null: the world around it. */
export function currentProcess(): SimulatedProcess | null {
  return running.getStore() ?? null;
}

export function within<T>(process: SimulatedProcess | null, work: () => T): T {
  return running.run(process, work);
}

export function newProcess(name: string): SimulatedProcess {
  return { name, isDead: false, databases: new Set(), globals: new Map(), tasks: 0, requests: 0 };
}

/** Thrown into code that runs on although its process has ended: nothing it does counts any more. */
export class DeadProcessError extends Error {
  override name = 'DeadProcessError';
}

/** Ends a process where it stands, as a power cut does: what was committed stays, everything else is gone. */
export function kill(process: SimulatedProcess): void {
  process.isDead = true;
  for (const database of process.databases) database.close();
  process.databases.clear();
}

/** The names under which our modules keep what the modules of one process share. */
const SHARED = ['autoprovisionDb', 'autoprovisionScheduler', 'autoprovisionIntake'];

/** Gives each process these globals for itself. */
export function separateGlobals(): void {
  for (const name of SHARED)
    Object.defineProperty(globalThis, name, {
      get: () => currentProcess()?.globals.get(name),
      set: (value: unknown) => void currentProcess()?.globals.set(name, value),
    });
}
