/** Playwright's `test`, which also closes what a test has opened, and the installation that the tests of a file share. */
import { test as base } from '@playwright/test';
import { type DemoApp, firstCycleDone, pageAs, startDemo } from './browser.ts';

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

/** The demo for the tests of one file: started before the first of them, once its first cycle has checked everybody, and stopped after the last. */
export function demoOfFile(): DemoApp {
  const app = {} as DemoApp;
  test.beforeAll(async ({ browser }) => {
    Object.assign(app, await startDemo());
    const page = await pageAs(browser, app, 'Viewer');
    await firstCycleDone(page, app);
    await page.context().close();
  });
  test.afterAll(() => app.stop());
  return app;
}
