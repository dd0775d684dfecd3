/** How names are compared in a search: without accents, in any order of their words, `ue` like `ü`. */
import { isOneEdit } from './similarity.ts';

/** Letters that Unicode does not take apart. */
const LETTERS: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** Lower case without accents and apostrophes: `O’Brïen` → `obrien`. */
function withoutAccents(text: string): string {
  const lower = text.toLowerCase();
  if (/^[\x20-\x26\x28-\x7e]*$/.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/[\p{M}'’‘ʼ`´]/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[\0\s]+/g, ' ');
}

/** `mueller` → `muller`, so that it is the same as `müller` without its accent. */
function withoutDigraphs(text: string): string {
  return text.replace(/([aou])e|aa/g, (two, vowel) => vowel ?? two[0]);
}

/** What a search looks in: name and UserPrincipalName as `withoutAccents`, and once more with `ue` as `u` where that differs. */
export function searchWords(displayName: string, userPrincipalName: string): string {
  const plain = withoutAccents(`${displayName} ${userPrincipalName}`);
  const short = withoutDigraphs(plain);
  return short === plain ? plain : `${plain} ${short}`;
}

/** Shorter spellings would find almost anybody. */
const SHORTEST = 3;
/** The rest of a very long text decides nothing any more. */
const MOST_WORDS = 8;

/** The words of a search, each with its spellings: a person is found who has one spelling of every word, anywhere in `searchWords`. */
export function queryWords(text: string): string[][] {
  const words = withoutAccents(text)
    .replace(/\bmailto:/g, ' ')
    .split(/[\s,;<>()[\]"]/)
    .flatMap((word) => (word.includes('@') ? [word] : word.split('-')))
    .map((word) => word.replace(/\.$/, ''))
    .filter((word) => word !== '');
  return [...new Set(words)].slice(0, MOST_WORDS).map((word) => {
    const short = withoutDigraphs(word);
    return short.length < SHORTEST || short === word ? [word] : [word, short];
  });
}

/** The address in a text such as `Zoe Zinnia <zoe@contoso.com>` or `mailto:zoe@contoso.com`; null: there is none. */
export function addressIn(text: string): string | null {
  return text.split(/[\s,;<>()[\]"':]/).find((word) => /^[^@]+@./.test(word)) ?? null;
}

/** The words of what `searchWords` gives. */
const wordsOf = (candidate: string) => candidate.split(/[\s@.,-]+/);

/** True where each word of the search is a whole word there. */
export function hasWholeWords(words: readonly (readonly string[])[], candidate: string): boolean {
  const known = new Set(wordsOf(candidate));
  return words.every((spellings) => spellings.some((spelling) => known.has(spelling)));
}

/** True where at most one letter of one word of the search is missing, too many, wrong, or swapped with its neighbour. */
export function isOneSlipAway(words: readonly (readonly string[])[], candidate: string): boolean {
  const wrong = words.filter((spellings) => !spellings.some((spelling) => candidate.includes(spelling)));
  const [one] = wrong;
  if (!one) return true;
  if (wrong.length > 1) return false;
  const known = wordsOf(candidate);
  return one.some((spelling) => known.some((word) => isOneEdit(spelling, word)));
}
