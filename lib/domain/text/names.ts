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

/** Words that many families share, titles, and what organisations write behind the names of many. */
const SHARED = new Set(
  [
    'da de del della den der des di do dos du el la las le les los ten ter van vom von zu zum zur bin ibn al ap mac',
    'dr med prof dipl ing mr mrs ms mx miss herr frau mme mlle jr sr phd msc bsc mba',
    'ext extern externe external contractor consultant guest intern temp trainee azubi praktikant student',
  ].flatMap((list) => list.split(' ')),
);

/** In brackets or behind a dash or stroke: a department, a company, a kind of employment. */
const BESIDE = /\([^()]*\)|\[[^[\]]*\]|\s[-–—/]\s.*$|\|.*$/g;

/** An address, or an account with its domain, is no name. */
const LOG_IN = /(?<!\S)\S*[@\\]\S*/g;

/** Without what many share, unless nothing else would be left. */
function telling(name: string[]): string[] {
  const rest = name.filter((word) => !SHARED.has(word));
  return rest.length === 0 ? name : rest;
}

const isLatin = (word: string) => /^\p{Script=Latin}+$/u.test(word);

const isBeginning = (a: string, b: string) => a.length >= MIN_SHARED && b.startsWith(a);

/** Without what stands beside it, unless nothing else would be left. */
function nameIn(text: string): string[] {
  const name = words(text.replace(BESIDE, ' '));
  return name.length === 0 ? words(text) : name;
}

function hasShared(ours: string[], theirs: string[]): boolean {
  return ours.some((a) => theirs.some((b) => a === b || isBeginning(a, b) || isBeginning(b, a)));
}

/**
 * False where both are names of a person, of at least two words each, and share no part: then they are of two people. A log-in, a number or
 * another script says nothing, and does not count as different; what stands beside both names does not count as shared.
 */
export function mayBeSamePerson(one: string, other: string): boolean {
  const [ours, theirs] = [one.replace(LOG_IN, ' '), other.replace(LOG_IN, ' ')];
  const [left, right] = [words(ours), words(theirs)];
  if (left.length < 2 || right.length < 2 || ![...left, ...right].every(isLatin)) return true;
  return hasShared(telling(nameIn(ours)), telling(right)) || hasShared(telling(left), telling(nameIn(theirs)));
}
