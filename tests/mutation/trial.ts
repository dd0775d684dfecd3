/** Which tests are run against a mutant, in which order, for how long, and what their answer means. */
import type { Mutant } from './mutants.ts';
import type { Answer, CoveredTest, TestsOf } from './protocol.ts';
import type { Worker } from './worker.ts';

/** `unreached`: no test comes by it. `timeout`: the tests do not end, which is noticed as well. */
type Status = 'killed' | 'timeout' | 'survived' | 'unreached';

export interface Verdict {
  status: Status;
  /** The test that noticed, or why else it is noticed. */
  by?: string;
}

interface CoveredFile {
  file: string;
  tests: CoveredTest[];
  loadMs: number;
  modules: Set<string>;
}

/** A clean run takes a part of this even on a machine that is busy with other things. */
const PATIENCE = { factor: 5, addedMs: 3_000, coverMs: 120_000 };
/** As Stryker has it: a loop that comes by its mutant this much more often than all tests together does not end. */
const HIT_LIMIT_FACTOR = 100;

/** Tests that take longer come after all others, whatever their file. */
const QUICK_MS = 50;

/** Tests of a file, those first that reach the mutant, then others that take no longer than `limitMs`, the quickest first. */
function withOthers({ tests }: CoveredFile, first: number[], limitMs: number): number[] {
  const ms = (place: number) => tests[place]?.ms ?? 0;
  const others = [...tests.keys()].filter((place) => !first.includes(place) && ms(place) <= limitMs);
  return [...first, ...others.sort((a, b) => ms(a) - ms(b))];
}

export class Trial {
  private readonly worker: Worker;
  private readonly files: CoveredFile[] = [];
  private readonly hits = new Map<string, number>();
  private readonly whileLoading = new Set<string>();
  /** How often a test noticed a mutant of a file: it is asked first for the next one. */
  private readonly noticed = new Map<string, number>();

  constructor(worker: Worker) {
    this.worker = worker;
  }

  /** Throws where a test fails with no mutant active: nothing could be told then. */
  async cover(file: string): Promise<void> {
    const answer = await this.worker.ask({ kind: 'cover', file }, PATIENCE.coverMs);
    if (answer.kind !== 'covered') throw new Error(`${file} cannot be run: ${answer.kind}`);
    const { tests, loadMs, modules, hitsWhileLoading } = answer;
    const failed = tests.find(({ failure }) => failure !== null);
    if (failed) throw new Error(`${file} fails as it is: ${failed.name}: ${failed.failure}`);
    this.files.push({ file, tests, loadMs, modules: new Set(modules) });
    for (const mutant of Object.keys(hitsWhileLoading)) this.whileLoading.add(mutant);
    for (const hits of [...tests.map((test) => test.hits), hitsWhileLoading])
      for (const [mutant, count] of Object.entries(hits)) this.hits.set(mutant, (this.hits.get(mutant) ?? 0) + count);
  }

  async verdict(mutant: Mutant): Promise<Verdict> {
    const reaching = this.files.map((file) => ({ file, tests: this.reaching(file, mutant) }));
    const covering = this.ordered(
      mutant,
      reaching.filter(({ tests }) => tests.length > 0),
    );
    if (covering.length > 0) {
      const verdict = await this.run(mutant, covering, false);
      if (verdict?.status === 'killed' || verdict?.status === 'timeout') return verdict;
    }
    // What a module keeps from earlier tests can hide a mutant: all that is not noticed is tried on modules loaded anew, with the
    // quick tests of the files that come by it, since only the first test comes by what is made once. What modules do as they load
    // can show in every test of a file that loads them.
    const isLoading = this.whileLoading.has(mutant.id);
    const anew = reaching
      .filter(({ file, tests }) => tests.length > 0 || (isLoading && file.modules.has(mutant.file)))
      .map(({ file, tests }) => ({
        file,
        tests: withOthers(file, tests, isLoading ? Number.POSITIVE_INFINITY : QUICK_MS),
      }));
    if (anew.length === 0) return { status: 'unreached' };
    return (await this.run(mutant, this.ordered(mutant, anew), true)) ?? { status: 'survived' };
  }

  private reaching({ file, tests }: CoveredFile, { id, file: source }: Mutant): number[] {
    const rank = (place: number) => this.noticed.get(`${source} ${file} ${place}`) ?? 0;
    return [...tests.keys()]
      .filter((place) => tests[place]?.hits[id])
      .sort((a, b) => rank(b) - rank(a) || (tests[a]?.ms ?? 0) - (tests[b]?.ms ?? 0));
  }

  private ordered<T extends { file: CoveredFile }>({ file: source }: Mutant, files: T[]): T[] {
    const rank = ({ file }: T) => this.noticed.get(`${source} ${file.file}`) ?? 0;
    return files.sort((a, b) => rank(b) - rank(a) || a.file.loadMs - b.file.loadMs);
  }

  private async run(
    mutant: Mutant,
    files: { file: CoveredFile; tests: number[] }[],
    fresh: boolean,
  ): Promise<Verdict | null> {
    const cleanMs = files.reduce(
      (sum, { file, tests }) => sum + file.loadMs + tests.reduce((ms, place) => ms + (file.tests[place]?.ms ?? 0), 0),
      0,
    );
    const patienceMs = PATIENCE.addedMs + PATIENCE.factor * cleanMs;
    const hitLimit = (this.hits.get(mutant.id) ?? 1) * HIT_LIMIT_FACTOR;
    const asked = (isQuick: boolean): TestsOf[] =>
      files.map(({ file, tests }) => ({
        file: file.file,
        tests: tests.filter((place) => (file.tests[place]?.ms ?? 0) <= QUICK_MS === isQuick),
      }));
    const parts = [...asked(true), ...asked(false)].filter(({ tests }) => tests.length > 0);
    const question = { kind: 'try', mutant: mutant.id, hitLimit, files: parts, fresh } as const;
    let answer = await this.worker.ask(question, patienceMs);
    // The clock also runs while others have the processor: only who is late twice, with much more time, does not end.
    if (answer.kind === 'late') answer = await this.worker.ask(question, 3 * patienceMs);
    return this.meaning(answer, mutant, files);
  }

  private meaning(
    answer: Answer | { kind: 'late' } | { kind: 'gone' },
    { file: source }: Mutant,
    files: { file: CoveredFile }[],
  ): Verdict | null {
    if (answer.kind === 'late') return { status: 'timeout', by: 'the clock' };
    if (answer.kind === 'endless') return { status: 'timeout', by: 'a loop that comes by it again and again' };
    if (answer.kind === 'gone') return { status: 'killed', by: 'the process ended' };
    if (answer.kind !== 'killed') return null;
    const { file, test } = answer.by;
    const keys = [`${source} ${file}`, `${source} ${file} ${test}`];
    for (const key of keys) this.noticed.set(key, (this.noticed.get(key) ?? 0) + 1);
    const name = files.find((each) => each.file.file === file)?.file.tests[test ?? -1]?.name;
    return { status: 'killed', by: name ? `${file}: ${name}` : `${file} cannot be loaded: ${answer.why}` };
  }
}
