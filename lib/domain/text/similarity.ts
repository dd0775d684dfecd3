/** Finds the EmployeeTypes that were probably meant: typing errors, other spellings, longer forms. */

/** Letters and digits only, lower case, without accents: other differences between two spellings do not matter. */
function normalise(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Edit distance with transpositions: letters to insert, remove, replace or swap to turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  let beforePrevious = row;
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      // Before the first letter it is NaN, which equals nothing.
      const isSwap = a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwap ? (beforePrevious[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforePrevious = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Whether `editDistance` is 1 at most, for comparing with thousands: what is left between equal beginnings and equal ends is one letter, or two swapped. */
export function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const [left, right] = [endA - start, endB - start];
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

/** 0: equal but for case, blanks and punctuation; higher: less similar; null: not similar. */
function distance(a: string, b: string): number | null {
  const [left, right] = [normalise(a), normalise(b)];
  if (left === '' || right === '') return null;
  if (left === right) return 0;
  if (left.startsWith(right) || right.startsWith(left)) return 1;
  const edits = editDistance(left, right);
  // One letter of two is another word, not a typing error.
  return edits <= Math.min(2, Math.floor(Math.min(left.length, right.length) / 2)) ? edits + 1 : null;
}

/** The known types similar to `type`, the most similar first; the lower rank wins a tie. */
export function nearMatches<Known extends { employeeType: string; rank: number }>(
  type: string,
  known: readonly Known[],
): Known[] {
  return known
    .flatMap((candidate) => {
      const score = distance(type, candidate.employeeType);
      return score === null ? [] : [{ candidate, score }];
    })
    .sort((a, b) => a.score - b.score || a.candidate.rank - b.candidate.rank)
    .map(({ candidate }) => candidate);
}
