/** Loaded by `NODE_OPTIONS=--import`. Plain JavaScript, and nothing in worker threads: what watches is not to load a compiler into what it weighs. */
import { isMainThread } from 'node:worker_threads';

if (isMainThread) await import('./watch-process.ts');
