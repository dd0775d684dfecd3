/** Playwright's `test`, which also closes what a test has opened. */
import { test as base } from '@playwright/test';

export const test = base.extend<{ closing: undefined }>({
  closing: [
    async ({ browser }, use) => {
      const before = new Set(browser.contexts());
      await use(undefined);
      // A page that stays open is drawn anew with every change, and makes all tests after it slower.
      await Promise.all(browser.contexts().map((context) => (before.has(context) ? null : context.close())));
    },
    { auto: true },
  ],
});
