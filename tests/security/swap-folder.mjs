// Swaps a folder for a link to another one and back, as fast as it can, until it is ended: `node swap-folder.mjs FOLDER ELSEWHERE`.
import { renameSync, symlinkSync, unlinkSync } from 'node:fs';

const [folder = '', elsewhere = ''] = process.argv.slice(2);
process.stdout.write('swapping\n');
for (;;) {
  renameSync(folder, `${folder}.real`);
  symlinkSync(elsewhere, folder);
  unlinkSync(folder);
  renameSync(`${folder}.real`, folder);
}
