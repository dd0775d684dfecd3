/**
 * From bytes to text: detects the encoding of a file from all of its bytes, and decodes block by block. Guesses nothing that
 * could garble a name.
 */
import { isUtf8 } from 'node:buffer';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import type { FileProblem } from '#lib/intake/csv/problem.ts';
import {
  CODE_PAGES,
  type CodePage,
  fromLatin1,
  guessCodePage,
  isUtf8Word,
  readAnew,
  WordCollector,
} from './code-pages.ts';
import { EAST_ASIAN, EastAsianScan, isUtf8Name, toBytes } from './east-asian.ts';
import { NulPadding } from './nul-padding.ts';

const ENCODINGS = ['UTF-8', 'UTF-16LE', 'UTF-16BE', ...CODE_PAGES, ...EAST_ASIAN] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Those that no byte tells from one another. */
export const GUESSED = [...CODE_PAGES, ...EAST_ASIAN] as const;
export type Guessed = (typeof GUESSED)[number];

/** How the bytes of a file are to be read: as text, or as a workbook of Excel. */
export const FORMATS = [...ENCODINGS, 'XLSX'] as const;
export type Format = (typeof FORMATS)[number];

/** `others`: what else the file may be in, where its bytes leave a doubt. `padded`: it is filled up with NUL characters, which are nothing. */
export type Detected =
  | { kind: 'ok'; encoding: Format; others?: Guessed[]; padded?: true }
  | { kind: 'fault'; problem: FileProblem };

interface Scan {
  push(block: Uint8Array): void;
  end(): Detected;
}

const ARCHIVE = [0x50, 0x4b, 0x03, 0x04];
/** What Office wrote before 2007, and still writes around a file with a password. */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** gzip, 7-Zip, RAR, and a ZIP archive without a part. */
const COMPRESSED = [
  [0x1f, 0x8b, 0x08],
  [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
  [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07],
  [0x50, 0x4b, 0x05, 0x06],
];
/** More than this on average is hardly a name in any single-byte code page. */
const ODD_WORDS = 1.4;
const UTF16_SAMPLE_BYTES = 256;
const UTF32_SAMPLE_BYTES = 64;
/** A file that begins with so many bytes of plain text is not in UTF-16. */
const OPENING_BYTES = 16;
/** So many units of UTF-16 that are plain characters each are no Chinese but single bytes. */
const SINGLE_BYTES_UNITS = 8;

function fault(line: number, problem: Sentence): Detected {
  return { kind: 'fault', problem: { line, column: null, ...problem } };
}

function nulFault(line: number, isCut: boolean): Detected {
  return fault(line, isCut ? sentence('nulFromLine', { line }) : sentence('nulCharacter'));
}

/**
 * True where all bytes are valid UTF-8 without a NUL; then `detectEncoding` is not needed. Much faster, since it only says yes
 * or no and stops at the first block that is anything else.
 */
export function isPlainUtf8(blocks: Iterable<Uint8Array>): boolean {
  let rest: Uint8Array = new Uint8Array();
  let isFirst = true;
  for (const block of blocks) {
    if (isFirst && startsWith(block, ...ARCHIVE)) return false;
    isFirst = false;
    const bytes = rest.length === 0 ? block : Buffer.concat([rest, block]);
    const end = bytes.length - incompleteTail(bytes);
    const whole = bytes.subarray(0, end);
    if (whole.includes(0) || !isUtf8(whole)) return false;
    rest = Uint8Array.from(bytes.subarray(end));
  }
  return rest.length === 0;
}

/** How many bytes at the end may belong to a character that continues in the next block. */
function incompleteTail(bytes: Uint8Array): number {
  for (let n = 1; n <= 3 && n <= bytes.length; n++) {
    const byte = bytes[bytes.length - n] ?? 0;
    if (byte >= 0xc0) return (utf8Lead(byte)?.need ?? 0) >= n ? n : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

/** Detects the encoding. Reads to the end even where the first blocks are plain ASCII: one byte in the last line can decide. */
export function detectEncoding(blocks: Iterable<Uint8Array>): Detected {
  let scan: Scan | null = null;
  for (const block of blocks) {
    if (!scan) {
      if (startsWith(block, ...ARCHIVE)) return { kind: 'ok', encoding: 'XLSX' };
      scan = startScan(block);
    }
    scan.push(block);
  }
  return scan ? scan.end() : { kind: 'ok', encoding: 'UTF-8' };
}

function startsWith(block: Uint8Array, ...bytes: number[]): boolean {
  return bytes.every((byte, index) => block[index] === byte);
}

function startScan(block: Uint8Array): Scan {
  if (COMPRESSED.some((beginning) => startsWith(block, ...beginning)))
    return { push() {}, end: () => fault(1, sentence('compressedFile')) };
  if (isUtf32(block)) return { push() {}, end: () => fault(1, sentence('utf32')) };
  if (startsWith(block, 0xff, 0xfe)) return scanUnits(true);
  if (startsWith(block, 0xfe, 0xff)) return scanUnits(false);
  if (startsWith(block, 0xef, 0xbb, 0xbf)) return scanBytes(true);
  if (startsWith(block, ...COMPOUND_FILE)) return scanCompoundFile();
  if (!block.subarray(0, OPENING_BYTES).includes(0)) return scanBytes(false);
  let nulHigh = 0;
  let nulLow = 0;
  const pairs = Math.floor(Math.min(block.length, UTF16_SAMPLE_BYTES) / 2);
  for (let pair = 0; pair < pairs; pair++) {
    const first = block[2 * pair];
    const second = block[2 * pair + 1];
    if (first !== 0 && second === 0) nulHigh++;
    if (first === 0 && second !== 0) nulLow++;
  }
  // A header is nearly all ASCII, so in UTF-16 every other byte of it is NUL; in a damaged single-byte file only a few are.
  if (nulHigh * 10 >= pairs * 3 && nulHigh > 2 * nulLow) return scanUnits(true);
  if (nulLow * 10 >= pairs * 3 && nulLow > 2 * nulHigh) return scanUnits(false);
  return scanBytes(false);
}

/** With its byte-order mark, or by the three NUL bytes beside each plain character. */
function isUtf32(block: Uint8Array): boolean {
  const quads = Math.floor(Math.min(block.length, UTF32_SAMPLE_BYTES) / 4);
  const littleEndian = (at: number) => block[at + 1] === 0 && block[at + 2] === 0 && block[at + 3] === 0;
  const bigEndian = (at: number) => block[at] === 0 && block[at + 1] === 0 && block[at + 2] === 0;
  const marked = startsWith(block, 0xff, 0xfe, 0, 0) || startsWith(block, 0, 0, 0xfe, 0xff);
  const starts = Array.from({ length: quads }, (_, quad) => 4 * quad);
  const isFilled = (at: number) => block.subarray(at, at + 4).some((byte) => byte !== 0);
  return marked || (quads > 1 && starts.every(isFilled) && (starts.every(littleEndian) || starts.every(bigEndian)));
}

/** Never read: only what it is and what to do is told. */
function scanCompoundFile(): Scan {
  const encrypted = Buffer.from('EncryptedPackage', 'utf16le');
  let isEncrypted = false;
  let tail: Uint8Array = new Uint8Array();
  return {
    push(block) {
      const seen = Buffer.concat([tail, block]);
      isEncrypted ||= seen.includes(encrypted);
      tail = Uint8Array.from(seen.subarray(-encrypted.length));
    },
    end: () => fault(1, sentence(isEncrypted ? 'protectedWorkbook' : 'oldOfficeFile')),
  };
}

/** Continuation bytes after a UTF-8 lead byte and the range of the first of them (Unicode, table 3-7); null: not a lead byte. */
function utf8Lead(byte: number): { need: number; low: number; high: number } | null {
  if (byte >= 0xc2 && byte <= 0xdf) return { need: 1, low: 0x80, high: 0xbf };
  if (byte >= 0xe0 && byte <= 0xef)
    return { need: 2, low: byte === 0xe0 ? 0xa0 : 0x80, high: byte === 0xed ? 0x9f : 0xbf };
  if (byte >= 0xf0 && byte <= 0xf4)
    return { need: 3, low: byte === 0xf0 ? 0x90 : 0x80, high: byte === 0xf4 ? 0x8f : 0xbf };
  return null;
}

/** UTF-8 or a code page of single bytes. A line number of 0 means that nothing of the kind was found. */
function scanBytes(declaredUtf8: boolean): Scan {
  let line = 1;
  let afterCr = false;
  let need = 0;
  let low = 0x80;
  let high = 0xbf;
  let nulLine = 0;
  let invalidLine = 0;
  /** The last lines of each kind, and the first that is UTF-8 alone: characters of other encodings may look like UTF-8 by chance. */
  let lastInvalid = 0;
  let lastSequence = 0;
  let utf8Line = 0;
  let bothLine = 0;
  let nuls = 0;
  let bytesFromNul = 0;
  const words = new WordCollector();
  const padding = new NulPadding();
  const eastAsian = new EastAsianScan();
  return {
    push(block) {
      if (!declaredUtf8) eastAsian.push(block);
      for (const byte of block) {
        words.push(byte);
        padding.push(byte);
        if (nulLine || byte === 0) bytesFromNul++;
        if (byte === 0) nuls++;
        if (byte < 0x80) {
          if (need > 0) {
            invalidLine ||= line;
            lastInvalid = line;
          }
          need = 0;
          if (byte === 13 || (byte === 10 && !afterCr)) {
            if (lastSequence === line && lastInvalid === line) bothLine ||= line;
            else if (lastSequence === line) utf8Line ||= line;
            line++;
          }
          if (byte === 0) nulLine ||= line;
          afterCr = byte === 13;
          continue;
        }
        afterCr = false;
        if (need > 0 && byte >= low && byte <= high) {
          need--;
          low = 0x80;
          high = 0xbf;
          if (need === 0) lastSequence = line;
          continue;
        }
        const lead = utf8Lead(byte);
        if (need > 0 || !lead) {
          invalidLine ||= line;
          lastInvalid = line;
        }
        need = lead?.need ?? 0;
        low = lead?.low ?? 0x80;
        high = lead?.high ?? 0xbf;
      }
    },
    end() {
      const nul = padding.end();
      const padded = nul === 'padding' ? { padded: true as const } : {};
      if (nulLine && nul !== 'padding' && nuls * 10 >= bytesFromNul * 3 && nuls * 10 <= bytesFromNul * 7)
        return fault(nulLine, sentence('utf16FromLine', { line: nulLine }));
      if (nulLine && nul !== 'padding') return nulFault(nulLine, nul === 'cut');
      if (need > 0 && !invalidLine && lastSequence > 0) return fault(line, sentence('cutCharacter'));
      if (need > 0) {
        invalidLine ||= line;
        lastInvalid = line;
      }
      if (!invalidLine) return { kind: 'ok', encoding: 'UTF-8', ...padded };
      if (declaredUtf8) return fault(invalidLine, sentence('markedAsUtf8'));
      if (lastSequence === line && lastInvalid === line) bothLine ||= line;
      else if (lastSequence === line) utf8Line ||= line;
      const found = words.found();
      const asian = nulLine || found.some(isUtf8Name) ? null : eastAsian.found();
      if (asian?.certain) return { kind: 'ok', encoding: asian.certain };
      const guess = guessCodePage(found);
      // Words of a single-byte code page are surer, and one name alone is a chance hit where it may be such a word.
      const isPlain = guess !== null && (guess.isOtherScript || guess.others.length === 0);
      if (asian?.likely && !isPlain && (guess === null || asian.likely.people > 1 || guess.oddity > ODD_WORDS)) {
        const { codePage: encoding } = asian.likely;
        const others = [...asian.possible.filter((one) => one !== encoding), guess?.codePage ?? 'Windows-1252'];
        return { kind: 'ok', encoding, others, ...padded };
      }
      if (utf8Line) return fault(invalidLine, sentence('mixedEncodings', { utf8: utf8Line, other: invalidLine }));
      if (found.some(isUtf8Word)) return fault(bothLine || invalidLine, sentence('mixedInLine'));
      if (!guess || (lastSequence > 0 && !guess.isOtherScript)) return fault(invalidLine, sentence('unknownEncoding'));
      const { codePage, others } = guess;
      return { kind: 'ok', encoding: codePage, ...(others.length === 0 ? {} : { others }), ...padded };
    },
  };
}

/** UTF-16, with or without a byte-order mark. */
function scanUnits(littleEndian: boolean): Scan {
  let line = 1;
  let afterCr = false;
  let carry = -1;
  let afterHighSurrogate = false;
  let nulLine = 0;
  let loneLine = 0;
  let bytesLine = 0;
  const padding = new NulPadding();
  const pairs: number[] = [];
  /** A run of units that are two plain characters each, with an @ among them, is a line of single bytes. */
  const watch = (unit: number): void => {
    const [low, high] = [unit & 0xff, unit >> 8];
    const isPlain = low >= 0x20 && low < 0x7f && high >= 0x20 && high < 0x7f;
    if (isPlain) pairs.push(low, high);
    else {
      if (pairs.length >= 2 * SINGLE_BYTES_UNITS && pairs.includes(0x40)) bytesLine ||= line;
      pairs.length = 0;
    }
  };
  const take = (unit: number): void => {
    const isLow = unit >= 0xdc00 && unit <= 0xdfff;
    if (isLow !== afterHighSurrogate) loneLine ||= line;
    afterHighSurrogate = unit >= 0xd800 && unit <= 0xdbff;
    if (unit === 0) nulLine ||= line;
    padding.push(unit);
    watch(unit);
    if (unit === 13 || (unit === 10 && !afterCr)) line++;
    afterCr = unit === 13;
  };
  return {
    push(block) {
      for (const byte of block) {
        if (carry < 0) {
          carry = byte;
          continue;
        }
        take(littleEndian ? carry | (byte << 8) : (carry << 8) | byte);
        carry = -1;
      }
    },
    end() {
      watch(0);
      if (bytesLine) return fault(bytesLine, sentence('notAllUtf16', { line: bytesLine }));
      const nul = padding.end();
      if (nulLine && nul !== 'padding') return nulFault(nulLine, nul === 'cut');
      if (loneLine || afterHighSurrogate) return fault(loneLine || line, sentence('halfCharacter'));
      if (carry >= 0) return fault(line, sentence('cutCharacter'));
      const encoding = littleEndian ? 'UTF-16LE' : 'UTF-16BE';
      return { kind: 'ok', encoding, ...(nulLine ? { padded: true } : {}) };
    },
  };
}

/** Decodes block by block, without a leading byte-order mark and without padding. `detectEncoding` must have accepted the bytes. */
export function* decodeBlocks(blocks: Iterable<Uint8Array>, encoding: Encoding): Generator<string> {
  for (const text of decodedBlocks(blocks, encoding)) yield text.includes('\0') ? text.replaceAll('\0', '') : text;
}

function* decodedBlocks(blocks: Iterable<Uint8Array>, encoding: Encoding): Generator<string> {
  const codePage = codePageOf(encoding);
  if (codePage) {
    for (const block of blocks)
      yield fromLatin1(Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString('latin1'), codePage);
    return;
  }
  const decoder = new TextDecoder(encoding);
  for (const block of blocks) yield decoder.decode(block, { stream: true });
  yield decoder.decode();
}

function codePageOf(encoding: Format): CodePage | null {
  return CODE_PAGES.find((codePage) => codePage === encoding) ?? null;
}

/** An encoding that only its words tell; null for one that its bytes tell. */
export function guessedOf(encoding: Format): Guessed | null {
  return GUESSED.find((guessed) => guessed === encoding) ?? null;
}

/** A text as it would be if its bytes were in another of these encodings. */
export function readOtherwise(text: string, from: Guessed, to: Guessed): string {
  const [codePage, other] = [codePageOf(from), codePageOf(to)];
  if (codePage) return other ? readAnew(text, codePage, other) : text;
  const page = EAST_ASIAN.find((one) => one === from);
  const bytes = page ? toBytes(text, page) : Buffer.from(text);
  return other ? fromLatin1(Buffer.from(bytes).toString('latin1'), other) : new TextDecoder(to).decode(bytes);
}
