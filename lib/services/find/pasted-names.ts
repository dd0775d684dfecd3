/** UserPrincipalNames in a pasted text. Pure and small enough for the browser. */
import { upnKey } from '#lib/domain/person.ts';

/** Each once, as written: from spreadsheet columns, lines, `Name <upn>`, with any separator. */
export function namesIn(text: string): string[] {
  const found = text.match(/(?<![^\s,;|<>"'()[\]])[^\s,;|<>"'()[\]]+@[^\s,;|<>"'()[\]]+/g) ?? [];
  return [...new Map(found.map((name) => [upnKey(name), name])).values()];
}
