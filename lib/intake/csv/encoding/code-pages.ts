/**
 * Which of the old single-byte code pages a text is in. No byte says so; the words do: in the wrong one names hold signs and letters
 * that no language puts together.
 */

import { CP850 } from '#lib/domain/text/garbled-text.ts';
import { oddity, unopenedQuotes } from './odd-words.ts';

export const CODE_PAGES = [
  'Windows-1252',
  'Windows-1250',
  'Windows-1254',
  'Windows-1251',
  'Windows-1253',
  'Windows-1255',
  'Windows-1256',
  'Windows-1257',
  'Windows-874',
  'ISO-8859-2',
  'ISO-8859-5',
  'ISO-8859-15',
  'KOI8-R',
  'CP866',
  'MacRoman',
  'CP850',
  'CP852',
] as const;
export type CodePage = (typeof CODE_PAGES)[number];

/** 0x80 to 0x9F; the rest equals Latin-1. Not from TextDecoder: some versions of Node decode these bytes as Latin-1. */
const WINDOWS_1252 = '€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ';
/** 0x80 to 0xFF in the code page of DOS for central Europe, which TextDecoder does not know. */
const CP852 =
  'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0';
const LABELS: Record<Exclude<CodePage, 'CP850' | 'CP852' | 'Windows-1252'>, string> = {
  'Windows-1250': 'windows-1250',
  'Windows-1254': 'windows-1254',
  'Windows-1251': 'windows-1251',
  'Windows-1253': 'windows-1253',
  'Windows-1255': 'windows-1255',
  'Windows-1256': 'windows-1256',
  'Windows-1257': 'windows-1257',
  'Windows-874': 'windows-874',
  'ISO-8859-2': 'iso-8859-2',
  'ISO-8859-5': 'iso-8859-5',
  'ISO-8859-15': 'iso-8859-15',
  'KOI8-R': 'koi8-r',
  CP866: 'ibm866',
  MacRoman: 'macintosh',
};

const UNDEFINED = '�';
const HIGH_BYTES = Uint8Array.from({ length: 128 }, (_, index) => index + 128);

function highHalf(codePage: CodePage): string {
  if (codePage === 'CP850') return CP850;
  if (codePage === 'CP852') return CP852;
  if (codePage === 'Windows-1252') return WINDOWS_1252 + Buffer.from(HIGH_BYTES.subarray(32)).toString('latin1');
  const high = new TextDecoder(LABELS[codePage]).decode(HIGH_BYTES);
  // Decoders of browsers let undefined bytes through as control characters.
  return high.replace(/[\u0080-\u009f]/g, UNDEFINED);
}

const tables = new Map<CodePage, string>();

function tableOf(codePage: CodePage): string {
  const table = tables.get(codePage) ?? highHalf(codePage);
  tables.set(codePage, table);
  return table;
}

/** Decodes bytes that came as Latin-1 text. */
export function fromLatin1(latin1: string, codePage: CodePage): string {
  const table = tableOf(codePage);
  return latin1.replace(/[\x80-\xff]/g, (character) => table.charAt(character.charCodeAt(0) - 0x80));
}

/** A text as it would be if its bytes were in another code page. */
export function readAnew(text: string, from: CodePage, to: CodePage): string {
  const [table, other] = [tableOf(from), tableOf(to)];
  return text.replace(/\P{ASCII}/gu, (character) => {
    const at = table.indexOf(character);
    return at < 0 ? character : other.charAt(at);
  });
}

/** What a code page costs before a word is looked at: the rarer it is today, the more. */
const PRIOR: Record<CodePage, number> = {
  'Windows-1252': 0,
  'Windows-1250': 1,
  MacRoman: 1.2,
  CP850: 1.2,
  'Windows-1254': 1.4,
  'Windows-1251': 1.6,
  'Windows-1253': 1.7,
  'Windows-1255': 1.8,
  'Windows-1256': 1.8,
  'Windows-1257': 1.5,
  'Windows-874': 2.2,
  'ISO-8859-2': 1.5,
  'ISO-8859-5': 2.3,
  'ISO-8859-15': 1.4,
  'KOI8-R': 2,
  CP866: 2,
  CP852: 1.5,
};

/** One word of the west may well read as one of these too. */
const SELDOM: readonly CodePage[] = ['Windows-1257', 'ISO-8859-2', 'CP852'];

/** What costs more than this on average is no text; what costs less is plain. */
const NO_WORDS = 3.5;
const PLAIN_WORDS = 0.5;
const OTHER_SCRIPTS: readonly CodePage[] = [
  'Windows-1251',
  'Windows-1253',
  'Windows-1255',
  'Windows-1256',
  'Windows-874',
  'ISO-8859-5',
  'KOI8-R',
  'CP866',
];

export interface Guess {
  codePage: CodePage;
  /** What else it may be, where the guess leaves a doubt. */
  others: CodePage[];
  /** Whether it reads as words of another script than Latin, which no mixture of encodings does. */
  isOtherScript: boolean;
  /** How unlike words what it reads is, on average. */
  oddity: number;
}

/** `words`: those that hold a byte above ASCII, as Latin-1. Null where they are words in no code page. */
export function guessCodePage(words: readonly string[]): Guess | null {
  const rated = CODE_PAGES.flatMap((codePage) => {
    const readings = words.map((word) => fromLatin1(word, codePage));
    if (readings.some((word) => word.includes(UNDEFINED))) return [];
    return { codePage, readings, cost: readings.reduce((sum, word) => sum + oddity(word), unopenedQuotes(readings)) };
  });
  const western = rated.find(({ codePage }) => codePage === 'Windows-1252');
  if (western?.cost === 0) return { codePage: 'Windows-1252', others: [], isOtherScript: false, oddity: 0 };
  const [best, ...others] = rated.sort((a, b) => a.cost + PRIOR[a.codePage] - b.cost - PRIOR[b.codePage]);
  if (!best || best.cost > words.length * NO_WORDS) return null;
  const isOtherScript = OTHER_SCRIPTS.includes(best.codePage) && best.cost <= words.length * PLAIN_WORDS;
  const average = best.cost / words.length;
  const differing = others.filter(({ readings }) => readings.some((word, index) => word !== best.readings[index]));
  const [next] = differing;
  // What Excel writes in the west is told as a doubt only where another usual code page reads better; it is what most programs would show.
  if (best === western && !others.some(({ codePage, cost }) => cost < best.cost && !SELDOM.includes(codePage)))
    return { codePage: best.codePage, others: [], isOtherScript, oddity: average };
  const alternatives = new Set(differing.filter((one) => one === western).concat(next ?? []));
  return {
    codePage: best.codePage,
    others: [...alternatives].map(({ codePage }) => codePage),
    isOtherScript,
    oddity: average,
  };
}

/** So many different words tell the code page of a file. */
const WORDS = 2000;
const WORD_LENGTH = 60;

const UTF8 = new TextDecoder('utf-8', { fatal: true });
/** Three letters or more of a script that needs two bytes for each: no code page has these as a word. */
const WORD_OF_TWO_BYTES = /^[\u0370-\u06ff]{3,}$/;

/** Whether a word with these bytes, as Latin-1, is one of UTF-8, in whatever code page the others are. */
export function isUtf8Word(latin1: string): boolean {
  try {
    return WORD_OF_TWO_BYTES.test(UTF8.decode(Buffer.from(latin1, 'latin1')));
  } catch {
    // Its bytes are not UTF-8.
    return false;
  }
}

/** Collects the different words that hold a byte above ASCII, as Latin-1. */
export class WordCollector {
  readonly #words = new Set<string>();
  #word: number[] = [];
  #hasHigh = false;

  push(byte: number): void {
    const isLetter = byte >= 0x80 || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
    if (!isLetter) this.#end();
    else if (this.#word.length < WORD_LENGTH) this.#word.push(byte);
    this.#hasHigh ||= byte >= 0x80;
  }

  found(): string[] {
    this.#end();
    return [...this.#words];
  }

  #end(): void {
    if (this.#hasHigh && this.#words.size < WORDS) this.#words.add(Buffer.from(this.#word).toString('latin1'));
    if (this.#word.length > 0) this.#word = [];
    this.#hasHigh = false;
  }
}
