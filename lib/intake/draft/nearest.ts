/** The distance between two short texts: tells a typing error from another name. */
import { editDistance } from '#lib/domain/text/similarity.ts';

/** Single-character edits (insert, delete, replace, swap neighbours) from `a` to `b`; `limit` + 1 where there are more than `limit`. */
export function distance(a: string, b: string, limit: number): number {
  return Math.abs(a.length - b.length) > limit ? limit + 1 : Math.min(editDistance(a, b), limit + 1);
}

/** The nearest of `candidates`, the first one among equals; null where none is close enough. Longer words may differ more. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const limit = word.length < 3 ? 0 : word.length < 8 ? 1 : 2;
  let best: { candidate: string; steps: number } | null = null;
  for (const candidate of candidates) {
    const steps = distance(word.toLowerCase(), candidate.toLowerCase(), limit);
    if (steps <= limit && steps < (best?.steps ?? limit + 1)) best = { candidate, steps };
  }
  return best?.candidate ?? null;
}
