/** Line ends that hardly any program writes: those of Unicode, NEL of mainframes, VT and FF. */

const USUAL = /[\r\n]/;
const UNUSUAL = /[\u2028\u2029\u0085\v\f]/g;

/** A text whose first piece has no line end but unusual ones, with usual ones; all others as they are. */
export function* withUsualLineBreaks(pieces: Iterable<string>): Generator<string> {
  let areUnusual: boolean | null = null;
  for (const piece of pieces) {
    if (areUnusual === null && USUAL.test(piece)) areUnusual = false;
    else if (areUnusual === null && piece.search(UNUSUAL) >= 0) areUnusual = true;
    yield areUnusual ? piece.replace(UNUSUAL, '\n') : piece;
  }
}
