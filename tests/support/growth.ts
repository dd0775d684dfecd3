/** How work grows with its input, by the processor time of this thread: tells n log n from n², and asserts no seconds. */

/** Less than this is lost in the noise of the machine; quadratic work on a long input takes many times as much. */
const NOISE_MS = 20;
/** For four times the input quadratic work makes this 16, linear 4, and the collections of garbage in between half as much again. */
const LIMIT = 8;
const TRIES = 3;

function cpuMs(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** Null where `work` on twice `size` takes about four times as long as on half of it; otherwise what was measured. */
export function growsFaster(work: (size: number) => unknown, size: number): string | null {
  let found: string | null = null;
  for (let n = 0; n < TRIES; n++) {
    const long = cpuMs(() => work(2 * size));
    if (long < NOISE_MS) return null;
    const short = cpuMs(() => work(size / 2));
    if (long < LIMIT * short) return null;
    found = `${short.toFixed(0)} ms for ${size / 2}, ${long.toFixed(0)} ms for ${2 * size}`;
  }
  return found;
}
