/** What deceives the eye: invisible characters, ones that turn the direction of writing, letters of two scripts in one word, and domains that look like a known one. Pure. */
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';

/** Direction and zero-width marks, tags and fillers, also those that Unicode has only set aside. Joiners belong to some scripts, and between letters of those they stay. */
const HIDDEN = /[\p{Cf}\u115f\u1160\u2065\u2800\u3164\uffa0\ufff0-\ufff8\u{e0000}-\u{e00ff}]/gu;
const JOINED = /(?<=[^\p{ASCII}])[\u200c\u200d](?=[^\p{ASCII}])/gu;
/** Of these scripts letters look alike. */
const ALIKE = ['Latin', 'Cyrillic', 'Greek'].map((name) => ({ name, letter: new RegExp(`\\p{Script=${name}}`, 'u') }));

/** Nearly every text. */
const PLAIN = /^[\x20-\x7e]*$/;

/** `U+202E` */
function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function hiddenIn(text: string): { at: number; character: string }[] {
  if (PLAIN.test(text)) return [];
  const joined = new Set([...text.matchAll(JOINED)].map(({ index }) => index));
  return [...text.matchAll(HIDDEN)].flatMap(({ index, 0: character }) =>
    joined.has(index) ? [] : [{ at: index, character }],
  );
}

/** The text in pieces, each shown as it is or, for a character that nobody would see, by its number. */
export function visiblePieces(text: string): { text: string; isMark: boolean }[] {
  const pieces: { text: string; isMark: boolean }[] = [];
  let from = 0;
  for (const { at, character } of hiddenIn(text)) {
    if (at > from) pieces.push({ text: text.slice(from, at), isMark: false });
    pieces.push({ text: `‹${codeOf(character)}›`, isMark: true });
    from = at + character.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isMark: false });
  return pieces;
}

function mixedWord(text: string, what: string): Sentence | null {
  for (const word of text.split(/[^\p{L}\p{M}]+/u)) {
    const scripts = ALIKE.filter(({ letter }) => letter.test(word)).map(({ name }) => name);
    if (scripts.length > 1) return sentence('mixedLetters', { what, scripts });
  }
  return null;
}

/** What may deceive in the text of a column (`what`); null: nothing. */
export function deceptionIn(text: string, what: string): Sentence | null {
  if (PLAIN.test(text)) return null;
  const [first] = hiddenIn(text);
  if (first)
    return sentence('invisibleCharacter', { what, character: codeOf(first.character), position: first.at + 1 });
  return mixedWord(text, what);
}

/** What letters and digits look like in most typefaces; hyphens and dots are overlooked. */
const LOOKS: Record<string, string> = {
  '-': '',
  '.': '',
  m: 'rn',
  w: 'vv',
  d: 'cl',
  '0': 'o',
  '1': 'l',
  i: 'l',
  '5': 's',
  '8': 'b',
};
/** In a shorter domain one other letter is another name. */
const ONE_LETTER_FROM = 8;

const lookOf = (domain: string) => domain.replace(/[-.mwd0158i]/g, (letter) => LOOKS[letter] ?? letter);

/** One letter put in, left out or replaced, or two neighbours swapped. */
function isOneSlip(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right === `${left[1]}${left[0]}`;
}

/** Tells which of the `known` domains (lower case) another one, which is not among them, looks like; null: none. */
export function lookAlikes(known: readonly string[]): (domain: string) => string | null {
  const own = new Set(known);
  const byLook = new Map(known.map((domain) => [lookOf(domain), domain]));
  const long = known.filter(({ length }) => length >= ONE_LETTER_FROM);
  return (domain) => {
    if (own.has(domain)) return null;
    return byLook.get(lookOf(domain)) ?? long.find((one) => isOneSlip(one, domain)) ?? null;
  };
}
