/** The system calls of a cycle, counted by strace: points at which it can be killed, or a call can fail. */
import type { Installation } from './installation.ts';
import { trace } from './server.ts';

const HEALED_MS = 120_000;

/** The calls by which something gets out of the process, by kind. */
export const CALLS = {
  rename: 'rename,renameat,renameat2,link',
  fsync: 'fsync,fdatasync',
  unlink: 'unlink,unlinkat',
  write: 'pwrite64,pwritev,ftruncate',
  send: 'write,writev,sendto,sendmsg',
};

/** The calls of one kind that the thread with the most of them makes in a cycle: strace counts by thread. */
function mostByThread(seen: string, calls: string): number {
  const byThread = new Map<string, number>();
  for (const line of seen.split('\n')) {
    const [, thread = '0', name = ''] = /^(?:\[pid +(\d+)\] )?(\w+)\(/.exec(line) ?? [];
    if (calls.split(',').includes(name)) byThread.set(thread, (byThread.get(thread) ?? 0) + 1);
  }
  return Math.max(0, ...byThread.values());
}

/** People in the file of such a cycle. */
export const CYCLE = 25;

/** Calls of each kind in a cycle of 25 people, evenly chosen where there are more than `times`; interleaved, so that a few are of every kind. */
export async function pointsOf(
  world: Installation,
  kinds: Readonly<Record<string, string>>,
  times: number,
): Promise<{ kind: string; calls: string; when: number }[]> {
  const tracing = await trace(world.server.pid, `trace=${Object.values(kinds).join(',')}`);
  world.drop(CYCLE);
  await world.heal(HEALED_MS);
  const seen = await tracing.detach();
  const each = Math.ceil(times / Object.keys(kinds).length);
  return Object.entries(kinds)
    .flatMap(([kind, calls]) => {
      const most = mostByThread(seen, calls);
      const step = Math.max(1, most / each);
      return Array.from({ length: Math.min(each, most) }, (_, n) => ({
        kind,
        calls,
        when: 1 + Math.floor(n * step),
        n,
      }));
    })
    .toSorted((a, b) => a.n - b.n)
    .slice(0, times);
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
