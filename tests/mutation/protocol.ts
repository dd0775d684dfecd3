/** What the program and its child say to each other. */

/** Tests of one file, by their place in it. */
export interface TestsOf {
  file: string;
  tests: number[];
}

export type Question =
  /** Load the test file with no mutant active, run its tests, and tell what each of them reaches. */
  | { kind: 'cover'; file: string }
  /**
   * Run these tests with this mutant active until one fails.
   * `fresh`: all modules are loaded anew with the mutant active from the first, for what modules do and keep as they load.
   */
  | { kind: 'try'; mutant: string; hitLimit: number; files: TestsOf[]; fresh: boolean };

export interface CoveredTest {
  name: string;
  ms: number;
  /** How often it came by each mutant. */
  hits: Record<string, number>;
  failure: string | null;
}

export type Answer =
  | {
      kind: 'covered';
      tests: CoveredTest[];
      loadMs: number;
      modules: string[];
      hitsWhileLoading: Record<string, number>;
    }
  | { kind: 'killed'; by: { file: string; test: number | null }; why: string; memory: number }
  | { kind: 'endless'; memory: number }
  | { kind: 'survived'; memory: number }
  /** The test that failed also fails with no mutant now: what an earlier mutant left behind may have failed it. */
  | { kind: 'unclear'; memory: number };
