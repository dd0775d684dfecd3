/**
 * The process that runs tests, over and over, each time with another mutant active.
 * Its modules are loaded as `file?graph=NAME`: another name loads all of them anew, beside the earlier ones.
 */
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import type { Answer, CoveredTest, Question } from './protocol.ts';
import { type CollectedTest, collect, failureOf } from './stand-in.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const ROOT_URL = `${pathToFileURL(ROOT).href}/`;
const STAND_IN = new URL('./stand-in.ts', import.meta.url).href;

/** The names are Stryker's, whose instrumented code reads and writes them; for `isCounting` see mutants.ts. */
const stryker: {
  isCounting: boolean;
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number;
  hitLimit?: number;
  mutantCoverage: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
} = { isCounting: true, mutantCoverage: { static: {}, perTest: {} } };
Object.assign(globalThis, { __stryker__: stryker });

/** Source with mutants, by path from the root. */
const instrumented = new Map<string, string>(Object.entries(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))));
const javaScript = new Map<string, string>();
const imports = new Map<string, Set<string>>();

// A verdict must not hang on the random cases of the day, and a smaller counterexample is of no use here.
fc.configureGlobal({ seed: 1, endOnFailure: true });

function ownFile(url: string): string | null {
  const file = url.startsWith(ROOT_URL) ? decodeURIComponent(url.slice(ROOT_URL.length).split('?')[0] ?? '') : null;
  return file?.includes('node_modules/') ? null : file;
}

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'vitest') return { url: STAND_IN, format: 'module-typescript', shortCircuit: true };
    const found = next(specifier, context);
    const graph = context.parentURL?.split('?graph=')[1];
    const file = ownFile(found.url);
    const parent = context.parentURL && ownFile(context.parentURL);
    if (file === null || !parent || graph === undefined) return found;
    imports.set(parent, (imports.get(parent) ?? new Set()).add(file));
    return { ...found, url: `${found.url}?graph=${graph}` };
  },
  load(url, context, next) {
    const file = ownFile(url);
    if (!file?.endsWith('.ts') || !url.includes('?graph=')) return next(url, context);
    const source =
      javaScript.get(file) ??
      stripTypeScriptTypes(instrumented.get(file) ?? readFileSync(path.join(ROOT, file), 'utf8'));
    javaScript.set(file, source);
    return { format: 'module', source, shortCircuit: true };
  },
});

let sharedGraph = 'shared';
let graphs = 0;
let loaded = new Map<string, CollectedTest[]>();

async function testsIn(file: string, graph: string): Promise<CollectedTest[]> {
  const url = `${ROOT_URL}${file}?graph=${graph}`;
  const tests = loaded.get(url) ?? (await collect(() => import(url)));
  loaded.set(url, tests);
  return tests;
}

function modulesOf(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const imported of imports.get(file) ?? []) modulesOf(imported, found);
  return found;
}

async function cover(file: string): Promise<Answer> {
  const begin = performance.now();
  const collected = await testsIn(file, sharedGraph);
  const loadMs = performance.now() - begin;
  const tests: CoveredTest[] = [];
  for (const [place, each] of collected.entries()) {
    stryker.currentTestId = `${file} ${place}`;
    const start = performance.now();
    const failure = await failureOf(each);
    const hits = stryker.mutantCoverage.perTest[stryker.currentTestId] ?? {};
    tests.push({ name: each.name, ms: performance.now() - start, hits, failure: failure?.message ?? null });
    stryker.currentTestId = undefined;
  }
  const hitsWhileLoading = { ...stryker.mutantCoverage.static };
  return { kind: 'covered', tests, loadMs, modules: [...modulesOf(file)], hitsWhileLoading };
}

async function tryMutant({ mutant, hitLimit, files, fresh }: Question & { kind: 'try' }): Promise<Answer> {
  const graph = fresh ? `${mutant}-${graphs++}` : sharedGraph;
  const memory = () => process.memoryUsage.rss();
  Object.assign(stryker, { hitCount: 0, hitLimit, isCounting: false });
  for (const { file, tests } of files) {
    stryker.activeMutant = fresh ? mutant : undefined;
    let all: CollectedTest[];
    try {
      all = await testsIn(file, graph);
    } catch (error) {
      if (!fresh) throw error;
      return { kind: 'killed', by: { file, test: null }, why: String(error), memory: memory() };
    }
    stryker.activeMutant = mutant;
    for (const place of tests) {
      const each = all[place];
      const failure = each ? await failureOf(each) : null;
      if ((stryker.hitCount ?? 0) > hitLimit) return { kind: 'endless', memory: memory() };
      if (!each || !failure) continue;
      stryker.activeMutant = undefined;
      if (!fresh && (await failureOf(each))) {
        sharedGraph = `shared-${graphs++}`;
        loaded = new Map();
        return { kind: 'unclear', memory: memory() };
      }
      return { kind: 'killed', by: { file, test: place }, why: failure.message, memory: memory() };
    }
  }
  return { kind: 'survived', memory: memory() };
}

process.on('message', async (question: Question) => {
  const answer = question.kind === 'cover' ? await cover(question.file) : await tryMutant(question);
  stryker.activeMutant = undefined;
  for (const url of loaded.keys()) if (!url.endsWith(`?graph=${sharedGraph}`)) loaded.delete(url);
  process.send?.(answer);
});
process.on('disconnect', () => process.exit());
