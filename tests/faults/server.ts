/** The built server as a process that faults are done to: killed, traced by strace, run by another clock or with another log. */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT, scriptArguments } from '#tests/support/app/app-process.ts';
import type { Env } from '#tests/support/processes.ts';

export interface Server {
  readonly pid: number;
  /** Settled once it listens, or rejected with its last words. */
  readonly listening: Promise<void>;
  readonly exit: Promise<number | null>;
  readonly isGone: () => boolean;
  readonly said: () => string;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly child: ChildProcess;
}

export interface HowToStart {
  /** Before the command itself, such as `faketime -f +1d`. */
  through?: readonly string[];
  stdio?: StdioOptions;
}

export function startServer(env: Env, { through = [], stdio = ['ignore', 'pipe', 'pipe'] }: HowToStart = {}): Server {
  const [command = '', ...args] = [...through, process.execPath, ...scriptArguments(ROOT, 'start')];
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(command, args, { cwd: ROOT, env: { PATH, HOME, NODE_ENV: 'production', ...env }, stdio });
  let said = '';
  let isGone = false;
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const exit = once(child, 'exit').then(([code]) => {
    isGone = true;
    return code as number | null;
  });
  const told = new Promise<void>((resolve) => {
    if (!child.stdout) return resolve();
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('listens on')) resolve();
    });
  });
  const listening = Promise.race([
    told,
    exit.then((code) => {
      throw new Error(`the server ended with ${code}: ${said.slice(-500)}`);
    }),
  ]);
  // Whoever kills it before it listens does not ask.
  listening.catch(() => {});
  return {
    pid: child.pid ?? 0,
    listening,
    exit,
    child,
    isGone: () => isGone,
    said: () => said,
    signal: (name) => void child.kill(name),
  };
}

export interface Trace {
  /** Lets the process go on as if nobody had looked, and gives the system calls that were seen. */
  detach(): Promise<string>;
}

/** The ids of the threads of a process, and what each is called. */
export function threadsOf(pid: number): { id: number; name: string }[] {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).map((id) => ({
    id: Number(id),
    name: readFileSync(`${tasks}/${id}/comm`, 'utf8').trim(),
  }));
}

/** True where each of these threads has a tracer. */
function isTraced(pid: number, threads: readonly number[]): boolean {
  return threads.every((id) => !/TracerPid:\t0$/m.test(readFileSync(`/proc/${pid}/task/${id}/status`, 'utf8')));
}

/** Attaches strace to a running process and all of its threads; `expressions` as for its option `-e`. Settled once it is attached. */
export function trace(pid: number, ...expressions: readonly string[]): Promise<Trace> {
  return traced(pid, () => threadsOf(pid).map(({ id }) => id), ['-f', '-p', String(pid)], expressions);
}

/** The same for some of its threads alone: what the others do is neither seen nor counted. */
export function traceThreads(pid: number, ids: readonly number[], ...expressions: readonly string[]): Promise<Trace> {
  return traced(
    pid,
    () => ids,
    ids.flatMap((id) => ['-p', String(id)]),
    expressions,
  );
}

async function traced(
  pid: number,
  threads: () => readonly number[],
  whom: readonly string[],
  expressions: readonly string[],
): Promise<Trace> {
  const args = ['-qq', ...whom, ...expressions.flatMap((expression) => ['-e', expression])];
  const child = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let seen = '';
  child.stderr.on('data', (chunk: Buffer) => {
    seen += chunk.toString();
  });
  const exit = once(child, 'exit');
  while (child.exitCode === null && !isTraced(pid, threads())) await pause(20);
  return {
    async detach() {
      child.kill('SIGTERM');
      await exit;
      return seen;
    },
  };
}
