/** NUL characters that fill up fields of a fixed length, or the last block of a file, are nothing; all others are damage. */

const LF = 10;
const CR = 13;
/** What stands behind a padded field: a delimiter, a quote or the end of the line. */
const BEHIND: ReadonlySet<number> = new Set([...',;\t|"\r\n\u001a'].map((character) => character.charCodeAt(0)));

/** A program that pads one field pads them all: fewer may be damage. */
const PADDED_FIELDS = 3;

/** `cut`: the text breaks off, and there is nothing but NUL from there on. */
export type NulVerdict = 'none' | 'padding' | 'cut' | 'damage';

/** Watches the characters of a file pass by; of those only the plain ones matter. */
export class NulPadding {
  #last = 0;
  #isRun = false;
  #fields = 0;
  #isDamage = false;

  push(unit: number): void {
    if (unit === 0) {
      this.#isRun = true;
      return;
    }
    if (this.#isRun) {
      if (BEHIND.has(unit)) this.#fields++;
      else this.#isDamage = true;
      this.#isRun = false;
    }
    this.#last = unit;
  }

  /** After a line end a block was filled up; in the middle of a line only where other fields are padded as well. */
  end(): NulVerdict {
    const arePadded = this.#fields >= PADDED_FIELDS;
    if (this.#isDamage || (this.#fields > 0 && !arePadded)) return 'damage';
    if (!this.#isRun) return arePadded ? 'padding' : 'none';
    return arePadded || this.#last === LF || this.#last === CR ? 'padding' : 'cut';
  }
}
