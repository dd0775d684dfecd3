import path from 'node:path';
import { defineConfig } from '@playwright/test';

const ARTIFACTS = path.join(import.meta.dirname, '..', '.artifacts');

export default defineConfig({
  testDir: path.join(import.meta.dirname, '..'),
  testMatch: ['e2e/**/*.spec.ts', 'security/**/*.spec.ts'],
  outputDir: path.join(ARTIFACTS, 'e2e'),
  // One server with one scheduler is shared by the tests of a file; files share nothing, and wait most of their time.
  workers: 3,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  // Only what hangs ends by it: pages that take a second at rest take ten on a busy machine.
  timeout: 900_000,
  expect: { timeout: 30_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? path.join(ARTIFACTS, 'playwright.json') }],
  ],
  use: {
    // What never comes is named soon; on a busy machine a page may still take its time.
    actionTimeout: 120_000,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
