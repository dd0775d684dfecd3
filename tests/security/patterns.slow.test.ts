import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import { beforeAll, expect, test } from 'vitest';
import { growsFaster } from '#tests/support/growth.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** Where the text of a file arrives. Modules of the first two are loaded as well, for the patterns that they put together. */
const LOADED = globSync('lib/{intake,domain}/**/*.ts', { cwd: ROOT });
const READ = [...LOADED, ...globSync('lib/{services,notify,engine,graph}/**/*.ts', { cwd: ROOT })];

interface Pattern {
  where: string;
  pattern: RegExp;
}

function literalsOf(file: string): Pattern[] {
  const found: Pattern[] = [];
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const visitor = new Visitor({
    Literal(node) {
      if ('regex' in node) found.push({ where: file, pattern: new RegExp(node.regex.pattern, node.regex.flags) });
    },
  });
  visitor.visit(parseSync(file, text).program);
  return found;
}

/** What modules build with `new RegExp(…)` while they are loaded. */
async function builtBy(files: readonly string[]): Promise<Pattern[]> {
  const found: Pattern[] = [];
  const Original = globalThis.RegExp;
  for (const file of files) {
    globalThis.RegExp = new Proxy(Original, {
      construct(target, given, newTarget) {
        const pattern: RegExp = Reflect.construct(target, given, newTarget);
        found.push({ where: file, pattern });
        return pattern;
      },
    });
    try {
      // A module of its own: another file of tests may have loaded the product's in this process.
      await import(`${pathToFileURL(path.join(ROOT, file)).href}?patterns`);
    } finally {
      globalThis.RegExp = Original;
    }
  }
  return found;
}

const UNITS = [
  ' ',
  '\t',
  '\n',
  '.',
  '"',
  'a',
  'Z',
  '1',
  '@',
  '-',
  ',',
  "'",
  '(',
  '[',
  '<',
  '\\',
  '\u200b',
  'ö',
  'ß',
  'Ł',
];
const PAIRS = [' .', '. ', ' "', '" ', 'a ', 'a.', 'a1', '1 ', '1.', '@.', '""', '" "'];
const HEADS = ['', 'a', 'a@', '"', 'CN=', "X'", '1', '(', '2026-01-05'];
const TAILS = ['', '\u0000', ' x', '@'];
const LENGTH = 4096;

/** Texts that look for long as if they would match: everything that the pattern itself names, again and again. */
function* nearMisses({ source }: RegExp): Generator<(length: number) => string> {
  const named = [...new Set(source.replace(/\\./g, ''))].slice(0, 40);
  for (const unit of new Set([...UNITS, ...PAIRS, ...named]))
    for (const head of HEADS)
      for (const tail of TAILS) yield (length) => head + unit.repeat(Math.ceil(length / unit.length)) + tail;
}

let patterns: Pattern[] = [];

beforeAll(async () => {
  patterns = [...READ.flatMap(literalsOf), ...(await builtBy(LOADED))];
});

test('every regular expression that meets the text of a file is tried', () => {
  const places = new Set(patterns.map(({ where }) => where));
  for (const known of [
    'lib/intake/csv/values/values.ts',
    'lib/intake/csv/values/dates.ts',
    'lib/domain/text/countries.ts',
  ])
    expect(places).toContain(known);
  expect(patterns.filter(({ pattern }) => pattern.source.startsWith('^(?!')).length).toBeGreaterThan(0);
});

test('no regular expression takes time that grows with the square of the text', () => {
  const slow = patterns.flatMap(({ where, pattern }) => {
    for (const nearMiss of nearMisses(pattern)) {
      const measured = growsFaster((length) => nearMiss(length).replace(pattern, ''), LENGTH);
      if (measured !== null) return [`${where}: ${pattern} on ${JSON.stringify(nearMiss(3))}… (${measured})`];
    }
    return [];
  });
  expect(slow).toEqual([]);
});

test('a pattern that tries every place of a run anew is found', () => {
  const spaces = (length: number) => `a${' '.repeat(length)}x`;
  // Long enough, and often enough, that what else the machine does hides nothing.
  const isFound = () => growsFaster((length) => /\s+$/.test(spaces(length)), 4 * LENGTH) !== null;
  expect([1, 2, 3, 4, 5].some(isFound)).toBe(true);
  expect(growsFaster((length) => /(?<!\s)\s+$/.test(spaces(length)), 4 * LENGTH)).toBeNull();
});
