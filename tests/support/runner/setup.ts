/**
 * Before each file of tests: what the product keeps once for a process, and the environment, are as they are when it starts, so that
 * files can share a process. An unexpected `console.error` or `console.warn` fails the test that caused it.
 */
import { afterEach, expect, vi } from 'vitest';

/** Words never change, and modules hold on to them. */
const KEPT = 'autoprovisionWords';
const shared = globalThis as { testsBeganWith?: NodeJS.ProcessEnv } & Record<string, unknown>;

shared.testsBeganWith ??= { ...process.env };
for (const name of Object.keys(process.env)) if (!(name in shared.testsBeganWith)) delete process.env[name];
Object.assign(process.env, shared.testsBeganWith);
for (const name of Object.keys(globalThis)) if (name.startsWith('autoprovision') && name !== KEPT) delete shared[name];

const complaints: string[] = [];
for (const level of ['error', 'warn'] as const)
  vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
    complaints.push(`console.${level}: ${words.map(String).join(' ')}`);
  });

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});
