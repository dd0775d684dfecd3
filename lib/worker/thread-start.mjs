/** Where the thread of intake starts: see `worker.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { startProgram } from '#lib/setup/program.mjs';

const { serve } = await startProgram('thread');
if (parentPort) serve(parentPort, workerData);
