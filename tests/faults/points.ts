/** The system calls of a cycle, counted by strace: points at which it can be killed, or a call can fail. */
import { Installation } from './installation.ts';
import { type Server, type Trace, threadsOf, traceThreads } from './server.ts';

const HEALED_MS = 120_000;

/** The calls by which something gets out of the process, by kind. */
export const CALLS = {
  rename: 'rename,renameat,renameat2,link',
  fsync: 'fsync,fdatasync',
  unlink: 'unlink,unlinkat',
  write: 'pwrite64,pwritev,ftruncate',
  send: 'write,writev,sendto,sendmsg',
};

/** People in the file of such a cycle. */
export const CYCLE = 25;

/** The threads that reach files and network: the one that runs everything, and those that import files. */
const THREADS = { server: 'MainThread', import: 'WorkerThread' } as const;

/** A call at which something happens to a cycle: the n-th of its kind in a thread of this name. */
export interface Point {
  thread: keyof typeof THREADS;
  kind: string;
  calls: string;
  when: number;
}

export const nameOf = ({ thread, kind, when }: Point) => `${kind} ${when} of the ${thread} thread`;

const idsOf = ({ pid }: Server, thread: Point['thread']) =>
  threadsOf(pid).flatMap(({ id, name }) => (name === THREADS[thread] ? id : []));

/** Attaches strace to the threads of a point, which counts the calls of each by itself, and injects into that call what strace calls `signal=KILL` or `error=EIO`. */
export function traceAt(server: Server, { thread, calls, when }: Point, what: string): Promise<Trace> {
  return traceThreads(server.pid, idsOf(server, thread), `trace=${calls}`, `inject=${calls}:${what}:when=${when}`);
}

/** Has the threads of import begin, which end again half a minute after their last file. */
async function warmUp(world: Installation): Promise<void> {
  world.drop(1);
  await world.heal(HEALED_MS);
}

/** How many calls of each kind the busiest thread of this name makes in a cycle: strace writes the thread before each call where there are several. */
async function countCalls(
  world: Installation,
  thread: Point['thread'],
  kinds: Readonly<Record<string, string>>,
): Promise<Point[]> {
  await warmUp(world);
  const tracing = await traceThreads(
    world.server.pid,
    idsOf(world.server, thread),
    `trace=${Object.values(kinds).join(',')}`,
  );
  world.drop(CYCLE);
  await world.heal(HEALED_MS);
  const counts = new Map<string, number>();
  for (const line of (await tracing.detach()).split('\n')) {
    const [, id = '', name = ''] = /^(?:\[pid +(\d+)\] )?(\w+)\(/.exec(line) ?? [];
    const kind = Object.keys(kinds).find((each) => kinds[each]?.split(',').includes(name));
    if (kind) counts.set(`${kind} ${id}`, (counts.get(`${kind} ${id}`) ?? 0) + 1);
  }
  return Object.entries(kinds).flatMap(([kind, calls]) => {
    const most = Math.max(0, ...[...counts].flatMap(([key, count]) => (key.startsWith(`${kind} `) ? count : [])));
    return Array.from({ length: most }, (_, n) => ({ thread, kind, calls, when: n + 1 }));
  });
}

/** Every call of these kinds in a cycle of 25 people; evenly chosen ones where there are more than `times`. */
async function pointsOf(world: Installation, kinds: Readonly<Record<string, string>>, times: number): Promise<Point[]> {
  const points = [...(await countCalls(world, 'server', kinds)), ...(await countCalls(world, 'import', kinds))];
  process.stderr.write(`${points.length} calls in a cycle\n`);
  const step = Math.max(1, points.length / times);
  return Array.from({ length: Math.min(times, points.length) }, (_, n) => points[Math.floor(n * step)] as Point);
}

/** So many points are tried in one installation: what was dropped before is judged each time. */
const IN_ONE_INSTALLATION = 50;

/** Does `harm` at every call of these kinds in a cycle, at `times` at most, and judges after each. Gives how often `harm` says that it came about. */
export async function atPoints(
  kinds: Readonly<Record<string, string>>,
  times: number,
  harm: (world: Installation, point: Point) => Promise<{ seconds: number; cameAbout: boolean }>,
): Promise<{ longest: number; times: number }> {
  let points: Point[] | undefined;
  const done = { longest: 0, times: 0 };
  for (let from = 0; from < (points?.length ?? 1); from += IN_ONE_INSTALLATION) {
    const world = await Installation.start({ people: (CYCLE + 1) * (IN_ONE_INSTALLATION + 2) });
    try {
      points ??= await pointsOf(world, kinds, times);
      for (const point of points.slice(from, from + IN_ONE_INSTALLATION)) {
        await warmUp(world);
        const { seconds, cameAbout } = await harm(world, point);
        done.longest = Math.max(done.longest, seconds);
        if (cameAbout) done.times += 1;
      }
    } finally {
      await world.stop();
    }
  }
  return done;
}

/** Judges, and names the point where something does not hold. */
export async function judgeAt(world: Installation, point: string, boundMs = HEALED_MS): Promise<number> {
  try {
    const seconds = await world.judge(boundMs);
    process.stderr.write(`${point}: all well after ${seconds.toFixed(0)} s\n`);
    return seconds;
  } catch (error) {
    throw new Error(`${point}: ${error instanceof Error ? error.message : error}`);
  }
}
