/** The order in which people are processed when several files arrived together. */

/** People taken from each file per turn. */
const TURN = 100;

/**
 * Ids of people given in order of arrival. `fairly`: files take turns, `TURN` people at a time; otherwise strictly first come,
 * first served.
 */
export function fairOrder(people: readonly { id: number; fileId: string | null }[], fairly: boolean): number[] {
  if (!fairly) return people.map(({ id }) => id);
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
