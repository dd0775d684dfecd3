/** Text that an earlier program garbled before it came to us: it is taken as it is and told, with what it probably was. Pure. */
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { withLetters } from './written-letters.ts';

/** 0x80 to 0x9F in Windows-1252; what it leaves undefined stays a control character, as programs leave it. */
const HIGH_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** 0x80 to 0xFF in the code page of DOS; also of files of that time. */
export const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';
/** What DOS has for drawing frames stands in no name. */
const FRAME = /[\u2500-\u259f]/;
/** Within a word, or those that close nothing at its end: letters that Windows read as DOS or DOS as Windows. */
const ODD_SIGN = /\p{L}[‚„…†‡ˆ‰‹›“”•™¤¡¢£¥§³÷▀▄─](?=\p{L})|\p{L}[‚„ˆ‰](?!\p{L})/u;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Twice is seldom, more often nobody has seen. */
const MOST_TIMES = 3;

/** What it probably was: UTF-8 that was read in another code page, once or again, or letters in a form of programs. The text itself where it is sound. */
export function ungarbled(text: string): string {
  let was = text;
  for (let times = 0; times < MOST_TIMES; times++) {
    const before = ungarbledOnce(was);
    if (before === was) break;
    was = before;
  }
  return was;
}

function ungarbledOnce(text: string): string {
  if (!/[^\x20-\x7e]/.test(text)) return withLetters(text);
  return decodedFrom(text, FRAME.test(text) ? CP850 : HIGH_1252) ?? readByDos(text) ?? withLetters(text);
}

/** What is wrong with the text of a column (`what`); null: nothing. */
export function damageIn(text: string, what: string): Sentence | null {
  if (text.includes('\ufffd')) return sentence('unreadLetter', { what });
  if (/^=[^?]/.test(text)) return sentence('formulaText', { what });
  const otherwise = ungarbled(text);
  if (otherwise !== text) return sentence('garbled', { what, otherwise });
  return text.includes('?') && /\p{L}\?|\?\p{L}/u.test(text) ? sentence('lostLetter', { what }) : null;
}

/** `J”rg`, `Andr‚`: DOS read as Windows; `M³ller`, `Stra▀e`: Windows read as DOS. Null where nothing shows it, or the other reading is no word. */
function readByDos(text: string): string | null {
  if (!ODD_SIGN.test(text)) return null;
  const ansi = HIGH_1252 + String.fromCharCode(...Array.from({ length: 96 }, (_, at) => 0xa0 + at));
  const readings = [
    [ansi, CP850],
    [CP850, ansi],
  ].map(([from = '', to = '']) => text.replace(/[^\0-\x7f]/gu, (character) => to[from.indexOf(character)] ?? '\ufffd'));
  const isWord = (reading: string) => !/[^\x20-\x7e\p{Lu}\p{Ll}]|\p{Ll}\p{Lu}\p{Ll}/u.test(reading);
  return readings.find(isWord) ?? null;
}

/** `high`: what a program showed for the bytes from 0x80 on; other characters are their own bytes. Null where they are not UTF-8. */
function decodedFrom(text: string, high: string): string | null {
  const bytes = Array.from(text, (character) => {
    const at = high.indexOf(character);
    return at < 0 ? (character.codePointAt(0) ?? 0) : 0x80 + at;
  });
  if (bytes.some((byte) => byte > 0xff)) return null;
  try {
    return UTF8.decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}
