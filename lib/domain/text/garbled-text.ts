/** Text that an earlier program garbled before it came to us: it is taken as it is and told, with what it probably was. Pure. */
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';

/** 0x80 to 0x9F in Windows-1252; what it leaves undefined stays a control character, as programs leave it. */
const HIGH_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
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

/** What it probably was: UTF-8 that was read as Windows-1252, or the entities of a web page. The text itself where it is sound. */
export function ungarbled(text: string): string {
  if (/[^\x20-\x7e]/.test(text)) return encodedOnce(text) ?? text;
  return text.includes('&') ? text.replace(ENTITY, (entity) => characterOf(entity.slice(1, -1)) ?? entity) : text;
}

/** What is wrong with the text of a column (`what`); null: nothing. */
export function damageIn(text: string, what: string): Sentence | null {
  if (text.includes('\ufffd')) return sentence('unreadLetter', { what });
  const otherwise = ungarbled(text);
  return otherwise === text ? null : sentence('garbled', { what, otherwise });
}

function encodedOnce(text: string): string | null {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const high = HIGH_1252.indexOf(character);
    if (high < 0 && code > 0xff) return null;
    bytes.push(high < 0 ? code : 0x80 + high);
  }
  try {
    return UTF8.decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}

function characterOf(entity: string): string | null {
  if (entity.startsWith('#')) {
    const code = /x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : null;
  }
  const mark = ACCENTS.get(entity.slice(1));
  return NAMED.get(entity) ?? (mark === undefined ? null : `${entity[0]}${mark}`.normalize('NFC'));
}
