/** The mutants: Stryker's, made by its own instrumenter, all of them in the source at once behind switches. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Mutant {
  id: string;
  file: string;
  /** From 1. */
  line: number;
  column: number;
  mutator: string;
  original: string;
  replacement: string;
}

interface Position {
  line: number;
  column: number;
}

interface Instrumented {
  files: { name: string; content: string }[];
  mutants: {
    id: string;
    fileName: string;
    location: { start: Position; end: Position };
    mutatorName: string;
    replacement: string;
    status?: string;
  }[];
}

/** Sentences are read by people: tests hold only what they must name. */
const OPTIONS = { excludedMutations: ['StringLiteral'], ignorers: [], plugins: null };

/**
 * Stryker's counting takes most of the time of a tight loop, and is of use only while nothing is changed yet: it can be turned off by
 * `isCounting` beside Stryker's own switches.
 */
function withCountingThatEnds(source: string): string {
  const counting = /(function cover\(\) \{)/;
  if (!counting.test(source) && source.includes('function cover'))
    throw new Error('Stryker counts in another way by now');
  return source.replace(counting, '$1 if (!ns.isCounting) return;');
}

/** `files` are paths from the root. What comments tell Stryker to leave alone is left alone. */
export async function makeMutants(
  root: string,
  files: string[],
): Promise<{ mutants: Mutant[]; instrumented: Record<string, string> }> {
  // Installed beside this file only: the compiler must not look for it.
  const { Instrumenter } = await import('@stryker-mutator/instrumenter' as string);
  const quiet = { debug() {}, info() {}, warn() {}, isDebugEnabled: () => false };
  const source = new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
  const given = [...source].map(([name, content]) => ({ name, content, mutate: true }));
  const made: Instrumented = await new Instrumenter(quiet).instrument(given, OPTIONS);
  const mutants = made.mutants
    .filter(({ status }) => status !== 'Ignored')
    .map(({ id, fileName, location: { start, end }, mutatorName, replacement }) => {
      const lines = (source.get(fileName) ?? '').split('\n').slice(start.line, end.line + 1);
      lines[lines.length - 1] = lines.at(-1)?.slice(0, end.column) ?? '';
      lines[0] = lines[0]?.slice(start.column) ?? '';
      return {
        id,
        file: fileName,
        line: start.line + 1,
        column: start.column + 1,
        mutator: mutatorName,
        original: lines.join('\n'),
        replacement,
      };
    });
  return {
    mutants,
    instrumented: Object.fromEntries(made.files.map(({ name, content }) => [name, withCountingThatEnds(content)])),
  };
}
