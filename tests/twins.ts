/** Finds code that stands twice: six lines or more that are the same to the token. Prints each pair; ends with 1 where there is one. */
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Detector, type IMapFrame, type IStore } from '@jscpd/core';
import { Tokenizer } from '@jscpd/tokenizer';

const ROOT = path.join(import.meta.dirname, '..');
/** Six lines of less than this are mostly brackets. */
const SIZE = { minLines: 6, minTokens: 50 };
/** A test may set its scene as the next one does: there a pair counts from about a screenful on. */
const SIZE_IN_TESTS = { minLines: 15, minTokens: 150 };
/** What is declared rather than done repeats its shape: the tables of the database. */
const DECLARATIONS = 'db/schema/';

/** With the library's own store and hashes, written in JavaScript, it takes twice as long. */
class Frames implements IStore<IMapFrame> {
  readonly #frames = new Map<string, IMapFrame>();
  readonly #unknown = new Error('no such frame');
  namespace(): void {}
  get(key: string): Promise<IMapFrame> {
    const frame = this.#frames.get(key);
    return frame === undefined ? Promise.reject(this.#unknown) : Promise.resolve(frame);
  }
  set(key: string, frame: IMapFrame): Promise<IMapFrame> {
    this.#frames.set(key, frame);
    return Promise.resolve(frame);
  }
  close(): void {}
}

const hashFunction = (value: string) => hash('md5', value);

const IMPORT = /^import\b[^;]*;/gm;

/** Pairs of places in `files`, each as `file:line-line`. Imports do not count, and keep their lines. */
async function twinsIn(files: readonly string[], size: typeof SIZE): Promise<string[]> {
  const options = { ...size, maxLines: 5000, maxSize: '1mb', hashFunction };
  const detector = new Detector(new Tokenizer(), new Frames(), [], options);
  const pairs: string[] = [];
  for (const file of files) {
    const text = readFileSync(path.join(ROOT, file), 'utf8').replace(IMPORT, (lines) => lines.replace(/[^\n]/g, ''));
    const found = await detector.detect(file, text, file.endsWith('.css') ? 'css' : 'tsx');
    for (const { duplicationA, duplicationB } of found) {
      const [one, other] = [duplicationA, duplicationB].map(
        ({ sourceId, start, end }) => `${sourceId}:${start.line}-${end.line}`,
      );
      if (duplicationA.end.line - duplicationA.start.line + 1 >= size.minLines) pairs.push(`${one} ~ ${other}`);
    }
  }
  return pairs;
}

const tracked = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs', '*.css'], { cwd: ROOT, encoding: 'utf8' });
const files = tracked
  .trim()
  .split('\n')
  .filter((file) => !file.startsWith(DECLARATIONS));
const pairs = [
  ...(await twinsIn(
    files.filter((file) => !file.startsWith('tests/')),
    SIZE,
  )),
  ...(await twinsIn(
    files.filter((file) => file.startsWith('tests/')),
    SIZE_IN_TESTS,
  )),
];
for (const pair of pairs)
  process.stdout.write(`${pair}: the same code twice. Give it one place that both can import.\n`);
process.exitCode = pairs.length > 0 ? 1 : 0;
