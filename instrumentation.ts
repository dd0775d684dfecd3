/** Starts the background scheduler once per server process; Next calls it before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startScheduler } = await import('#lib/scheduler.ts');
    await startScheduler();
  }
}
