import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/processes.ts';

const MODULE = path.join(import.meta.dirname, '..', '..', '..', 'lib', 'audit', 'append-whole.ts');

test('a disk that becomes full in the middle of a note leaves none of it, and says so', () => {
  const file = path.join(temporaryFolder(), 'notes.txt');
  const note = `${'note '.repeat(50)}\n`;
  const program = `
    const { appendWhole } = await import(${JSON.stringify(MODULE)});
    for (let n = 0; n < 9; n += 1) await appendWhole(process.argv[1], ${JSON.stringify(note)});
  `;
  // No file may become longer than a kilobyte: as on a full disk, what fits is written.
  const node = `ulimit -f 1; exec '${process.execPath}' --input-type=module -e "$0" "$1"`;
  const { status, stderr } = spawnSync('bash', ['-c', node, program, file], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain('EFBIG');
  expect(readFileSync(file, 'utf8')).toBe(note.repeat(Math.floor(1024 / note.length)));
});
