/** `npm run bench`: every benchmark; `npm run bench -- NAME`: one of them. What they leave in the temporary folder is removed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
  const scratch = mkdtempSync(path.join(tmpdir(), 'bench-'));
  try {
    const { status } = spawnSync(process.execPath, [path.join(import.meta.dirname, name + ENDING)], {
      stdio: 'inherit',
      env: { LOG_LEVEL: 'silent', ...process.env, TMPDIR: scratch, TEMP: scratch },
    });
    if (status !== 0) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
