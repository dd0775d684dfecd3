/** What Next calls in a server process: once before the first request, and for every page that fails. */
import type { Instrumentation } from 'next';

/** Starts the background scheduler, once per process. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startScheduler } = await import('#lib/engine/scheduler.ts');
    // The demo tenant's code is loaded in demo mode only.
    await startScheduler(async (where) => (await import('#lib/demo/shared-tenant.ts')).openDemoTenant(where));
  }
}

/** The error page shows the digest as its id: here it finds its line in the log. */
export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { log } = await import('#lib/log.ts');
  const errorId = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  log.error({ errorId, method: request.method, path: request.path.split('?')[0], err: error }, 'a page failed');
};
