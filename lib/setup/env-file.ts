/** Reads `.env` in the folder that the program starts in, beside package.json, where there is one, when it is imported; what the environment sets already wins. */
import { existsSync } from 'node:fs';
import path from 'node:path';

const file = path.join(process.cwd(), '.env');
if (existsSync(file)) process.loadEnvFile(file);
