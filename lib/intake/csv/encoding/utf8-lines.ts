/** Follows UTF-8 byte by byte, and tells in which lines it is broken. */

const CR = 13;
const LF = 10;

/** Continuation bytes after a UTF-8 lead byte and the range of the first of them (Unicode, table 3-7); null: not a lead byte. */
export function utf8Lead(byte: number): { need: number; low: number; high: number } | null {
  if (byte >= 0xc2 && byte <= 0xdf) return { need: 1, low: 0x80, high: 0xbf };
  if (byte >= 0xe0 && byte <= 0xef)
    return { need: 2, low: byte === 0xe0 ? 0xa0 : 0x80, high: byte === 0xed ? 0x9f : 0xbf };
  if (byte >= 0xf0 && byte <= 0xf4)
    return { need: 3, low: byte === 0xf0 ? 0x90 : 0x80, high: byte === 0xf4 ? 0x8f : 0xbf };
  return null;
}

/** Where bytes are not UTF-8, and where characters are of nothing else. A line number of 0: nothing of the kind was found. */
export class Utf8Lines {
  /** The line that is read. */
  line = 1;
  /** The first line with bytes that are not UTF-8. */
  invalid = 0;
  /** The first with characters of UTF-8 and nothing that is not; and the first with both: characters of other encodings may look like UTF-8 by chance. */
  alone = 0;
  both = 0;
  #lastInvalid = 0;
  #lastSequence = 0;
  #afterCr = false;
  #need = 0;
  #low = 0x80;
  #high = 0xbf;

  /** Whether there was a whole character that is not ASCII. */
  get hasSequence(): boolean {
    return this.#lastSequence > 0;
  }

  /** Whether a character has begun that is not complete. */
  get isWithin(): boolean {
    return this.#need > 0;
  }

  push(byte: number): void {
    if (byte < 0x80) this.#pushPlain(byte);
    else this.#pushOther(byte);
    this.#afterCr = byte === CR;
  }

  /** Nothing follows. */
  end(): void {
    if (this.#need > 0) this.#markInvalid();
    this.#endLine();
  }

  #pushPlain(byte: number): void {
    if (this.#need > 0) this.#markInvalid();
    this.#need = 0;
    if (byte !== CR && (byte !== LF || this.#afterCr)) return;
    this.#endLine();
    this.line++;
  }

  #pushOther(byte: number): void {
    if (this.#need > 0 && byte >= this.#low && byte <= this.#high) {
      this.#need--;
      this.#expect(0x80, 0xbf);
      if (this.#need === 0) this.#lastSequence = this.line;
      return;
    }
    const lead = utf8Lead(byte);
    if (this.#need > 0 || !lead) this.#markInvalid();
    this.#need = lead?.need ?? 0;
    this.#expect(lead?.low ?? 0x80, lead?.high ?? 0xbf);
  }

  #expect(low: number, high: number): void {
    this.#low = low;
    this.#high = high;
  }

  #markInvalid(): void {
    this.invalid ||= this.line;
    this.#lastInvalid = this.line;
  }

  #endLine(): void {
    if (this.#lastSequence !== this.line) return;
    if (this.#lastInvalid === this.line) this.both ||= this.line;
    else this.alone ||= this.line;
  }
}
