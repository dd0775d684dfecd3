import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { toSections } from '#app/(console)/help/sections.ts';

const ROOT = path.join(import.meta.dirname, '..');
const FOLDERS = ['app', 'components', 'db', 'lib', 'public', 'tests'];
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** Every file of the project with one of these endings, from its root. */
function filesEndingIn(ending: RegExp): string[] {
  const within = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
  );
  return within.filter((file) => ending.test(file) && !/\.artifacts|node_modules/.test(file));
}

const sources = filesEndingIn(/\.(?:tsx?|mjs)$/);
/** All but this file, which holds the patterns it looks for. */
const others = sources.filter((file) => file !== path.join('tests', 'readme.test.ts'));
const documents = ['README.md', ...filesEndingIn(/\.md$/)].filter((file) => !file.includes('fixtures'));
const README = read('README.md');
const packageSchema = z.object({
  scripts: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});
const manifest = packageSchema.parse(JSON.parse(read('package.json')));
/** They have a package file of their own, so that `npm ci --omit=dev` leaves them out. */
const { optionalDependencies: nodePackages } = z
  .object({ optionalDependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('lib/setup/node/package.json')));

const lines = (text: string) => text.trimEnd().split('\n').length;
const allOf = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found ?? '');

test('there are documents to check', () => {
  expect(documents.length).toBeGreaterThan(15);
});

describe.each(documents)('%s', (document) => {
  const text = read(document);
  const folder = path.dirname(document);

  test('names only paths that are there', () => {
    // Links are tested below; a closing bracket or full stop of the sentence is not part of the path.
    const words = text.replace(/\]\([^)]*\)/g, ' ');
    const named = allOf(words, /(?<![\w/.-])((?:app|components|lib|db|tests|public)\/[\w./()[\]-]*)/g).map((file) =>
      file.replace(/[).]+$/, ''),
    );
    expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  test('names only files that lie in its folder, where it names them alone', () => {
    const alone = allOf(text, /`(\w[\w-]*(?:\.\w+)*\.(?:tsx?|mjs))`/g);
    const here = sources.filter((file) => folder === '.' || file.startsWith(`${folder}${path.sep}`));
    const names = new Set(here.map((file) => path.basename(file)));
    expect(alone.filter((file) => !names.has(file) && !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  test('names only commands that are there', () => {
    expect(allOf(text, /npm run ([\w:-]+)/g).filter((script) => !(script in manifest.scripts))).toEqual([]);
  });

  test('links only to files and headings that are there', () => {
    // Addresses of the product are for the test of Help.
    const links = allOf(text, /\]\(([^)\s]+)\)/g).filter((href) => !/^(?:https:|\/)/.test(href));
    const broken = links.filter((href) => {
      const [file = '', anchor] = href.split('#');
      const target = file === '' ? document : path.join(folder, file);
      if (!existsSync(path.join(ROOT, target))) return true;
      return anchor !== undefined && !toSections(read(target)).some((section) => section.anchor === anchor);
    });
    expect(broken).toEqual([]);
  });
});

test('every dependency has its reason in README', () => {
  const { dependencies, devDependencies } = manifest;
  const names = Object.keys({ ...dependencies, ...devDependencies, ...nodePackages });
  const unnamed = names.filter((name) => !name.startsWith('@types/') && !README.includes(name));
  expect(unnamed).toEqual([]);
});

test('README names no package that is not installed', () => {
  const { dependencies, devDependencies } = manifest;
  const installed = { ...dependencies, ...devDependencies, ...nodePackages };
  const [, table = ''] = README.split('## Dependencies');
  const named = allOf(table, /^\| ([^|]+) \|/gm)
    .flatMap((cell) => cell.split(/[\s,()]+/))
    .filter((name) => /^[@a-z]/.test(name) && !['package', 'optional'].includes(name));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !(name in installed))).toEqual([]);
});

test('README can be read in one go, and so can the page of every folder', () => {
  expect(lines(README)).toBeLessThanOrEqual(150);
  const folders = readdirSync(path.join(ROOT, 'lib'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const pages = [...folders.map(({ name }) => `lib/${name}/README.md`), 'db/README.md', 'tests/README.md'];
  expect(pages.filter((page) => !existsSync(path.join(ROOT, page)))).toEqual([]);
  const ofTests = filesEndingIn(/^tests\W\w+\WREADME\.md$/);
  expect(ofTests.length).toBeGreaterThan(4);
  // How fast everything is stands in one place; the facts about Graph are a part of their own, to look things up in.
  const all = [...pages, ...ofTests].filter((page) => page !== path.join('tests', 'bench', 'README.md'));
  expect(all.filter((page) => lines(read(page).split('\n# Facts')[0] ?? '') > 60)).toEqual([]);
});

test('the way of a row has at most twelve modules', () => {
  const [, way = ''] = /## The way of a row\n([\s\S]*?)\n## /.exec(read('lib/README.md')) ?? [];
  const modules = allOf(way, /^\d+\. `([^`]+)`/gm);
  expect(modules.length).toBeGreaterThan(5);
  expect(modules.length).toBeLessThanOrEqual(12);
  expect(modules.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

test('every fact about Graph that a comment cites is there', () => {
  const facts = new Set(allOf(read('lib/graph/README.md'), /^## (\d+)\. /gm));
  const comments = others.flatMap((file) =>
    allOf(read(file), /graph-facts([^)*\n]*)/g).map((cited) => ({ file, cited })),
  );
  const cited = comments.map(({ file, cited }) => ({ file, sections: allOf(cited, /§(\d+)/g) }));
  expect(cited.length).toBeGreaterThan(10);
  expect(
    cited.filter(({ sections }) => sections.length === 0 || sections.some((section) => !facts.has(section))),
  ).toEqual([]);
});

test('every environment variable that README and the benchmarks name is read somewhere', () => {
  const code = others.map(read).join('\n');
  const named = ['README.md', 'tests/bench/README.md'].flatMap((file) =>
    allOf(read(file), /`([A-Z]+_[A-Z0-9_]+)(?:=[^`]*)?`/g),
  );
  expect(named.length).toBeGreaterThan(1);
  const isRead = (name: string) => new RegExp(`process\\.env\\.${name}\\b|^\\s+${name}: `, 'm').test(code);
  expect(named.filter((name) => !isRead(name))).toEqual([]);
});
