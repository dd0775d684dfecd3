/** EmployeeTypes that are probably meant: typing errors, other spellings, longer forms. */

/** Letters and digits only, lower case, without accents: how far two spellings differ apart from this says nothing. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** How many letters have to be inserted, removed, replaced or swapped with their neighbour to make `b` of `a`. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwap ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** 0: the same but for case, blanks and signs; higher: less alike; null: not alike. */
function distance(a: string, b: string): number | null {
  const [left, right] = [plain(a), plain(b)];
  if (left === '' || right === '') return null;
  if (left === right) return 0;
  if (left.startsWith(right) || right.startsWith(left)) return 1;
  const edits = editDistance(left, right);
  // One letter of two is another word, not a typing error.
  return edits <= Math.min(2, Math.floor(Math.min(left.length, right.length) / 2)) ? edits + 1 : null;
}

/** The known types that are like `type`, the likest first; where two are equally like, the lower rank. */
export function nearMatches<Known extends { employeeType: string; rank: number }>(
  type: string,
  known: readonly Known[],
): Known[] {
  return known
    .flatMap((one) => {
      const far = distance(type, one.employeeType);
      return far === null ? [] : [{ one, far }];
    })
    .sort((a, b) => a.far - b.far || a.one.rank - b.one.rank)
    .map(({ one }) => one);
}
