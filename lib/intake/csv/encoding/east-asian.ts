/**
 * The code pages of Chinese, Japanese and Korean. Their bytes may as well be those of western names, and of one another: only where every
 * byte fits is a file read so, and the header, read in one of them, has a column that we know by its name there. Where it has none, family
 * names tell, which leaves a doubt.
 */
import { isUtf8 } from 'node:buffer';
import { ALIASES, columnKey } from '#lib/intake/csv/columns/column-names.ts';
import { type EastAsian, FamilyNames } from './family-names.ts';

export const EAST_ASIAN = ['Shift_JIS', 'GB18030', 'Big5', 'EUC-KR'] as const satisfies readonly EastAsian[];

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

interface Reading {
  codePage: EastAsian;
  decoder: TextDecoder;
  namesColumn: boolean;
  names: FamilyNames;
}

interface Likely {
  codePage: EastAsian;
  people: number;
}

/** Looks at a file block by block. */
export class EastAsianScan {
  #readings: Reading[] | null = null;

  push(block: Uint8Array): void {
    this.#readings ??= EAST_ASIAN.map((codePage) => ({
      codePage,
      decoder: new TextDecoder(codePage, { fatal: true }),
      namesColumn: namesColumn(block.subarray(0, HEAD_BYTES), codePage),
      names: new FamilyNames(),
    }));
    if (this.#readings.length > 0)
      this.#readings = this.#readings.filter(({ decoder, names }) =>
        fits(() => names.see(decoder.decode(block, { stream: true }))),
      );
  }

  /**
   * `certain`: the one code page in which all of it can be read and which names a column. `likely`: the one that reads as names of so many
   * people. Null: none, or more than one. `possible`: all in which it is a text.
   */
  found(): { certain: EastAsian | null; likely: Likely | null; possible: EastAsian[] } {
    const whole = (this.#readings ?? []).filter(({ decoder }) => fits(() => decoder.decode()));
    const only = <One>([first, ...others]: readonly One[]) => (first && others.length === 0 ? first : null);
    const possible = whole.filter(({ codePage, names }) => names.mayBe(codePage));
    const likely = possible.map(({ codePage, names }) => ({ codePage, people: names.count(codePage) }));
    return {
      certain: only(whole.filter((reading) => reading.namesColumn).map(({ codePage }) => codePage)),
      likely: only(likely.filter(({ people }) => people > 0)),
      possible: possible.map(({ codePage }) => codePage),
    };
  }
}

function namesColumn(head: Uint8Array, name: EastAsian): boolean {
  const cells = new TextDecoder(name).decode(head).split(BETWEEN_CELLS);
  return cells.some((cell) => known.has(columnKey(cell)));
}

function fits(decode: () => unknown): boolean {
  try {
    decode();
    return true;
  } catch {
    // A byte that this code page does not have.
    return false;
  }
}

const bytesOf = new Map<EastAsian, ReadonlyMap<string, readonly number[]>>();

function bytesTable(codePage: EastAsian): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder(codePage, { fatal: true });
  const table = new Map<string, readonly number[]>();
  const add = (...bytes: number[]) =>
    fits(() => {
      const text = decoder.decode(Uint8Array.from(bytes));
      if ([...text].length === 1 && !table.has(text)) table.set(text, bytes);
    });
  for (let lead = 0x81; lead < 0xff; lead++) {
    add(lead);
    for (let trail = 0x40; trail < 0xff; trail++) add(lead, trail);
  }
  return table;
}

/** A text as the bytes that it was read from. */
export function toBytes(text: string, codePage: EastAsian): Uint8Array {
  const table = bytesOf.get(codePage) ?? bytesTable(codePage);
  bytesOf.set(codePage, table);
  // What has no two bytes there, and is not plain, has four: a question mark stands for it.
  return Uint8Array.from([...text].flatMap((one) => table.get(one) ?? [one < '\x80' ? one.charCodeAt(0) : 0x3f]));
}
