/** Numbers with their noun. Pure. */

/** `1 person`, `1,204 people`. */
export function countText(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
}
