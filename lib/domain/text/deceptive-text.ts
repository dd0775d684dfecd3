/** What deceives the eye: invisible characters, ones that turn the direction of writing, letters of two scripts in one word, and domains that look like a known one. Pure. */
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { codeOf, hiddenIn, PLAIN } from './hidden-characters.ts';

/** Of these scripts letters look alike. */
const ALIKE = ['Latin', 'Cyrillic', 'Greek'].map((name) => ({ name, letter: new RegExp(`\\p{Script=${name}}`, 'u') }));

function mixedWord(text: string, what: string): Sentence | null {
  for (const word of text.split(/[^\p{L}\p{M}]/u)) {
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
