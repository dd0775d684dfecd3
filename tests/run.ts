/** `npm test`: format, lint, types, unit, integration and browser tests, and one closing line. `--fast` (`npm run check`) leaves the browser out. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildIfChanged } from '#lib/setup/build.ts';
import { bundlePrograms } from '#lib/setup/bundle.ts';
import { PROGRAMS, programFile } from '#lib/setup/program.mjs';
import { findOrInstallChromium } from '#tests/support/app/chromium.ts';
import { playwrightFailures, playwrightReport, vitestFailures, vitestReport } from '#tests/support/runner/reports.ts';

const ROOT = path.join(import.meta.dirname, '..');
const REPORTS = path.join(ROOT, 'tests', '.artifacts');
const BIN = path.join(ROOT, 'node_modules', '.bin');

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed, to be told again at the end: whoever sees only the last lines of a log has to find it. */
  failures: string[];
}

function run(command: string, args: string[], env: Record<string, string> = {}): boolean {
  const result = spawnSync(path.join(BIN, command), args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  return result.status === 0;
}

/** Runs beside others: what it says is shown once it has ended. */
function runBeside(command: string, args: string[]): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const child = spawn(command, args, { cwd: ROOT, shell: process.platform === 'win32' });
  const said: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => said.push(bytes));
  child.on('error', reject);
  child.on('close', (code) => {
    process.stdout.write(Buffer.concat(said));
    resolve(code === 0);
  });
  return promise;
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** A check that has no tests of its own counts as one. */
function check(name: string, ok: boolean): Tally {
  process.stdout.write(`${ok ? '✓' : '✗'} ${name}\n`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, failures: ok ? [] : [name] };
}

/** The one line that stands for all tests of a runner. */
function summed(name: string, tally: Tally): Tally {
  process.stdout.write(`${tally.failed === 0 ? '✓' : '✗'} ${name}: ${tally.passed} passed\n`);
  return tally;
}

/** Started from sources, command lines and threads load 800 modules each time. Sources that do not compile are told by the tests. */
function bundle(): void {
  if (programFile('cli') !== path.join(ROOT, PROGRAMS.cli)) return;
  try {
    bundlePrograms(ROOT);
  } catch (error) {
    process.stdout.write(`The tests run from the sources: ${(error as Error).message}\n`);
  }
}

function noReport(runner: string): Tally {
  return { passed: 0, failed: 1, skipped: 0, failures: [`${runner} left no report`] };
}

/** A runner that fails without failing a test has failed all the same. */
function tallied(runner: string, ok: boolean, tally: Tally): Tally {
  if (ok || tally.failed > 0) return tally;
  return { ...tally, failed: 1, failures: [...tally.failures, `${runner}: an error outside its tests, told above`] };
}

function unit(): Tally {
  const file = path.join(REPORTS, 'vitest.json');
  bundle();
  const env: Record<string, string> = isFast ? {} : { SLOW_TESTS: '1' };
  const ok = run(
    'vitest',
    ['run', '--config', 'tests/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    env,
  );
  const report = vitestReport.safeParse(readReport(file));
  if (!report.success) return noReport('vitest');
  const { numPassedTests, numFailedTests, numPendingTests } = report.data;
  return tallied('vitest', ok, {
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests,
    failures: vitestFailures(report.data),
  });
}

function browser(): Tally {
  const chromium = findOrInstallChromium();
  buildIfChanged();
  const file = path.join(REPORTS, 'playwright.json');
  const ok = run('playwright', ['test', '--config', 'tests/e2e/playwright.config.ts'], {
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  const report = playwrightReport.safeParse(readReport(file));
  if (!report.success) return noReport('playwright');
  const { expected, unexpected, flaky, skipped } = report.data.stats;
  const failures = playwrightFailures(report.data.suites);
  return tallied('playwright', ok, { passed: expected, failed: unexpected + flaky, skipped, failures });
}

const isFast = process.argv.includes('--fast');
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const lint = check('format, lint and import rules', run('biome', ['ci', '.']));
const [types, twins] = await Promise.all([
  runBeside(path.join(BIN, 'tsc'), ['--noEmit', '-p', '.']),
  runBeside(process.execPath, ['tests/twins.ts']),
]);
const tallies = [
  lint,
  check('types', types),
  check('no code twice', twins),
  check('no unused file, export or dependency', run('knip', ['--no-progress'])),
  summed('unit and integration tests', unit()),
  ...(isFast ? [] : [summed('browser tests', browser())]),
];
const sum = (name: 'passed' | 'failed' | 'skipped') => tallies.reduce((total, tally) => total + tally[name], 0);
const skipped = sum('skipped');
const failures = tallies.flatMap((tally) => tally.failures);
if (failures.length > 0) {
  process.stdout.write(`\nFailed:\n${failures.map((text) => `  ✗ ${text}\n`).join('')}`);
}
process.stdout.write(
  `\n${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
);
process.exitCode = sum('failed') === 0 ? 0 : 1;
