/** Faults to plant into the way from a file to people. */
import type { PlantedFault } from './planted-fault.ts';

export const INTAKE_FAULTS: readonly PlantedFault[] = [
  {
    name: 'files whose move was interrupted are forgotten',
    file: 'lib/intake/drop-folder/drop-folder.ts',
    find: '      if (existsSync(storedPath(move))) finishMove(db, file.id, move, now);',
    replace: '      if (!existsSync(storedPath(move))) finishMove(db, file.id, move, now);',
    seed: 112,
  },
  {
    name: 'the same bytes are imported again after a crash',
    file: 'lib/intake/drop-folder/drop-folder.ts',
    find: 'const storedBefore = await findStoredBefore(claim, unmoved, candidate.name, descriptor);',
    replace: 'const storedBefore = await findStoredBefore(claim, [], candidate.name, descriptor);',
    seed: 112,
  },
  {
    name: 'files are never moved',
    file: 'lib/intake/drop-folder/drop-folder.ts',
    find: '    const problem = moveFile(opened, move);',
    replace: "    const problem = move.name === '' ? moveFile(opened, move) : 'not now';",
    seed: 113,
  },
  {
    name: 'one bad file ends the claim',
    file: 'lib/intake/drop-folder/file-problem.ts',
    find: "if (error instanceof Error && 'syscall' in error) return error.message.replace(/\\.$/, '');",
    replace: '',
    seed: 138,
  },
  {
    name: 'a rejected row counts twice',
    file: 'lib/intake/rows/rows.ts',
    find: 'counts.rejected += rows.length - newcomers.length;',
    replace: 'counts.rejected += 2 * (rows.length - newcomers.length);',
    seed: 44,
  },
  {
    name: 'newcomers are stored without a time to look at them',
    file: 'lib/intake/rows/known-person.ts',
    find: 'return isStill ? nextCheckAt : now;',
    replace: 'return isStill ? now : null;',
    seed: 174,
  },
  {
    name: 'a duplicate row is not counted',
    file: 'lib/intake/rows/rows.ts',
    find: '  counts.duplicates++;\n',
    replace: '',
    seed: 174,
  },
  {
    name: 'a last line without an end is not read',
    file: 'lib/intake/csv/records.ts',
    find: 'scan, this.#ended || tooLong)',
    replace: 'scan, tooLong)',
    seed: 195,
  },
];
