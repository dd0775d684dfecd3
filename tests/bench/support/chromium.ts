/** Chromium for measuring pages, without what it does of its own accord; and the trees that are measured. */
import { type Browser, chromium } from '@playwright/test';

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
}

/** What `start` gives for this tree, then for the baseline: another built tree, where BENCH_BASELINE_ROOT names one. */
export async function startSides<Side>(start: (root?: string) => Promise<Side>): Promise<Side[]> {
  const other = process.env.BENCH_BASELINE_ROOT;
  return [await start(), ...(other ? [await start(other)] : [])];
}
