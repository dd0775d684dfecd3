/** Time that a test moves by hand: the machine's clock, and what `steadyNow` measures, go on together. */
import { vi } from 'vitest';

/** From now on time stands still at 0 until `timeIs` moves it; give `vi.useRealTimers` back after the test. */
export function stopTime(): void {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'], now: 0 });
}

/** Moves the time on to `ms` since it was stopped. */
export function timeIs(ms: number): void {
  vi.advanceTimersByTime(ms - Date.now());
}
