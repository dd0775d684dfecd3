/** The people in a pasted text. Pure and small enough for the browser. */
import { upnKey } from '#lib/domain/person.ts';

const ADDRESSES = /(?<![^\s,;|<>"'()[\]:])[^\s,;|<>"'()[\]:]+@[^\s,;|<>"'()[\]:]+/g;

/**
 * UserPrincipalNames, as written, from spreadsheet columns, lines or `Name <upn>` with any separator; and, of several lines (or
 * texts between semicolons), those without an address as they are: names to look up. Each once.
 */
export function namesIn(text: string): string[] {
  const lines = text.split(/[\r\n;]+/).filter((line) => /\p{L}/u.test(line));
  const names = lines.flatMap((line) => {
    const addresses = line.match(ADDRESSES);
    return addresses ?? (lines.length > 1 ? [line.replace(/\s+/g, ' ').trim()] : []);
  });
  return [...new Map(names.map((name) => [upnKey(name), name])).values()];
}

export const isAddress = (name: string): boolean => name.includes('@');
