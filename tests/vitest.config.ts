import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { SlowFirst } from './support/runner/slow-first.ts';

export default defineConfig({
  root: path.join(import.meta.dirname, '..'),
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    // A quarter of a minute or more: only `npm test` runs them.
    exclude: process.env.SLOW_TESTS ? [] : ['tests/**/*.slow.test.ts'],
    globalSetup: ['tests/support/runner/scratch.ts'],
    setupFiles: ['tests/support/runner/setup.ts'],
    sequence: { sequencer: SlowFirst },
    pool: 'forks',
    // Files share processes: most of a file's time was the loading of modules. `setup.ts` clears what they could leave to each other.
    isolate: false,
    // More than cores: files share nothing, and many wait for processes and answers most of their time.
    maxWorkers: availableParallelism() + 1,
    // Only what hangs ends by them. Slow tests take up to two minutes on two cores at rest, and five times that beside other work.
    testTimeout: process.env.SLOW_TESTS ? 900_000 : 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // Programs that tests start load their modules in two thirds of the time from what others of them compiled.
    env: {
      LOG_LEVEL: 'silent',
      NODE_COMPILE_CACHE: path.join(import.meta.dirname, '..', 'node_modules', '.cache', 'node'),
    },
  },
});
