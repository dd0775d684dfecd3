/** An unexpected `console.error` or `console.warn` fails the test that caused it. */
import { afterEach, expect, vi } from 'vitest';

const complaints: string[] = [];
for (const level of ['error', 'warn'] as const)
  vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
    complaints.push(`console.${level}: ${words.map(String).join(' ')}`);
  });

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});
