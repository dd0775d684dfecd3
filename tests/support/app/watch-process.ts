/** Loaded into a process by `watch-start.mjs`: ten times a second it writes down how large the process is and how long its event loop stood still. */
import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Watched {
  at: number;
  rssBytes: number;
  /** Processor time of the process so far, all threads. */
  cpuMs: number;
  /** Longest time without a turn of the event loop since the last line. */
  blockedMs: number;
  /** The most processor time that the event loop's thread took without a turn: what a machine that is busy otherwise adds is left out. */
  busyMs: number;
}

const file = process.env.WATCH_FILE;
if (file) {
  const resolution = 5;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  let [before, busyMs] = [process.threadCpuUsage(), 0];
  setInterval(() => {
    const now = process.threadCpuUsage();
    busyMs = Math.max(busyMs, (now.user + now.system - before.user - before.system) / 1000);
    before = now;
  }, resolution).unref();
  setInterval(() => {
    const blockedMs = Math.max(0, delay.max / 1e6 - resolution);
    delay.reset();
    const { user, system } = process.cpuUsage();
    const cpuMs = (user + system) / 1000;
    const line: Watched = { at: Date.now(), rssBytes: process.memoryUsage.rss(), cpuMs, blockedMs, busyMs };
    busyMs = 0;
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  }, 100).unref();
}
