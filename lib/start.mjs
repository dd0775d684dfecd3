/** `npm start`: see `server.ts`. */
import { startProgram } from '#lib/setup/program.mjs';

await startProgram('server');
