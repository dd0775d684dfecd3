/** What a file is whose first lines are no table: named, so that nobody looks for a missing column in it. */

import type { OtherFormat } from '#lib/domain/sentences/file-sentences.ts';

const BEGINNINGS: readonly (readonly [OtherFormat, RegExp])[] = [
  ['json', /^(?:\[\s*[{["\]]|\{\s*["}]|[[{]$)/],
  ['web_page', /^(?:<(?:!doctype html|html|head|body|table|meta|style)\b|MIME-Version:)/i],
  // Behind a tag comes another or nothing: names of columns may stand in angles.
  ['xml', /^<(?:\?xml\b|!--|[a-z][\w:.-]*(?:\s[^<>]*)?\/?>(?=<|$))/i],
  ['ldif', /^dn::? /i],
  ['vcard', /^BEGIN:VCARD$/i],
  ['sylk', /^ID;P/],
  ['sql', /^(?:insert into|create table|merge into)\s\S/i],
  ['pdf', /^%PDF-/],
  ['rtf', /^\{\\rtf/],
  ['encrypted', /^-----BEGIN [A-Z ]{3,40}-----/],
];

/** What PowerShell shows: `Format-Table` has a ruler below the names, `Format-List` a name, blanks, a colon and the value in every line. */
const RULER = /^-+(?: +-+)+ *$/;
const LISTED = /^[a-z]\w{0,60} {1,60}: /i;
/** An attribute of a person in each line, without the `dn` that LDIF begins with, or as an entry of a list. */
const ATTRIBUTE =
  /^(?:dn|cn|sn|uid|mail|givenName|objectClass|displayName|sAMAccountName|userPrincipalName|employeeType)::? \S/i;
const YAML = /^- \w{1,60}: /;
const YAML_GOES_ON = /^ {2}\w{1,60}: /;

/** `first`: the first line that is not blank; `second`: the one below it, if any. Null: it may be a table. */
export function otherFormatOf(first: string, second: string | null): OtherFormat | null {
  if (second !== null && (RULER.test(second) || (LISTED.test(first) && LISTED.test(second)))) return 'screen_output';
  if (second !== null && ATTRIBUTE.test(first) && ATTRIBUTE.test(second)) return 'ldif';
  if (second !== null && YAML.test(first) && YAML_GOES_ON.test(second)) return 'yaml';
  const text = first.trim();
  return BEGINNINGS.find(([, beginning]) => beginning.test(text))?.[0] ?? null;
}
