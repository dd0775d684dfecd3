/**
 * Where the thread of intake starts: from compiled code, so that it starts quickly and stays small. Run by itself, as the build does, it
 * only compiles.
 */
import { enableCompileCache, flushCompileCache } from 'node:module';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

enableCompileCache(path.join(process.cwd(), 'node_modules', '.cache', 'autoprovision'));
const { serve } = await import('./worker.ts');
flushCompileCache();
if (parentPort) serve(parentPort, workerData);
