/** Looks at bytes that are UTF-8 or of another encoding that writes ASCII as it is. */
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { guessCodePage, isUtf8Word, WordCollector } from './code-pages.ts';
import { EastAsianScan, isUtf8Name } from './east-asian.ts';
import type { Detected } from './formats.ts';
import { NulPadding, type NulVerdict } from './nul-padding.ts';
import { fault, nulFault, type Scan } from './scan.ts';
import { Utf8Lines } from './utf8-lines.ts';

/** More than this on average is hardly a name in any single-byte code page. */
const ODD_WORDS = 1.4;

/** NUL characters among the bytes: from the first on, about half of them in text of UTF-16. */
class Nuls {
  /** Of the first; 0: there is none. */
  line = 0;
  #nuls = 0;
  #bytes = 0;

  push(byte: number, line: number): void {
    if (byte === 0) {
      this.line ||= line;
      this.#nuls++;
    }
    if (this.line) this.#bytes++;
  }

  get isUtf16(): boolean {
    const tenths = this.#nuls * 10;
    return tenths >= this.#bytes * 3 && tenths <= this.#bytes * 7;
  }
}

/** What was seen in bytes that are not UTF-8. */
interface Seen {
  lines: Utf8Lines;
  words: WordCollector;
  eastAsian: EastAsianScan;
  hasNul: boolean;
}

/** UTF-8 or another encoding, which only the words of the file can tell. */
export function scanBytes(declaredUtf8: boolean): Scan {
  const lines = new Utf8Lines();
  const nuls = new Nuls();
  const words = new WordCollector();
  const padding = new NulPadding();
  const eastAsian = new EastAsianScan();
  return {
    push(block) {
      if (!declaredUtf8) eastAsian.push(block);
      for (const byte of block) {
        words.push(byte);
        padding.push(byte);
        lines.push(byte);
        nuls.push(byte, lines.line);
      }
    },
    end() {
      const nul = padding.end();
      if (nuls.line && nul !== 'padding') return damagedByNul(nuls, nul);
      if (lines.isWithin && !lines.invalid && lines.hasSequence) return fault(lines.line, sentence('cutCharacter'));
      lines.end();
      const padded = nul === 'padding' ? { padded: true as const } : {};
      if (!lines.invalid) return { kind: 'ok', encoding: 'UTF-8', ...padded };
      if (declaredUtf8) return fault(lines.invalid, sentence('markedAsUtf8'));
      const detected = byWords({ lines, words, eastAsian, hasNul: nuls.line > 0 });
      return detected.kind === 'ok' ? { ...detected, ...padded } : detected;
    },
  };
}

function damagedByNul(nuls: Nuls, nul: NulVerdict): Detected {
  return nuls.isUtf16
    ? fault(nuls.line, sentence('utf16FromLine', { line: nuls.line }))
    : nulFault(nuls.line, nul === 'cut');
}

function byWords({ lines, words, eastAsian, hasNul }: Seen): Detected {
  const found = words.found();
  const asian = hasNul || found.some(isUtf8Name) ? null : eastAsian.found();
  if (asian?.certain) return { kind: 'ok', encoding: asian.certain };
  const guess = guessCodePage(found);
  // Words of a single-byte code page are surer, and one name alone is a chance hit where it may be such a word.
  const isPlain = guess !== null && (guess.isOtherScript || guess.others.length === 0);
  if (asian?.likely && !isPlain && (guess === null || asian.likely.people > 1 || guess.oddity > ODD_WORDS)) {
    const { codePage: encoding } = asian.likely;
    const others = [...asian.possible.filter((one) => one !== encoding), guess?.codePage ?? 'Windows-1252'];
    return { kind: 'ok', encoding, others };
  }
  const { alone, both, invalid } = lines;
  if (alone) return fault(invalid, sentence('mixedEncodings', { utf8: alone, other: invalid }));
  if (found.some(isUtf8Word)) return fault(both || invalid, sentence('mixedInLine'));
  if (!guess || (lines.hasSequence && !guess.isOtherScript)) return fault(invalid, sentence('unknownEncoding'));
  const { codePage, others } = guess;
  return { kind: 'ok', encoding: codePage, ...(others.length === 0 ? {} : { others }) };
}
