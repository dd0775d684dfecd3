/** By what waits and budgets are measured: somebody may set the machine's clock back meanwhile, and nobody is to wait until it is there again. */

/** In ms; it only goes forward. Differs from `Date.now()` by what the clock was set since the start of the process. */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}

/** A time of the machine's clock, in ms; what lies ahead of it was noted while it was ahead, and is taken for now. */
export function steadyTime(at: number): number {
  return steadyNow() - Math.max(0, Date.now() - at);
}
