/** Groups events that are one action: somebody did the same to many people at one moment. Pure. */
import type { HistoryEntry } from '#lib/services/history/history.ts';

export interface EventGroup {
  /** The newest of its events; they differ only in whom they are about. */
  entry: HistoryEntry;
  people: NonNullable<HistoryEntry['person']>[];
}

function isSameDeed(a: HistoryEntry, b: HistoryEntry): boolean {
  const deed = ({ at, actor, kind, message, fromState, toState, runId }: HistoryEntry) =>
    JSON.stringify([at, actor, kind, message, fromState, toState, runId]);
  const isPlain = ({ person, changes }: HistoryEntry) => person !== null && changes.length === 0;
  return isPlain(a) && isPlain(b) && deed(a) === deed(b);
}

/** Adjacent events of one action become one entry. */
export function groupEvents(entries: readonly HistoryEntry[]): EventGroup[] {
  const found: EventGroup[] = [];
  for (const entry of entries) {
    const last = found.at(-1);
    const people = entry.person ? [entry.person] : [];
    if (last && isSameDeed(last.entry, entry)) last.people.push(...people);
    else found.push({ entry, people });
  }
  return found;
}
