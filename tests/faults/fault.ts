/** A fault that is done to the real processes. */
export interface Fault {
  /** What is done, as the table in README names it. */
  name: string;
  /** How often, and how often with `--short`; 0: not there. */
  times: { long: number; short: number };
  /** Does it so many times and judges after each. Gives the longest time until all was well, in seconds, and how often it came about where that may differ. Throws what did not hold. */
  run(times: number): Promise<number | { longest: number; times: number }>;
}
