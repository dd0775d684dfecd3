/** Numbers, alone and with their noun. Pure. */

/** `1,204` */
export function numberText(n: number): string {
  return n.toLocaleString('en-GB');
}

/** `1 person`, `1,204 people`. */
export function countText(n: number, one: string, many: string): string {
  return `${numberText(n)} ${n === 1 ? one : many}`;
}
