/** Progress in the tab's title. Pure. */

const PROGRESS = /^(?:\d{1,3} % · )+/;

/** The title with the progress in front; null: without. */
export function titleWith(title: string, percent: number | null): string {
  const bare = title.replace(PROGRESS, '');
  return percent === null ? bare : `${percent} % · ${bare}`;
}

/** Whole percent of a run that knows its people; null: nothing to tell yet. */
export function percentOf({ peopleDone, peopleDue }: { peopleDone: number; peopleDue: number }): number | null {
  return peopleDue === 0 ? null : Math.min(100, Math.floor((100 * peopleDone) / peopleDue));
}
