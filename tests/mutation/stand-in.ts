/**
 * What tests import as `vitest` while mutants are tried: the same `expect` (Vitest's own package), and just enough of the rest.
 * A test that imports anything else fails to load, and the program says so.
 */
interface Chai {
  use(plugin: unknown): void;
  expect: (value: unknown, message?: string) => unknown;
}

export interface CollectedTest {
  name: string;
  body: () => unknown;
}

type Body = (...values: never[]) => unknown;

// They are installed beside this file only, by `npm run mutation`: the compiler must not look for them.
const beside = (name: string) => import(name);
const matchers = await beside('@vitest/expect');
const chai: Chai = await beside('chai');
for (const plugin of ['JestExtend', 'JestChaiExpect', 'JestAsymmetricMatchers']) chai.use(matchers[plugin]);

export const expect = Object.assign(
  (value: unknown, message?: string) => chai.expect(value, message),
  chai.expect,
  (globalThis as Record<symbol, object>)[matchers.ASYMMETRIC_MATCHERS_OBJECT],
);
(globalThis as Record<symbol, unknown>)[matchers.GLOBAL_EXPECT] = expect;
matchers.setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect);

let collected: CollectedTest[] = [];
let groups: string[] = [];
let atEnd: (() => unknown)[] = [];
const complaints: string[] = [];

// As in tests/support/runner/setup.ts: what a test says on the console fails it.
for (const level of ['error', 'warn'] as const)
  console[level] = (...words: unknown[]) => void complaints.push(words.map(String).join(' '));

export function describe(name: string, body: () => void): void {
  groups.push(name);
  body();
  groups.pop();
}

export function test(name: string, body: Body): void {
  collected.push({ name: [...groups, name].join(' > '), body: body as () => unknown });
}

test.each =
  (rows: readonly unknown[]) =>
  (name: string, body: Body): void => {
    for (const [row, values] of rows.entries()) {
      const given = Array.isArray(values) ? values : [values];
      test(`${name} [${row + 1}]`, () => body(...(given as never[])));
    }
  };

export function onTestFinished(end: () => unknown): void {
  atEnd.push(end);
}

/** The tests that loading a file declares, in their order. */
export async function collect(load: () => Promise<unknown>): Promise<CollectedTest[]> {
  collected = [];
  groups = [];
  await load();
  return collected;
}

/** Runs one test; the error that failed it, or null. */
export async function failureOf({ body }: CollectedTest): Promise<Error | null> {
  const errors: unknown[] = [];
  const attempt = async (step: () => unknown) => {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  };
  atEnd = [];
  await attempt(body);
  for (const end of atEnd.reverse()) await attempt(end);
  const said = complaints.splice(0);
  if (said.length > 0) errors.push(new Error(`said on the console: ${said.join('; ')}`));
  const [first] = errors;
  return errors.length === 0 ? null : first instanceof Error ? first : new Error(String(first));
}
