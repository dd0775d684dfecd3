/** How far two short texts are apart: to tell a slip of the finger from another name. */

/** Steps of one character (add, drop, change, swap neighbours) from `a` to `b`; `limit` + 1 where it is more than `limit`. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const steps = [(last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1)];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) steps.push((beforeLast[j - 2] ?? 0) + 1);
      row.push(Math.min(...steps));
    }
    beforeLast = last;
    last = row;
  }
  return Math.min(last[b.length] ?? limit + 1, limit + 1);
}

/** The nearest of `candidates`, first come first served among equals; null where none is within reach. Longer words may differ more. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const limit = word.length < 3 ? 0 : word.length < 8 ? 1 : 2;
  let best: { candidate: string; steps: number } | null = null;
  for (const candidate of candidates) {
    const steps = distance(word.toLowerCase(), candidate.toLowerCase(), limit);
    if (steps <= limit && steps < (best?.steps ?? limit + 1)) best = { candidate, steps };
  }
  return best?.candidate ?? null;
}
