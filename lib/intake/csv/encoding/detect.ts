/** Detects the encoding of a file from all of its bytes. Guesses nothing that could garble a name. */
import { isUtf8 } from 'node:buffer';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import type { Detected } from './formats.ts';
import { fault, type Scan } from './scan.ts';
import { scanBytes } from './scan-bytes.ts';
import { scanUnits } from './scan-units.ts';
import { utf8Lead } from './utf8-lines.ts';

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
const UTF16_SAMPLE_BYTES = 256;
const UTF32_SAMPLE_BYTES = 64;
/** A file that begins with so many bytes of plain text is not in UTF-16. */
const OPENING_BYTES = 16;

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
