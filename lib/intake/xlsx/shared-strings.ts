/** The texts that the cells of a workbook share. Kept as bytes outside the heap, because a long list has millions of them. */
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { EXTRA_LIMIT, SHOWN } from '#lib/intake/csv/limits.ts';
import { type Archive, damaged, type Part, unpack, WorkbookError } from './archive.ts';
import { type Attributes, isStruck, readXml } from './xml.ts';

const MOST_BYTES = 512 * 1024 * 1024;
/** All texts together. */
const MOST_TEXT_BYTES = 192 * 1024 * 1024;
const FIRST_BYTES = 64 * 1024;
const FIRST_COUNT = 1024;

/** A text as it stands in the workbook, and what of it is not struck through. */
export interface ShortenedText {
  whole: string;
  read: string;
}

/** Collects the text of an `si` or `is`: its runs, without what is written above them for readers of Japanese, and without those struck through beside others. */
export class RichText {
  #text = '';
  /** Without the runs that are struck through; null: there is none of them. */
  #standing: string | null = null;
  #isReading = false;
  #isStruck = false;
  #shortened: ShortenedText | null = null;

  /** The first text of which something was left out. */
  get shortened(): ShortenedText | null {
    return this.#shortened;
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'rPh') this.#isReading = true;
    else if (name === 'r') this.#isStruck = false;
    else if (name === 'strike') this.#isStruck = isStruck(attributes);
  }

  close(name: string, text: string | null): void {
    if (name === 'rPh') this.#isReading = false;
    if (name !== 't' || this.#isReading) return;
    if (this.#isStruck) this.#standing ??= this.#text;
    else if (this.#standing !== null) this.#standing += text ?? '';
    this.#text += text ?? '';
    if (this.#text.length > 8 * EXTRA_LIMIT) throw damaged();
  }

  /** The text so far; begins anew. */
  take(): string {
    const standing = this.#standing?.trim() ?? '';
    const text = unescaped(standing === '' ? this.#text : standing);
    if (standing !== '')
      this.#shortened ??= { whole: unescaped(this.#text).slice(0, SHOWN), read: text.slice(0, SHOWN) };
    this.#text = '';
    this.#standing = null;
    this.#isStruck = false;
    return text;
  }
}

/** Characters that XML does not allow are written as `_x000D_`. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

export class SharedStrings {
  #bytes = Buffer.alloc(0);
  #ends = new Float64Array(0);
  #count = 0;
  /** The first one of which something was left out. */
  shortened: ShortenedText | null = null;

  add(text: string): void {
    const start = this.#end(this.#count - 1);
    const end = start + Buffer.byteLength(text);
    if (end > MOST_TEXT_BYTES) throw new WorkbookError(sentence('tooMuchText'));
    if (end > this.#bytes.length) {
      const longer = Buffer.allocUnsafe(Math.max(FIRST_BYTES, 2 * end));
      this.#bytes.copy(longer);
      this.#bytes = longer;
    }
    if (this.#count === this.#ends.length) {
      const more = new Float64Array(Math.max(FIRST_COUNT, 2 * this.#count));
      more.set(this.#ends);
      this.#ends = more;
    }
    this.#bytes.write(text, start);
    this.#ends[this.#count++] = end;
  }

  #end(index: number): number {
    return index < 0 ? 0 : (this.#ends[index] ?? 0);
  }

  /** Throws `WorkbookError` where there is no such text. */
  at(index: number): string {
    if (!(index >= 0 && index < this.#count)) throw damaged();
    return this.#bytes.toString('utf8', this.#end(index - 1), this.#end(index));
  }
}

/** Reads all of them; none where the workbook has no such part. */
export function readSharedStrings(archive: Archive, part: Part | null): SharedStrings {
  const strings = new SharedStrings();
  if (!part) return strings;
  const rich = new RichText();
  const handled = readXml(unpack(archive, part, MOST_BYTES), {
    wantsText: (name) => name === 't',
    open: (name, attributes) => rich.open(name, attributes),
    close(name, text) {
      rich.close(name, text);
      if (name === 'si') strings.add(rich.take());
    },
  });
  for (const _ of handled);
  strings.shortened = rich.shortened;
  return strings;
}
