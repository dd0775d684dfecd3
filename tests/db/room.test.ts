import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { lookForRoom, roomProblem } from '#db/room.ts';
import { readLiveUpdate } from '#lib/services/live/live-updates.ts';
import { readOverview } from '#lib/services/overview/overview.ts';
import { temporaryFolder } from '#tests/support/processes.ts';
import { openServicesDatabase, operator } from '#tests/support/services-world.ts';

openServicesDatabase();
const viewer = operator('Viewer');

afterEach(() => {
  // What was found holds for the whole process.
  expect(lookForRoom(path.join(temporaryFolder(), 'room'))).toBeNull();
});

/** A folder that can become another one, as a disk does that is full and then is not. */
function folderThatIs(target: string): { file: string; become: (other: string) => void } {
  const folder = path.join(temporaryFolder(), 'folder');
  symlinkSync(target, folder);
  return {
    // What is written to this device finds no room; a file of this name is made anywhere else.
    file: path.join(folder, 'full'),
    become(other) {
      rmSync(folder);
      symlinkSync(other, folder);
    },
  };
}

test.skipIf(!existsSync('/dev/full'))(
  'a full disk is told with the next look, and is over with the first that finds room',
  () => {
    const free = temporaryFolder();
    const { file, become } = folderThatIs(free);
    expect([lookForRoom(file), readLiveUpdate(viewer).unstored]).toEqual([null, null]);
    const before = readLiveUpdate(viewer).version;
    become('/dev');
    expect([lookForRoom(file), roomProblem(), readLiveUpdate(viewer).unstored]).toEqual(['full', 'full', 'full']);
    // Open pages see that something is new, though nothing was written.
    expect(readLiveUpdate(viewer).version).not.toBe(before);
    // That no tick was noted is no sign of a scheduler that has stopped.
    expect(readOverview(viewer).health.map(({ code }) => code)).not.toContain('scheduler');
    become(free);
    expect([lookForRoom(file), readLiveUpdate(viewer)]).toMatchObject([null, { unstored: null, version: before }]);
    expect(readOverview(viewer).health.map(({ code }) => code)).toContain('scheduler');
    expect([statSync(file).size, statSync(file).mode & 0o777]).toEqual([0, 0o600]);
  },
);

test('what is planted in the place of the file is not written to', () => {
  const folder = temporaryFolder();
  const [victim, file] = [path.join(folder, 'victim'), path.join(folder, 'room')];
  writeFileSync(victim, 'precious');
  symlinkSync(victim, file);
  expect(lookForRoom(file)).toBe('fault');
  expect([readFileSync(victim, 'utf8'), lstatSync(file).isSymbolicLink()]).toEqual(['precious', true]);
});

/** A disk of its own; null where it may not be mounted. */
function smallDisk(): string | null {
  const folder = temporaryFolder();
  if (process.platform !== 'linux') return null;
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder]).status !== 0) return null;
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return folder;
}

test('a real disk that is full, or mounted for reading only, is told apart, and an almost full one keeps its room', (context) => {
  const folder = smallDisk();
  if (folder === null) return context.skip();
  const file = path.join(folder, 'room');
  const [ballast, more] = [path.join(folder, 'ballast'), path.join(folder, 'more')];
  expect(lookForRoom(file)).toBeNull();
  writeFileSync(ballast, Buffer.alloc(960 * 1024));
  expect(lookForRoom(file)).toBe('full');
  // What the look wrote until there was no more is given back.
  writeFileSync(more, Buffer.alloc(48 * 1024));
  rmSync(ballast);
  expect(lookForRoom(file)).toBeNull();
  expect(spawnSync('mount', ['-o', 'remount,ro', folder]).status).toBe(0);
  expect(lookForRoom(file)).toBe('read_only');
  expect(spawnSync('mount', ['-o', 'remount,rw', folder]).status).toBe(0);
  expect(lookForRoom(file)).toBeNull();
});
