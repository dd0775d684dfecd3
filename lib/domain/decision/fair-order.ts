/** The order in which people are processed when several files arrived together. */

/** People taken from each file per turn. */
const TURN = 100;

export interface QueuedPerson {
  id: number;
  /** The first file that named the person; null where none did. */
  fileId: string | null;
  /** The start date or, where that is later or there is none, when the person arrived; ms UTC. */
  neededAt: number;
}

/**
 * Ids of people given in order of arrival. `fairly`: files take turns, `TURN` people at a time; otherwise, because seats are
 * scarce, whoever needs the licence first comes first.
 */
export function fairOrder(people: readonly QueuedPerson[], fairly: boolean): number[] {
  if (!fairly) return people.toSorted((a, b) => a.neededAt - b.neededAt || a.id - b.id).map(({ id }) => id);
  const files = new Map<string | null, number[]>();
  for (const { id, fileId } of people) {
    const file = files.get(fileId);
    if (file) file.push(id);
    else files.set(fileId, [id]);
  }
  const order: number[] = [];
  for (let start = 0; order.length < people.length; start += TURN)
    for (const file of files.values()) for (const id of file.slice(start, start + TURN)) order.push(id);
  return order;
}
