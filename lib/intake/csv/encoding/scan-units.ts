/** Looks at UTF-16. */
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { NulPadding } from './nul-padding.ts';
import { fault, nulFault, type Scan } from './scan.ts';

/** So many units of UTF-16 that are plain characters each are no Chinese but single bytes. */
const SINGLE_BYTES_UNITS = 8;

/** UTF-16, with or without a byte-order mark. */
export function scanUnits(littleEndian: boolean): Scan {
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
