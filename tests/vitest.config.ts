import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: path.join(import.meta.dirname, '..'),
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    // Minutes long: only `npm test` runs them.
    exclude: process.env.SLOW_TESTS ? [] : ['tests/**/*.slow.test.ts'],
    globalSetup: ['tests/support/scratch.ts'],
    setupFiles: ['tests/support/setup.ts'],
    pool: 'forks',
    // All cores: files share nothing, and the longest waits for processes most of its time.
    maxWorkers: '100%',
    testTimeout: 120_000,
    env: { LOG_LEVEL: 'silent' },
  },
});
