/** In which order people are looked at when several files came together. */

/** So many of each file in its turn. */
const TURN = 100;

/** Ids of people given in order of arrival. `fairly`: the files take turns, some people at a time; else strictly as they came. */
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
