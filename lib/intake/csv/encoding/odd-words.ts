/** How unlike a word of any language a word is that may have been read in the wrong code page. Pure. */

const ALPHABETS = [
  'äöüßéè',
  'àâæçéèêëîïôœùûüÿ',
  'áéíóúñüçàèòï',
  'áâãàçéêíóôõúü',
  'àèéìòùóîí',
  'éèëïöüáóúêâ',
  'æøåéäöüôò',
  'åäöéüàá',
  'áðéíóúýþæö',
  'ąćęłńóśźżé',
  'áčďéěíňóřšťúůýžĺľôŕäöü',
  'áéíóöőúüű',
  'ăâîșşțţáé',
  'čćđšžéáöü',
  'çğıi̇öşüâîû',
  'äõöüšž',
  'ąčęėįšųūž',
  'āčēģīķļņšūž',
];
const SIGNS_BEFORE = String.raw`[“”„‚‘’«»‹›–—…€§°\u00a0¿¡·•"'()\-]`;
const SIGNS_BEHIND = String.raw`[“”„‚’«»‹›–—…€°\u00a0·•ªº"'()\-]`;
const SIGNS_AROUND = new RegExp(`^${SIGNS_BEFORE}+|(?<!${SIGNS_BEHIND})${SIGNS_BEHIND}+$`, 'gu');
/** Letters in a place where the languages that have them do not put them. */
const OUT_OF_PLACE = [
  /ñ(?![aeiouáéíóú]|$)/iu,
  /[ìù]./iu,
  /è[aeiou]|^è./iu,
  /(?<![aeiouâáéèy])ï/iu,
  /ã(?![oeis]|$)/iu,
  /[þð]/iu,
  /õ[bcdfghjkmpqstvwxz]/iu,
  /û(?![tlrnmd]|$)/iu,
  /î[hrg]/iu,
  /á[oe]/iu,
  /.â$/iu,
  /[bcdfghjklmnpqrstvwxz]š[bcdfghjklmnpqrstvwxz]/iu,
  /^[bcdfghjklmnpqrstvwxz]ź/iu,
  /[aeiou][öü]|[öü][aou]/iu,
  /œ(?![ui]|$)/iu,
  /ÿ./iu,
];
/** A lower-case word of Greek has one accent; its two letters with both an accent and a diaeresis are rare, and its last s stands nowhere else. */
const GREEK_ACCENT = /[άέήίόύώ]/giu;
const GREEK_OUT_OF_PLACE = [/[ΐΰ]/iu, /ς./u, /σ$/u];
/** Hebrew has forms of its own for five letters at the end of a word; in Arabic two letters stand nowhere else, and in Thai vowels and marks have their place beside a consonant. */
const SCRIPTS_OUT_OF_PLACE = [
  /[ךםןףץ]\p{L}/u,
  /\p{L}[כמנפצ]$/u,
  /[ةى]\p{L}/u,
  /^[\p{M}ะาำ]/u,
  /[เแโใไ](?![ก-ฮ])/u,
  /[ะาำเแโใไฯ]\p{M}|[ัิ-ู]{2}/u,
  /ฯ./u,
  /[ก-ฮ]{5}/u,
];
const VOWELS = /[аеёиіїоуыэюяєαεηιουωάέήίόύώϊϋΐΰ]/giu;
/** A word of so many letters has more than one vowel in five. */
const LONG_WORD = 5;
const VOWEL = /[aeiouyæœøıаеёиіоуыэюя]/iu;

/** In what has no capitals nothing but its own letters stand together. */
function caselessOddity(text: string): number {
  const isMixed = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(text);
  return (isMixed ? 4 : 0) + 1.5 * SCRIPTS_OUT_OF_PLACE.filter((place) => place.test(text)).length;
}

/** Greek or Cyrillic: most words begin with a capital, go on in small letters, and are full of vowels. */
function casedOddity(text: string): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const vowels = text.match(VOWELS)?.length ?? 0;
  let cost = /\p{Script=Latin}/u.test(text) ? 4 : /\p{Ll}\p{Lu}/u.test(text) ? 3 : 0;
  if (/\p{Lu}{2}\p{Ll}/u.test(text)) cost += 2;
  if (/^\p{Ll}/u.test(text)) cost += 0.3;
  else if (letters > 1 && !/\p{Ll}/u.test(text)) cost += 0.2;
  if (letters > 2 && vowels === 0) cost += 1.5;
  else if (letters >= LONG_WORD && vowels * 5 <= letters) cost += 0.7;
  return cost;
}

function greekOddity(text: string): number {
  const isCapital = text === text.toUpperCase();
  const accents = text.match(GREEK_ACCENT)?.length ?? 0;
  const misplaced = GREEK_OUT_OF_PLACE.filter((place) => place.test(text)).length;
  return 1.5 * (misplaced + Number(!isCapital && text.length > 3 && accents !== 1));
}

/** What closes nothing behind a letter, and what no word begins with: é, ä, ò and Ç of DOS. */
const SIGN_OUT_OF_PLACE = /\p{L}[‚„•]$|^€\p{L}/u;

/** Words that end with a quote, where none of all begins with one: ö of DOS. */
export function unopenedQuotes(words: readonly string[]): number {
  return words.some((word) => /^[“„”]/.test(word)) ? 0 : 1.5 * words.filter((word) => /\p{L}”$/u.test(word)).length;
}

/** How unlike a name or a word this is; 0 for what some language may well have. */
export function oddity(word: string): number {
  const text = word.replace(SIGNS_AROUND, '').normalize('NFC');
  if (text === '') return 0;
  let cost = SIGN_OUT_OF_PLACE.test(word) ? 1.5 : 0;
  for (const sign of text.matchAll(/[^\p{L}\p{M}'’‘-]/gu)) cost += sign[0] === '\u00ad' ? 1 : 4;
  // An apostrophe stands after a short beginning or before a capital or a last s.
  if (/\p{L}{3}[’‘](?!\p{Lu}|s$)/u.test(text)) cost += 2;
  // What ends so is ë of a Mac, not a quotation.
  if (/‘$/u.test(text)) cost += 1.5;
  const special = [...text.toLowerCase()].filter((letter) => /\P{ASCII}/u.test(letter) && /\p{L}/u.test(letter));
  if (special.length === 0) return cost;
  if (/[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Thai}]/u.test(text)) return cost + caselessOddity(text);
  const isGreek = /\p{Script=Greek}/u.test(text);
  if (isGreek || /\p{Script=Cyrillic}/u.test(text)) {
    cost += casedOddity(text);
    if (isGreek) cost += greekOddity(text);
  } else {
    if (!ALPHABETS.some((alphabet) => special.every((letter) => alphabet.includes(letter)))) cost += 3;
    if (/\P{ASCII}{3}/u.test(text)) cost += 3;
    // A small letter before a capital, or among capitals.
    if (/\p{L}(?=\P{ASCII})\p{Lu}\p{Ll}|\p{Ll}(?=\P{ASCII})\p{Lu}/u.test(text)) cost += 3;
    if (/\p{Lu}(?!ß)(?=\P{ASCII})\p{Ll}\p{Lu}/u.test(text)) cost += 3;
    for (const place of OUT_OF_PLACE) if (place.test(text)) cost += 1.5;
    if (text.length > 2 && !VOWEL.test(text.normalize('NFD'))) cost += 1.5;
  }
  return cost;
}
