/** Whether the server's memory stays flat while cycles and files come all the time. */
import { readFileSync } from 'node:fs';
import type { Fault } from './fault.ts';
import { Installation, until } from './installation.ts';

const HEALED_MS = 180_000;
const MINUTE_MS = 60_000;
const LASTS_MS = 30 * MINUTE_MS;
/** A file and a cycle come so often, and its memory is read so often. */
const [FILE_MS, SAMPLE_MS] = [10_000, 30_000];
const A_FILE = 10;
/** V8 gives memory back when it likes to: so much more at the end is no leak. */
const ROOM = 1.1;

interface Sample {
  atMs: number;
  bytes: number;
}

/** What of the process lies in memory at the moment: no collection can be asked for in production. */
function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

function medianBetween(samples: readonly Sample[], fromMs: number, toMs: number): number {
  const within = samples.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).map(({ bytes }) => bytes);
  const middle = within.toSorted((a, b) => a - b)[Math.floor(within.length / 2)];
  if (middle === undefined) throw new Error('the memory was not read');
  return middle;
}

const inMegabytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(0)} MB`;

/** Drops files and lets cycles come for half an hour, reading the memory meanwhile. */
async function watch(world: Installation): Promise<Sample[]> {
  const startedAt = performance.now();
  const samples: Sample[] = [];
  let fileAt = 0;
  let sampleAt = SAMPLE_MS;
  const isOver = () => {
    const atMs = performance.now() - startedAt;
    if (world.server.isGone()) throw new Error(`the server ended: ${world.server.said().slice(-500)}`);
    if (atMs >= fileAt) {
      world.drop(A_FILE);
      world.cycleIsDue();
      fileAt += FILE_MS;
    }
    if (atMs >= sampleAt) {
      samples.push({ atMs, bytes: residentBytes(world.server.pid) });
      sampleAt += SAMPLE_MS;
    }
    return atMs >= LASTS_MS;
  };
  await until(isOver, LASTS_MS + MINUTE_MS, 1000);
  return samples;
}

const flat: Fault = {
  name: 'thirty minutes of cycles, a file every ten seconds: memory stays flat',
  times: { long: 1, short: 0 },
  async run(times) {
    let longest = 0;
    for (let n = 0; n < times; n += 1) {
      const world = await Installation.start({ people: A_FILE * (LASTS_MS / FILE_MS + 2) });
      try {
        const samples = await watch(world);
        const before = medianBetween(samples, 10 * MINUTE_MS, 20 * MINUTE_MS);
        const after = medianBetween(samples, 20 * MINUTE_MS, LASTS_MS + MINUTE_MS);
        const told = `${inMegabytes(before)} in minutes 10 to 20, ${inMegabytes(after)} in the last ten`;
        process.stderr.write(`${told}; every 30 s: ${samples.map(({ bytes }) => inMegabytes(bytes)).join(', ')}\n`);
        if (after > ROOM * before) throw new Error(`memory grows: ${told}`);
        longest = Math.max(longest, await world.judge(HEALED_MS));
      } finally {
        await world.stop();
      }
    }
    return longest;
  },
};

export const MEMORY: readonly Fault[] = [flat];
