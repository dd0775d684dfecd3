/** How every benchmark says what it found: one line a figure, with its target and a baseline of the same run. */

export interface Figure {
  what: string;
  /** With its unit in `unit`. */
  figure: number;
  unit: string;
  /** `at most` or `at least` so much. */
  target?: { atMost: number } | { atLeast: number };
  baseline?: number;
  /** What the baseline is. */
  baselineIs?: string;
}

export function p95(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

function text(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && Math.abs(value) < 1) return value.toPrecision(3);
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });
}

/** Prints a figure; a target that is missed makes the process fail. */
export function report({ what, figure, unit, target, baseline, baselineIs }: Figure): void {
  const cells = [`${what}: ${text(figure)} ${unit}`.trim()];
  if (target) {
    const isHeld = 'atMost' in target ? figure <= target.atMost : figure >= target.atLeast;
    const targetText = 'atMost' in target ? `≤ ${text(target.atMost)}` : `≥ ${text(target.atLeast)}`;
    cells.push(`target ${targetText}`, isHeld ? 'held' : 'NOT HELD');
    if (!isHeld) process.exitCode = 1;
  }
  if (baseline !== undefined) {
    const ratio = Math.max(figure, baseline) / Math.max(Math.min(figure, baseline), Number.MIN_VALUE);
    cells.push(`baseline ${text(baseline)} ${unit}${baselineIs ? ` (${baselineIs})` : ''}`, `ratio ${text(ratio)} ×`);
  }
  process.stdout.write(`${cells.join(' | ')}\n`);
}
