import type { RunItem } from '#lib/services/runs/run-item.ts';

/** The first processing of an upload is about chosen people as well, and no re-run. */
export function isRunAgain({ selection }: Pick<RunItem, 'selection'>): boolean {
  return selection !== null && selection.kind !== 'imported';
}
