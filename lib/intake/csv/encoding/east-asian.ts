/**
 * The code pages of Chinese, Japanese and Korean. Their bytes may as well be those of western names, and of one another: only where the
 * header, read in one of them, has a column that we know by its name there, and every byte fits, is a file read so.
 */
import { isUtf8 } from 'node:buffer';
import { ALIASES, columnKey } from '#lib/intake/csv/columns/column-names.ts';

export const EAST_ASIAN = ['Shift_JIS', 'GB18030', 'Big5', 'EUC-KR'] as const;
type EastAsian = (typeof EAST_ASIAN)[number];

/** The header stands here. */
const HEAD_BYTES = 4096;
const BETWEEN_CELLS = /["\t\r\n,;|、，；]+/;
const WORD = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}\p{Script=Hiragana}]{2}/u;

const known: ReadonlySet<string> = new Set(
  Object.values(ALIASES)
    .flat()
    .filter((key) => WORD.test(key.normalize('NFC'))),
);

const NAME_IN_UTF8 = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{2}|^[A-Za-z]+[\u00c0-\u017f][a-z]{2}/;

/** Whether the bytes of a word, as Latin-1, are a name in UTF-8: files with both are never read, for their names would be garbled. */
export function isUtf8Name(latin1: string): boolean {
  const bytes = Buffer.from(latin1, 'latin1');
  return isUtf8(bytes) && NAME_IN_UTF8.test(bytes.toString('utf8'));
}

/** Looks at a file block by block. */
export class EastAsianScan {
  #decoders: [EastAsian, TextDecoder][] | null = null;

  push(block: Uint8Array): void {
    this.#decoders ??= EAST_ASIAN.flatMap((name): [EastAsian, TextDecoder][] =>
      namesColumn(block.subarray(0, HEAD_BYTES), name) ? [[name, new TextDecoder(name, { fatal: true })]] : [],
    );
    if (this.#decoders.length > 0)
      this.#decoders = this.#decoders.filter(([, one]) => fits(() => one.decode(block, { stream: true })));
  }

  /** The one code page in which all of it can be read and which names a column; null: none, or more than one. */
  found(): EastAsian | null {
    const [only, ...others] = (this.#decoders ?? []).filter(([, one]) => fits(() => one.decode()));
    return only && others.length === 0 ? only[0] : null;
  }
}

function namesColumn(head: Uint8Array, name: EastAsian): boolean {
  const cells = new TextDecoder(name).decode(head).split(BETWEEN_CELLS);
  return cells.some((cell) => known.has(columnKey(cell)));
}

function fits(decode: () => string): boolean {
  try {
    decode();
    return true;
  } catch {
    // A byte that this code page does not have.
    return false;
  }
}
