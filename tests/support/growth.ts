/** How work grows with its input, by the processor time of this thread: tells n log n from n², and asserts no seconds. */

/** Less than this is lost in the noise of the machine; quadratic work on a long input takes many times as much. */
const NOISE_MS = 20;
/** Quadratic work makes this 4, linear 2. */
const LIMIT = 3;
const TRIES = 3;

function cpuMs(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** Null where `work` takes no more than about twice as long on twice the input; otherwise what was measured. */
export function growsFaster(work: (size: number) => unknown, size: number): string | null {
  let found: string | null = null;
  for (let n = 0; n < TRIES; n++) {
    const long = cpuMs(() => work(2 * size));
    if (long < NOISE_MS) return null;
    const short = cpuMs(() => work(size));
    if (long < LIMIT * short) return null;
    found = `${short.toFixed(0)} ms for ${size}, ${long.toFixed(0)} ms for ${2 * size}`;
  }
  return found;
}
