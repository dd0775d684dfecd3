import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { buildMarked, isBuilt } from '#lib/setup/build.ts';

let root: string;

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'build-'));
  write('lib/env.ts', 'one');
  write('app/page.tsx', 'page');
  write('package.json', '{}');
});

/** Like Next, which empties its folder first. */
function emptyAndBuild(): void {
  rmSync(path.join(root, '.next'), { recursive: true, force: true });
  mkdirSync(path.join(root, '.next'));
}

test('a build that ran to its end is not made again', () => {
  expect(isBuilt(root)).toBe(false);
  buildMarked(root, emptyAndBuild);
  expect(isBuilt(root)).toBe(true);
});

test.each([
  ['a changed file', () => write('lib/env.ts', 'two')],
  ['a new file', () => write('db/schema/mail.ts', 'new')],
  ['a file that went away', () => rmSync(path.join(root, 'app/page.tsx'))],
  ['another package', () => write('package.json', '{"name":"other"}')],
])('%s asks for a build', (_, change) => {
  buildMarked(root, emptyAndBuild);
  change();
  expect(isBuilt(root)).toBe(false);
});

test('a file that changes while the build is at work asks for another', () => {
  buildMarked(root, () => {
    emptyAndBuild();
    write('lib/env.ts', 'two');
  });
  expect(isBuilt(root)).toBe(false);
});

test('a build that fails leaves no mark, not even that of the build before', () => {
  buildMarked(root, emptyAndBuild);
  const failing = () => {
    throw new Error('does not compile');
  };
  expect(() => buildMarked(root, failing)).toThrow('does not compile');
  expect(isBuilt(root)).toBe(false);
  expect(existsSync(path.join(root, '.next', 'built-from'))).toBe(false);
});
