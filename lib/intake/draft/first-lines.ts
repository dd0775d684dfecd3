/** Remembers in which line a person stood first, for files of any length: 12 bytes a person instead of its name. */

const START = 1 << 12;

/** Two numbers of 32 bits that say together, beyond any practical doubt, which text it is. */
function hashOf(text: string): [number, number] {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return [high | 0, low | 0];
}

export class FirstLines {
  #high = new Int32Array(START);
  #low = new Int32Array(START);
  /** 0: nobody. */
  #line = new Int32Array(START);
  #count = 0;

  /** The line in which this key stood before; null where this is its first. */
  meet(key: string, line: number): number | null {
    if (this.#count * 3 > this.#line.length * 2) this.#grow();
    const [high, low] = hashOf(key);
    const at = this.#placeOf(high, low);
    const first = this.#line[at] ?? 0;
    if (first !== 0) return first;
    this.#put(at, high, low, line);
    return null;
  }

  #placeOf(high: number, low: number): number {
    const mask = this.#line.length - 1;
    let at = low & mask;
    while (this.#line[at] !== 0 && (this.#high[at] !== high || this.#low[at] !== low)) at = (at + 1) & mask;
    return at;
  }

  #put(at: number, high: number, low: number, line: number): void {
    this.#high[at] = high;
    this.#low[at] = low;
    this.#line[at] = line;
    this.#count++;
  }

  #grow(): void {
    const [highs, lows, lines] = [this.#high, this.#low, this.#line];
    const size = lines.length * 2;
    [this.#high, this.#low, this.#line] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)];
    this.#count = 0;
    for (const [n, line] of lines.entries()) {
      const [high = 0, low = 0] = [highs[n], lows[n]];
      if (line !== 0) this.#put(this.#placeOf(high, low), high, low, line);
    }
  }
}
