/** Characters that deceive the eye: invisible ones, ones that turn the direction of writing, and letters of two scripts in one word. Pure. */

/** Direction and zero-width marks, tags and fillers. Joiners belong to some scripts, and between letters of those they stay. */
const HIDDEN = /[\p{Cf}\u115f\u1160\u2800\u3164\uffa0]/gu;
const JOINED = /(?<=[^\p{ASCII}])[\u200c\u200d](?=[^\p{ASCII}])/gu;
/** Of these scripts letters look alike. */
const ALIKE = ['Latin', 'Cyrillic', 'Greek'] as const;

/** `U+202E` */
function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function hiddenIn(text: string): { at: number; character: string }[] {
  // Nearly every text is plain.
  if (!/[^\x20-\x7e]/.test(text)) return [];
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

function mixedWord(text: string): string | null {
  if (!/[^\x20-\x7e]/.test(text)) return null;
  for (const word of text.split(/[^\p{L}\p{M}]+/u)) {
    const scripts = ALIKE.filter((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(word));
    if (scripts.length > 1) return `mixes ${scripts.join(' and ')} letters in one word`;
  }
  return null;
}

/** What may deceive in a text, as a sentence goes on; null: nothing. */
export function deceptionIn(text: string): string | null {
  const [first] = hiddenIn(text);
  if (first) return `contains the invisible character ${codeOf(first.character)} at position ${first.at + 1}`;
  return mixedWord(text);
}
