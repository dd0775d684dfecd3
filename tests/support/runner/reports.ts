/** What failed, read from the reports of both runners of tests. */
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');

/** What vitest's JSON reporter writes, as far as it is read. */
export const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

/** What Playwright's JSON reporter writes, as far as it is read. */
export const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  suites: z.array(z.unknown()),
});

/** A suite of Playwright's report: suites lie in suites. */
const playwrightSuite = z.object({
  file: z.string(),
  specs: z.array(
    z.object({
      title: z.string(),
      tests: z.array(
        z.object({
          status: z.string(),
          results: z.array(z.object({ errors: z.array(z.object({ message: z.string().optional() })) })),
        }),
      ),
    }),
  ),
  suites: z.array(z.unknown()).optional(),
});

/** Where it failed, as what, and the first lines of why. */
function failure(file: string, name: string, message: string | undefined): string {
  const relative = path.isAbsolute(file) ? path.relative(ROOT, file) : file;
  const lines = stripVTControlCharacters(message ?? '')
    .split('\n')
    .filter((line) => !line.includes('node_modules'));
  return [`${relative}${name === '' ? '' : ` › ${name}`}`, ...lines.slice(0, 12)].join('\n    ').trimEnd();
}

/** One text for each failed test; a file that could not be loaded has one as well. */
export function vitestFailures({ testResults }: z.infer<typeof vitestReport>): string[] {
  return testResults.flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && file.status === 'failed') return [failure(file.name, '', file.message)];
    return failed.map(({ fullName, failureMessages }) => failure(file.name, fullName, failureMessages[0]));
  });
}

/** One text for each test that failed, or passed only when it was repeated. */
export function playwrightFailures(suites: unknown[]): string[] {
  return z
    .array(playwrightSuite)
    .parse(suites)
    .flatMap(({ file, specs, suites: inner }) => [
      ...specs.flatMap(({ title, tests }) =>
        tests
          .filter(({ status }) => status === 'unexpected' || status === 'flaky')
          .map(({ results }) => failure(path.join(ROOT, 'tests', file), title, results[0]?.errors[0]?.message)),
      ),
      ...playwrightFailures(inner ?? []),
    ]);
}
