/** Characters that look like others or like nothing: blanks of any kind, and letters as wide as those of Chinese and Japanese. */

/** Everything invisible: blanks, the end of a text in DOS where files were joined, zero-width and direction marks, byte-order marks, fillers. */
const BLANK = String.raw`[\s\p{Cf}\u001a\u0085\u115f\u1160\u2800\u3164\uffa0]`;
// A run is tried from its start alone: otherwise a million blanks cost a million times a million steps.
const BLANK_ENDS = new RegExp(`^${BLANK}+|(?<!${BLANK})${BLANK}+$`, 'gu');
/** Blanks of any kind with a line break, a tab or a no-break space among them. */
const ODD_BLANKS = /(?<!\s)\s*[^\S ]\s*|\u0085/g;
/** Letters, digits and signs as wide as those of Chinese and Japanese, each of which is one plain character (U+FF01 to U+FF5E). */
const WIDE = /[\uff01-\uff5e]/g;
const PLAIN_BEFORE_WIDE = 0xfee0;

export const withoutBlankEnds = (text: string): string => text.replace(BLANK_ENDS, '');

/** Each run of odd blanks as one plain blank. */
export const withPlainBlanks = (text: string): string => text.replace(ODD_BLANKS, ' ');

export const withPlainWidth = (text: string): string =>
  text.replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - PLAIN_BEFORE_WIDE));
