/** Keeps a value from outside on one line, so that it can forge neither a log line nor a part of a mail. */

/** Line breaks, control characters, lone surrogates, and marks that reverse the reading direction. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** The value with every unprintable run replaced by one blank. */
export function oneLine(value: string): string {
  return value.replace(UNPRINTABLE, ' ').trim();
}
