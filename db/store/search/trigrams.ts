/** Texts as the trigram indexes and LIKE want them. */

/** A text as a LIKE pattern without wildcards. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

const TRIGRAM = 3;
/** Every other trigram, up to this many: using all of them finds the same and takes twice as long. */
const [STEP, PIECES] = [2, 12];

/** The query for texts with the trigrams of a word, in lower case; null: the word is too short. */
export function trigramsOf(word: string): string | null {
  const letters = [...word.replaceAll('\0', ' ')];
  const last = letters.length - TRIGRAM;
  if (last < 0) return null;
  const starts = Array.from({ length: Math.floor(last / STEP) + 1 }, (_, n) => n * STEP).slice(0, PIECES);
  const pieces = [...new Set([...starts, last])].map((start) => letters.slice(start, start + TRIGRAM).join(''));
  return `(${pieces.map((piece) => `"${piece.replaceAll('"', '""')}"`).join(' AND ')})`;
}
