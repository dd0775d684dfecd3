/** How long command line and server take to start, from the bundles of the build. The baseline of the same run: the same programs from their sources. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { buildIfChanged } from '#lib/setup/build.ts';
import { PROGRAMS, programFile } from '#lib/setup/program.mjs';
import { freePort, scriptArguments } from '#tests/support/app/app-process.ts';
import { report } from './support/report.ts';

const RUNS = Number(process.env.BENCH_RUNS ?? 7);
const ROOT = path.join(import.meta.dirname, '..', '..');
/** Of what the same program takes from its sources. */
const CLI_SHARE = 0.35;
const SERVER_SHARE = 0.8;
const [CLI, SERVER] = [scriptArguments(ROOT, 'cli'), scriptArguments(ROOT, 'start')];
/** From its sources it has the same heap. */
const heapOf = (program: readonly string[]) => program.filter((part) => part.startsWith('--'));

interface Taken {
  ms: number;
  cpuMs: number;
  peakMb: number;
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'bench-start-'));

function start(args: readonly string[], port = '0') {
  const startedAt = performance.now();
  const usage = path.join(import.meta.dirname, 'support', 'usage.mjs');
  const child = spawn(process.execPath, ['--import', usage, ...args], {
    cwd: ROOT,
    env: { ...process.env, TENANT_MODE: 'demo', DATA_DIR: dataDir, PORT: port, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const took = json(child.stdio[3] as Readable) as Promise<Omit<Taken, 'ms'>>;
  return { child, took, sinceStart: () => performance.now() - startedAt };
}

/** `people --json` on an empty database, to the end of the process. */
async function listPeople(program: readonly string[]): Promise<Taken> {
  const { child, took, sinceStart } = start([...program, 'people', '--json']);
  child.stdout?.resume();
  const [code] = await once(child, 'exit');
  const ms = sinceStart();
  if (code !== 0) throw new Error(`${program.at(-1)} ended with ${code}`);
  return { ms, ...(await took) };
}

/** Asks until somebody listens. */
async function firstAnswer(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(url).catch(() => null);
    if (response) return void (await response.text());
    await setTimeout(5);
  }
}

/** From the start to the first page; processor time and memory to the end of the process, right after. */
async function firstPage(program: readonly string[]): Promise<Taken> {
  const port = String(await freePort());
  const { child, took, sinceStart } = start(program, port);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${program.at(-1)} ended with ${code}`);
  });
  child.stdout?.resume();
  await Promise.race([firstAnswer(`http://127.0.0.1:${port}/sign-in`), ended]);
  const ms = sinceStart();
  child.kill('SIGTERM');
  await ended.catch(() => {});
  return { ms, ...(await took) };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** In turns, so that what else the machine does meets both. */
async function compare(
  what: string,
  measure: (program: readonly string[]) => Promise<Taken>,
  bundle: readonly string[],
  source: readonly string[],
) {
  const [ours, theirs]: [Taken[], Taken[]] = [[], []];
  for (let run = -1; run < RUNS; run += 1) {
    const pair = [await measure(bundle), await measure(source)] as const;
    // The first pair makes the database and fills the disk's cache.
    if (run < 0) continue;
    ours.push(pair[0]);
    theirs.push(pair[1]);
  }
  return (key: keyof Taken, unit: string, share?: number) => {
    const baseline = median(theirs.map((taken) => taken[key]));
    report({
      what: `${what}, median of ${RUNS}`,
      figure: median(ours.map((taken) => taken[key])),
      unit,
      ...(share === undefined ? {} : { target: { atMost: share * baseline } }),
      baseline,
      baselineIs: 'from the sources',
    });
  };
}

buildIfChanged();
if (programFile('cli') === path.join(ROOT, PROGRAMS.cli)) throw new Error('there is no bundle that fits its sources');

const cli = await compare('command line, people', listPeople, CLI, [PROGRAMS.cli]);
cli('ms', 'ms', CLI_SHARE);
cli('cpuMs', 'ms of processor', CLI_SHARE);
cli('peakMb', 'MB', CLI_SHARE);
const server = await compare('server, start to first page', firstPage, SERVER, [...heapOf(SERVER), PROGRAMS.server]);
server('ms', 'ms', SERVER_SHARE);
server('cpuMs', 'ms of processor');
server('peakMb', 'MB');
