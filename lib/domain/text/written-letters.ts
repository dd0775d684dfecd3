/** Letters that a program wrote in a form of its own and nobody turned back: entities, escapes of programming languages, addresses and mails. Pure. */

const ENTITY = /&(?:#\d{2,7}|#x[0-9a-f]{2,6}|[a-z]{2,8});/gi;
/** The entities that occur in names. */
const NAMED = new Map(
  Object.entries({
    amp: '&',
    quot: '"',
    apos: '’',
    lt: '<',
    gt: '>',
    nbsp: ' ',
    szlig: 'ß',
    AElig: 'Æ',
    aelig: 'æ',
    OElig: 'Œ',
    oelig: 'œ',
    Oslash: 'Ø',
    oslash: 'ø',
    Aring: 'Å',
    aring: 'å',
    ETH: 'Ð',
    eth: 'ð',
    THORN: 'Þ',
    thorn: 'þ',
  }),
);
const ACCENTS = new Map(
  Object.entries({
    acute: '\u0301',
    grave: '\u0300',
    circ: '\u0302',
    tilde: '\u0303',
    uml: '\u0308',
    cedil: '\u0327',
    caron: '\u030c',
  }),
);
const UTF8 = new TextDecoder('utf-8', { fatal: true });
const UTF16 = new TextDecoder('utf-16be', { fatal: true });

/** `%C3%BC` of web addresses, `=C3=BC` of mails, `\xc3\xbc` of Python: bytes of UTF-8, above ASCII. */
const BYTES = /(?:%[89a-f][0-9a-f])+|(?:=[89a-f][0-9a-f])+|(?:\\x[89a-f][0-9a-f])+/gi;
/** `=FC` of mails, `%FC` of web addresses, beside a letter: a byte of Windows. */
const BYTE = /(?:(?<=\p{L})[=%]([C-F][\dA-F])|[=%]([C-F][\dA-F])(?=\p{Ll}))/gu;
/** `=?utf-8?Q?J=C3=BCrgen?=` in the header of a mail. */
const MAIL_WORD = /=\?([\w-]{1,20})\?([BQ])\?([^?\s]{1,200})\?=/gi;
/** `\u00fc` of JSON. */
const CODE_UNIT = /\\u([0-9a-f]{4})/gi;
/** `_x00fc_` and `_x0020_` of XML, also in names of SharePoint; `_x000D_` ends a line in Excel. */
const OF_XML = /_x([0-9a-f]{4})_/gi;
const LINE_END = /(?:_x000[9AD]_)+/gi;
/** `+APw-` of UTF-7, as PowerShell 5 writes it. */
const UTF7 = /\+([A-Za-z0-9/]{3,40})-/g;
/** `Test\, Ada` of distinguished names, `O\'Test` of MySQL and PHP, `O''Test` of SQL. */
const ESCAPED = /\\([,'";])|(?<=\p{L})'(')(?=\p{L})/gu;
/** Tags of web pages, as rich text of SharePoint and mails has them. */
const TAG = /<\/?(?:a|b|br|div|em|font|i|p|span|strong|td|u)(?:\s[^<>]{0,200})?\s?\/?>/gi;
const MAY_HOLD_ANY = /[&%=\\+<]|''|_x/;

function withoutTags(text: string): string {
  const bare = text.replace(TAG, ' ');
  return bare === text ? text : bare.replace(/\s+/g, ' ').trim();
}

/** The text with the letters meant. As it is where it holds no such form, or one that means nothing. */
export function withLetters(text: string): string {
  if (!MAY_HOLD_ANY.test(text)) return text;
  return withoutTags(text)
    .replace(
      MAIL_WORD,
      (word, charset: string, form: string, written: string) => ofMailWord(charset, form, written) ?? word,
    )
    .replace(LINE_END, ' ')
    .trim()
    .replace(ENTITY, (entity) => characterOf(entity.slice(1, -1)) ?? entity)
    .replace(BYTES, (written) => {
      const bytes = written.match(/[0-9a-f]{2}/gi) ?? [];
      return (
        decoded(
          UTF8,
          Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)),
        ) ?? written
      );
    })
    .replace(BYTE, (written, behind?: string, before?: string) => ofWindows(behind ?? before ?? '') ?? written)
    .replace(CODE_UNIT, (written, hex: string) => letters(String.fromCharCode(Number.parseInt(hex, 16))) ?? written)
    .replace(OF_XML, (written, hex: string) => printable(String.fromCharCode(Number.parseInt(hex, 16))) ?? written)
    .replace(UTF7, (written, base64: string) => ofUtf7(base64) ?? written)
    .replace(ESCAPED, '$1$2');
}

function characterOf(entity: string): string | null {
  if (entity.startsWith('#')) {
    const code = /x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : null;
  }
  const mark = ACCENTS.get(entity.slice(1));
  return NAMED.get(entity) ?? (mark === undefined ? null : `${entity[0]}${mark}`.normalize('NFC'));
}

/** Null unless these are letters above ASCII: other characters nobody needs to write so. */
function letters(text: string | null): string | null {
  return text !== null && /^[^\P{L}A-Za-z]+$/u.test(text) ? text : null;
}

const printable = (text: string) => (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(text) ? text : null);

function decoded(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    // Its bytes are no text: it was meant as it stands.
    return null;
  }
}

/** What stands there is its own code point. */
function ofWindows(hex: string): string | null {
  return letters(String.fromCharCode(Number.parseInt(hex, 16)));
}

function ofMailWord(charset: string, form: string, written: string): string | null {
  const quoted = () =>
    written
      .replaceAll('_', ' ')
      .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  try {
    const binary = /b/i.test(form) ? atob(written) : quoted();
    return new TextDecoder(charset, { fatal: true }).decode(bytesOf(binary));
  } catch {
    // An encoding that nobody knows, or other bytes: it stays as it stands.
    return null;
  }
}

const bytesOf = (binary: string) => Uint8Array.from(binary, (character) => character.charCodeAt(0));

function ofUtf7(base64: string): string | null {
  // Three characters are one letter, six two, eight three: none other is whole, and no bit is left over.
  if (![3, 6, 0].includes(base64.length % 8)) return null;
  const binary = atob(base64);
  if (btoa(binary).replaceAll('=', '') !== base64) return null;
  return letters(decoded(UTF16, bytesOf(binary)));
}
