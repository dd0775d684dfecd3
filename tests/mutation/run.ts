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

/**
 * The pure parts, and the tests that know them best; the others would show the same much more slowly. Those of words say every sentence
 * that the domain has, in both languages, and compare what is named.
 */
const PARTS = [
  {
    files: 'lib/domain/**/*.ts',
    tests: [
      'tests/domain/**/*.test.ts',
      'tests/words/{causes,reasons,sentences,value-changes}.test.ts',
      'tests/intake/csv/**/*.test.ts',
    ],
  },
  { files: 'lib/intake/csv/**/*.ts', tests: ['tests/intake/csv/**/*.test.ts'] },
];
/** Catalogues of texts. */
const TEXTS = ['lib/domain/reasons/reasons.ts', 'lib/domain/reasons/reason-catalogue.ts'];

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

/** Tries all changes of the files; each with its verdict goes to `tried`. */
async function tryAll(files: string[], tests: string[], tried: Tried[]): Promise<void> {
  const { mutants, instrumented } = await makeMutants(ROOT, files);
  say(`${mutants.length} changes in ${files.length} files, against ${tests.length} files of tests`);
  const scratch = mkdtempSync(path.join(tmpdir(), 'autoprovision-mutation-'));
  const instrumentedFile = path.join(scratch, 'instrumented.json');
  writeFileSync(instrumentedFile, JSON.stringify(instrumented));
  const worker = new Worker(instrumentedFile, scratch);
  const trial = new Trial(worker);
  let said = Date.now();
  try {
    for (const file of tests) await trial.cover(file);
    for (const [done, mutant] of mutants.entries()) {
      const each = { ...mutant, ...(await trial.verdict(mutant)) };
      tried.push(each);
      if (!noticed(each)) say(shown(each));
      if (Date.now() - said < 30_000) continue;
      said = Date.now();
      say(`… ${done + 1} of ${mutants.length}`);
      writeFileSync(REPORT, JSON.stringify(tried, null, 1));
    }
  } finally {
    worker.end();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

const { values } = parseArgs({
  options: { mutate: { type: 'string', multiple: true }, tests: { type: 'string', multiple: true } },
});
const start = performance.now();
const tried: Tried[] = [];
for (const part of PARTS) {
  const asked = new Set(globSync(values.mutate ?? part.files, { cwd: ROOT }));
  const files = globSync(part.files, { cwd: ROOT, exclude: TEXTS }).filter((file) => asked.has(file));
  const tests = globSync(values.tests ?? part.tests, { cwd: ROOT });
  if (files.length > 0) await tryAll(files.sort(), tests.sort(), tried);
}
writeFileSync(REPORT, JSON.stringify(tried, null, 1));
say(`\n${table('file', tried, ({ file }) => file).join('\n')}`);
say(`\n${table('part', tried, ({ file }) => path.dirname(file)).join('\n')}`);
say(`\n${Math.round((performance.now() - start) / 1000)} seconds; every change and its verdict: ${REPORT}`);
