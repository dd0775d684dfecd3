/** Characters that nobody sees, and the text with them made visible. Pure, and small: browsers have it with every page. */

/** Direction and zero-width marks, tags and fillers, also those that Unicode has only set aside. Joiners belong to some scripts, and between letters of those they stay. */
const HIDDEN = /[\p{Cf}\u115f\u1160\u2065\u2800\u3164\uffa0\ufff0-\ufff8\u{e0000}-\u{e00ff}]/gu;
const JOINED = /(?<=[^\p{ASCII}])[\u200c\u200d](?=[^\p{ASCII}])/gu;

/** Nearly every text. */
export const PLAIN = /^[\x20-\x7e]*$/;

/** `U+202E` */
export function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Where in the text they are. */
export function hiddenIn(text: string): { at: number; character: string }[] {
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
