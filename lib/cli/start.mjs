/** `npm run cli`: see `main.ts`. */
import { startProgram } from '#lib/setup/program.mjs';

await startProgram('cli');
