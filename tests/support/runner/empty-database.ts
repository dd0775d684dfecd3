/** Puts a database with today's schema and nothing in it where the product is about to open one. */
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

export function putEmptyDatabase(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // Made once for a run of the tests, by scratch.ts.
  copyFileSync(process.env.EMPTY_DATABASE ?? '', file);
}
