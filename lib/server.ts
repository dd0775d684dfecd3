/** `npm start` and `npm run dev`. */
import '#lib/setup/env-file.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { serve } from '#lib/serve.ts';

const dev = process.argv.includes('--dev');
if (!dev && !existsSync(path.join(process.cwd(), '.next', 'BUILD_ID'))) {
  process.stderr.write('There is no build yet: run `npm run build` first.\n');
  process.exit(1);
}
const { publicUrl } = await serve({ dev });
process.stdout.write(`AutoProvision listens on ${publicUrl}\n`);
