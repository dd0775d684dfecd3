/** `npm run mutation -- [--mutate GLOB]… [--tests GLOB]…`: see README.md. */
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutant, makeMutants } from './mutants.ts';
import { Trial, type Verdict } from './trial.ts';
import { Worker } from './worker.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const REPORT = path.join(import.meta.dirname, 'report.json');

/** The pure parts. */
const PARTS = ['lib/domain/**/*.ts', 'lib/intake/csv/**/*.ts'];
/** Catalogues of texts. */
const TEXTS = ['lib/domain/reasons.ts', 'lib/domain/reason-catalogue.ts'];
/** The tests that know the pure parts best; the others would show the same much more slowly. */
const TESTS = ['tests/domain/**/*.test.ts', 'tests/intake/csv/*.test.ts', 'tests/graph/diagnosis/*.test.ts'];

type Tried = Mutant & Verdict;

const say = (text: string) => process.stdout.write(`${text}\n`);

const noticed = ({ status }: Verdict) => status === 'killed' || status === 'timeout';

function table(title: string, tried: Tried[], partOf: (mutant: Tried) => string): string[] {
  const line = (name: string, mutants: Tried[]) => {
    const count = (status: Tried['status']) => mutants.filter((each) => each.status === status).length;
    const share = (100 * mutants.filter(noticed).length) / mutants.length;
    const numbers = [mutants.length, `${share.toFixed(1)} %`, count('timeout'), count('survived'), count('unreached')];
    return `| ${name} | ${numbers.join(' | ')} |`;
  };
  const parts = Object.entries(Object.groupBy(tried, partOf)).sort();
  return [
    `| ${title} | changed | noticed | of these by never ending | not noticed | reached by no test |`,
    '|---|---|---|---|---|---|',
    ...parts.map(([name, mutants = []]) => line(name, mutants)),
    line('all', tried),
  ];
}

function shown({ file, line, column, mutator, original, replacement, status }: Tried): string {
  const short = (text: string) => text.replace(/\s+/g, ' ').slice(0, 110);
  return `${file}:${line}:${column} ${mutator} ${status}\n    - ${short(original)}\n    + ${short(replacement)}`;
}

async function tryAll(mutants: Mutant[], tests: string[], instrumentedFile: string): Promise<Tried[]> {
  const worker = new Worker(instrumentedFile);
  const trial = new Trial(worker);
  const tried: Tried[] = [];
  let said = Date.now();
  try {
    for (const file of tests) await trial.cover(file);
    for (const mutant of mutants) {
      const each = { ...mutant, ...(await trial.verdict(mutant)) };
      tried.push(each);
      if (!noticed(each)) say(shown(each));
      if (Date.now() - said < 30_000) continue;
      said = Date.now();
      say(`… ${tried.length} of ${mutants.length}, ${tried.filter(noticed).length} noticed`);
      writeFileSync(REPORT, JSON.stringify(tried, null, 1));
    }
  } finally {
    worker.end();
  }
  return tried;
}

const { values } = parseArgs({
  options: { mutate: { type: 'string', multiple: true }, tests: { type: 'string', multiple: true } },
});
const files = globSync(values.mutate ?? PARTS, { cwd: ROOT, exclude: TEXTS }).sort();
const tests = globSync(values.tests ?? TESTS, { cwd: ROOT }).sort();
const { mutants, instrumented } = await makeMutants(ROOT, files);
say(`${mutants.length} changes in ${files.length} files, against ${tests.length} files of tests`);

const scratch = mkdtempSync(path.join(tmpdir(), 'autoprovision-mutation-'));
process.env.TMPDIR = scratch;
const start = performance.now();
try {
  const instrumentedFile = path.join(scratch, 'instrumented.json');
  writeFileSync(instrumentedFile, JSON.stringify(instrumented));
  const tried = await tryAll(mutants, tests, instrumentedFile);
  writeFileSync(REPORT, JSON.stringify(tried, null, 1));
  say(`\n${table('file', tried, ({ file }) => file).join('\n')}`);
  say(`\n${table('part', tried, ({ file }) => path.dirname(file)).join('\n')}`);
  say(`\n${Math.round((performance.now() - start) / 1000)} seconds; every change and its verdict: ${REPORT}`);
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
}
