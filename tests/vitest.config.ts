import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Tests of pure functions and of what is drawn from them leave nothing behind, so their files share a process: a third of the time. */
const PURE = ['domain', 'words', 'components', 'app', 'intake/csv'].map(
  (folder) => `tests/${folder}/**/*.test.{ts,tsx}`,
);
// Minutes long: only `npm test` runs them.
const SLOW = process.env.SLOW_TESTS ? [] : ['tests/**/*.slow.test.ts'];

export default defineConfig({
  root: path.join(import.meta.dirname, '..'),
  test: {
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, exclude: SLOW, isolate: false } },
      { extends: true, test: { name: 'whole', include: ['tests/**/*.test.{ts,tsx}'], exclude: [...PURE, ...SLOW] } },
    ],
    globalSetup: ['tests/support/scratch.ts'],
    setupFiles: ['tests/support/setup.ts'],
    pool: 'forks',
    // More than cores: files share nothing, and many wait for processes and answers most of their time.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 120_000,
    env: { LOG_LEVEL: 'silent' },
  },
});
