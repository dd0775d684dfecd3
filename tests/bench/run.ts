/** `npm run bench`: every benchmark; `npm run bench -- NAME`: one of them. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const ENDING = '.bench.ts';
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length));
const [wanted] = process.argv.slice(2);
if (wanted !== undefined && !names.includes(wanted)) {
  process.stderr.write(`There is no benchmark "${wanted}". There are: ${names.join(', ')}.\n`);
  process.exit(2);
}
for (const name of wanted === undefined ? names : [wanted]) {
  process.stdout.write(`\n${name}\n`);
  const { status } = spawnSync(process.execPath, [path.join(import.meta.dirname, name + ENDING)], {
    stdio: 'inherit',
    env: { LOG_LEVEL: 'silent', ...process.env },
  });
  if (status !== 0) process.exitCode = 1;
}
