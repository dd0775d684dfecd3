/** A process that restores a backup and is killed before its nth change to the disk: `node restore-and-die.ts REQUEST N`, the request as JSON. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type { RestoreRequest } from '#lib/data-folder/restore.ts';

const [request = '', nth = ''] = process.argv.slice(2);
let left = Number(nth);

function deadly<Arguments extends unknown[], Result>(change: (...all: Arguments) => Result) {
  return (...all: Arguments): Result => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return change(...all);
  };
}

Object.assign(fs, {
  copyFileSync: deadly(fs.copyFileSync),
  writeFileSync: deadly(fs.writeFileSync),
  chmodSync: deadly(fs.chmodSync),
  rmSync: deadly(fs.rmSync),
  renameSync: deadly(fs.renameSync),
});
syncBuiltinESMExports();
const { restore } = await import('#lib/data-folder/restore.ts');
restore(JSON.parse(request) as RestoreRequest);
