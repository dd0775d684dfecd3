/** Whether two names may be of one person. Pure. */

/** Letters that Unicode does not take apart into a letter and a mark. */
const PLAIN: Record<string, string> = { ß: 'ss', ø: 'o', æ: 'a', œ: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };
/** Shorter beginnings prove nothing. */
const MIN_SHARED = 3;

/** The words of a name, without marks; `ue` and `ü`, `aa` and `å` are the same, as addresses and files spell them. */
function words(name: string): string[] {
  const plain = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{ASCII}]/gu, (letter) => PLAIN[letter] ?? letter)
    .replace(/([aou])e|aa/g, (two, vowel) => vowel ?? two[0]);
  return plain.split(/[^\p{L}]/u).filter((word) => word.length > 1);
}

/** Words that many families share. */
const PARTICLES = new Set(
  'da de del della den der des di do dos du el la las le les los ten ter van vom von zu zum zur bin ibn al ap mac'.split(
    ' ',
  ),
);

/** Without particles, unless nothing else would be left. */
function telling(name: string[]): string[] {
  const rest = name.filter((word) => !PARTICLES.has(word));
  return rest.length === 0 ? name : rest;
}

const isLatin = (word: string) => /^\p{Script=Latin}+$/u.test(word);

const isBeginning = (a: string, b: string) => a.length >= MIN_SHARED && b.startsWith(a);

/**
 * False where both are names of a person, of at least two words each, and share no part: then they are of two people. A log-in, a number or
 * another script says nothing, and does not count as different.
 */
export function mayBeSamePerson(one: string, other: string): boolean {
  const [left, right] = [words(one), words(other)];
  if (left.length < 2 || right.length < 2 || ![...left, ...right].every(isLatin)) return true;
  const [ours, theirs] = [telling(left), telling(right)];
  return ours.some((a) => theirs.some((b) => a === b || isBeginning(a, b) || isBeginning(b, a)));
}
