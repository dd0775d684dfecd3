/**
 * When the largest part of a page is painted, in Chromium with the processor slowed four times, on a first visit with an empty cache.
 * The baseline: another built tree, named by BENCH_BASELINE_ROOT and visited turn by turn with this one.
 */
import type { Browser, BrowserContext } from '@playwright/test';
import { buildIfChanged } from '#lib/setup/build.ts';
import { launchChromium, startSides } from '#tests/bench/support/chromium.ts';
import { report } from '#tests/bench/support/report.ts';
import type { AppProcess } from '#tests/support/app/app-process.ts';
import { firstCycleDone, pageAs, startDemo } from '#tests/support/app/browser.ts';

const VISITS = Number(process.env.BENCH_VISITS ?? 9);
const SLOWED = 4;
/** Speed, as a share of the other tree's; medians differ by more than this where the machine is wanted by others. */
const LEAST_SPEED = 0.9;
const PAGES = ['/', '/people', '/approvals', '/files', '/runs', '/licences', '/trends', '/history', '/settings'];

interface Side {
  app: AppProcess;
  signedIn: Awaited<ReturnType<BrowserContext['storageState']>>;
}

async function start(browser: Browser, root?: string): Promise<Side> {
  const app = await startDemo({ LOG_LEVEL: 'silent' }, 'samples', root);
  const page = await pageAs(browser, app, 'Admin');
  await firstCycleDone(page, app);
  const signedIn = await page.context().storageState();
  await page.context().close();
  return { app, signedIn };
}

/** Milliseconds from asking for the page to its largest paint; null: this tree has no such page. */
async function paintOf(browser: Browser, { app, signedIn }: Side, path: string): Promise<number | null> {
  const page = await (await browser.newContext({ storageState: signedIn })).newPage();
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  const answer = await page.goto(app.url + path, { waitUntil: 'load' });
  const ms = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN));
        observer.observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
  await page.context().close();
  return answer?.ok() ? ms : null;
}

const median = (figures: readonly number[]) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];

buildIfChanged();
const browser = await launchChromium();
const sides = await startSides((root) => start(browser, root));
for (const path of PAGES) {
  const figures = sides.map((): number[] => []);
  // The first visit warms up.
  for (let visit = -1; visit < VISITS; visit += 1)
    for (const [index, side] of sides.entries()) {
      const ms = await paintOf(browser, side, path);
      if (visit >= 0 && ms !== null) figures[index]?.push(ms);
    }
  const [figure = Number.NaN, baseline] = figures.map(median);
  report({
    what: `largest paint of ${path}, processor slowed ${SLOWED} times`,
    figure,
    unit: 'ms',
    ...(baseline === undefined
      ? {}
      : { target: { atMost: baseline / LEAST_SPEED }, baseline, baselineIs: 'the other tree' }),
  });
}
await browser.close();
for (const { app } of sides) await app.stop();
