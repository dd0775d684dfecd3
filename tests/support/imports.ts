/** What files of ours import, read from their text. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '..', '..');

const sources = new Map<string, string>();
export function sourceOf(file: string): string {
  const known = sources.get(file) ?? readFileSync(path.join(ROOT, file), 'utf8');
  sources.set(file, known);
  return known;
}

/** Which files of ours a file imports, as paths from the root; types are erased. */
export function importsOf(file: string): string[] {
  const named = [
    ...sourceOf(file).matchAll(/(?:^|\n)(?:import|export) (?!type )[^;]*?from '([#.][^']+)'|import\('([#.][^']+)'\)/g),
  ];
  return named.flatMap(([, from, later]) => {
    const name = from ?? later ?? '';
    const to = name.startsWith('#') ? name.slice(1) : path.join(path.dirname(file), name);
    return /\.tsx?$/.test(to) && existsSync(path.join(ROOT, to)) ? [to] : [];
  });
}
