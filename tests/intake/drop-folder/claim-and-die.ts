/** A process that takes a drop folder in and is killed at a given moment: `node claim-and-die.ts DATABASE FOLDER MOMENT [TIMES]`. */
import path from 'node:path';
import { openDatabase } from '#db/client.ts';
import { claimDropFolder } from '#lib/intake/drop-folder/drop-folder.ts';
import { inPlace } from '#tests/intake/build.ts';

const [file = '', folder = '', moment = '', times = '1'] = process.argv.slice(2);
const db = openDatabase(file);
let left = Number(times);
db.$client.function('die', () => {
  left -= 1;
  if (left <= 0) process.kill(process.pid, 'SIGKILL');
  return null;
});
db.$client.exec(`create temp trigger deadly ${moment} begin select die(); end`);
const claim = { db, dataDir: path.dirname(file), folder, settleMs: 0, now: Date.now(), runId: null };
await claimDropFolder({ ...claim, runTask: inPlace });
