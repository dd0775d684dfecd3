/**
 * What a page costs: processor time of the server, HTML, nodes, and script of a first visit, on the demo data.
 * The baseline: another built tree, named by BENCH_BASELINE_ROOT and measured turn by turn with this one; without it the page that says that there is nothing.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { buildIfChanged } from '#lib/setup/build.ts';
import { launchChromium, startSides } from '#tests/bench/support/chromium.ts';
import { report } from '#tests/bench/support/report.ts';
import type { AppProcess } from '#tests/support/app/app-process.ts';
import { firstCycleDone, pageAs, startDemo } from '#tests/support/app/browser.ts';
import { type Session, signIn } from '#tests/support/app/session.ts';

const BLOCKS = Number(process.env.BENCH_BLOCKS ?? 9);
const REQUESTS_PER_BLOCK = 30;
/** So many requests until V8 has compiled what a page runs: a server that has served 150 pages costs a fifth less for each than one that has served 30. */
const WARM_UP_BLOCKS = 5;
const CPU_TARGET_MS = 25;
/** Of Linux: what /proc counts processor time in. */
const MS_PER_TICK = 10;
const NOWHERE = '/nothing-is-here';

interface Side {
  app: AppProcess;
  session: Session;
  /** Addresses by what they are called here: the two trees do not have the same ids. */
  pages: Map<string, string>;
}

function processorMs(pid: number): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) * MS_PER_TICK;
}

async function start(browser: Browser, root?: string): Promise<Side> {
  const app = await startDemo({ LOG_LEVEL: 'silent' }, 'samples', root);
  const page = await pageAs(browser, app, 'Admin');
  await firstCycleDone(page, app);
  await page.goto(`${app.url}/people`);
  const person = (await page.locator('tbody').getByRole('link').first().getAttribute('href')) ?? '';
  await page.context().close();
  const pages = new Map([...['/', '/people', '/runs', '/files', NOWHERE].map((path) => [path, path] as const)]);
  pages.set('/people/[id]', person);
  return { app, session: await signIn(app.url, 'Admin'), pages };
}

/** Processor time of one request, ms: the median of blocks. */
async function blockOf({ app, session }: Side, path: string): Promise<number> {
  const before = processorMs(app.pid);
  for (let request = 0; request < REQUESTS_PER_BLOCK; request += 1) await (await session.get(path)).text();
  return (processorMs(app.pid) - before) / REQUESTS_PER_BLOCK;
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

async function processorTimes(sides: readonly Side[], name: string): Promise<number[]> {
  const figures = sides.map((): number[] => []);
  for (let block = -WARM_UP_BLOCKS; block < BLOCKS; block += 1)
    for (const [index, side] of sides.entries()) {
      const figure = await blockOf(side, side.pages.get(name) ?? '');
      if (block >= 0) figures[index]?.push(figure);
    }
  return figures.map(median);
}

interface Weight {
  html: number;
  nodes: number;
  script: number;
  style: number;
}

/** Of a first visit, with an empty cache; script and style as they are sent, gzip. */
async function weigh(browser: Browser, { app, session, pages }: Side, name: string): Promise<Weight> {
  const path = pages.get(name) ?? '';
  const html = Buffer.byteLength(await (await session.get(path)).text());
  const page = await pageAs(browser, app, 'Admin');
  const fresh = await (await browser.newContext({ storageState: await page.context().storageState() })).newPage();
  const sent = { script: [] as Promise<Buffer>[], stylesheet: [] as Promise<Buffer>[] };
  fresh.on('response', (response) => {
    const type = response.request().resourceType();
    if (type === 'script' || type === 'stylesheet') sent[type].push(response.body());
  });
  await fresh.goto(app.url + path, { waitUntil: 'load' });
  const nodes = await fresh.evaluate(() => document.querySelectorAll('*').length);
  const bytes = async (bodies: Promise<Buffer>[]) =>
    (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
  const weight = { html, nodes, script: await bytes(sent.script), style: await bytes(sent.stylesheet) };
  await fresh.context().close();
  await page.context().close();
  return weight;
}

buildIfChanged();
const browser = await launchChromium();
const sides = await startSides((root) => start(browser, root));
const hasOther = sides.length > 1;
const [, floor] = hasOther ? [] : [0, (await processorTimes(sides, NOWHERE))[0]];
for (const name of ['/', '/people', '/people/[id]', '/runs', '/files']) {
  const [figure = Number.NaN, baseline = floor] = await processorTimes(sides, name);
  report({
    what: `processor time of ${name}`,
    figure,
    unit: 'ms',
    target: { atMost: CPU_TARGET_MS },
    ...(baseline === undefined
      ? {}
      : { baseline, baselineIs: hasOther ? 'the other tree' : 'a page without anything' }),
  });
}
for (const name of ['/', '/people', '/people/[id]']) {
  const [own, base] = await Promise.all(sides.map((side) => weigh(browser, side, name)));
  for (const [key, unit] of [
    ['html', 'bytes'],
    ['nodes', 'nodes'],
    ['script', 'bytes gzip'],
    ['style', 'bytes gzip'],
  ] as const)
    report({
      what: `${key} of ${name}`,
      figure: own?.[key] ?? Number.NaN,
      unit,
      ...(base ? { baseline: base[key], baselineIs: 'the other tree' } : {}),
    });
}
await browser.close();
for (const { app } of sides) await app.stop();
