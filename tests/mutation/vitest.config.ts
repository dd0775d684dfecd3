/** Runs the tests that know the pure parts best; the others would show the same much more slowly. */
import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: path.join(import.meta.dirname, '..', '..'),
  test: {
    include: ['tests/domain/**/*.test.ts', 'tests/intake/csv/*.test.ts', 'tests/graph/diagnosis/*.test.ts'],
    globalSetup: ['tests/support/scratch.ts'],
    setupFiles: ['tests/support/setup.ts'],
    env: { LOG_LEVEL: 'silent' },
  },
});
