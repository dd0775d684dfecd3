/** Where the thread of intake starts: from compiled code where there is some, so that it starts quickly and stays small. */
import { enableCompileCache } from 'node:module';
import path from 'node:path';

enableCompileCache(path.join(process.cwd(), 'node_modules', '.cache', 'autoprovision'));
await import('./worker.ts');
