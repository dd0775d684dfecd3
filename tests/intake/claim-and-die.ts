/** A process that takes a drop folder in and is killed at a given moment: `node claim-and-die.ts DATABASE FOLDER MOMENT`. */
import { openDatabase } from '#db/client.ts';
import { claimDropFolder } from '#lib/intake/drop-folder.ts';

const [file = '', folder = '', moment = ''] = process.argv.slice(2);
const db = openDatabase(file);
db.$client.function('die', () => {
  process.kill(process.pid, 'SIGKILL');
  return null;
});
db.$client.exec(`create temp trigger deadly ${moment} begin select die(); end`);
claimDropFolder({ db, folder, settleMs: 0, now: Date.now(), runId: null });
