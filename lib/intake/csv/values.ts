/** What a cell says: without the blanks, wrappings and placeholders that programs put around or in place of a value. */
import type { KnownColumn } from '#lib/domain/newcomer.ts';
import type { ValueChangeText } from '#lib/domain/value-change.ts';
import type { ValueChange } from './problem.ts';

const PLAIN = /^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/;
/** Everything invisible: blanks, zero-width and direction marks, byte-order marks, fillers. */
const BLANK = String.raw`[\s\p{Cf}\u0085\u115f\u1160\u2800\u3164\uffa0]`;
// A run is tried from its start alone: otherwise a million blanks cost a million times a million steps.
const BLANK_ENDS = new RegExp(`^${BLANK}+|(?<!${BLANK})${BLANK}+$`, 'gu');
/** Blanks of any kind with a line break, a tab or a no-break space among them. */
const ODD_BLANKS = /(?<!\s)\s*[^\S ]\s*|\u0085/g;
/** Programs write `="007"` so that Excel leaves it alone. */
const FORMULA_TEXT = /^="((?:[^"]|"")*)"$/;
/** csvde writes what is not plain text as the hexadecimal bytes of its UTF-8. */
const HEXADECIMAL = /^X'((?:[0-9a-f]{2})+)'$/i;
const COMMON_NAME = /^CN=/i;

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** `="E"` as its value. */
export function withoutFormula(raw: string): string {
  const text = raw.charCodeAt(0) === 61 ? FORMULA_TEXT.exec(raw)?.[1] : undefined;
  return text === undefined ? raw : text.replaceAll('""', '"');
}

export const beginsWithApostrophe = (cell: string) => cell.charCodeAt(0) === 39;

/**
 * Some programs put an apostrophe before each text, so that Excel takes it for one, or single quotes around each cell. One cell alone
 * may really begin so. Returns what is to be taken off.
 */
export function apostrophesOf(cells: readonly string[]): 'none' | 'before' | 'around' {
  const filled = cells.filter((cell) => cell !== '');
  if (filled.length < 2 || !filled.every(beginsWithApostrophe)) return 'none';
  return filled.every((cell) => cell.length > 1 && cell.endsWith("'")) ? 'around' : 'before';
}

/** The value of a known column, trimmed and normalised; every change is added to `changes`. */
export function cleaned(column: KnownColumn, raw: string, changes: ValueChange[]): string {
  const first = raw.charCodeAt(0);
  // Nearly every cell is plain and does not begin like one of the special forms.
  const isSpecial = first === 88 || first === 120 || first === 67 || first === 99;
  if (!isSpecial && PLAIN.test(raw)) return raw;
  const text = isSpecial ? decodedHexadecimal(column, raw, changes) : raw;
  const trimmed = PLAIN.test(text) ? text : normalised(column, text, changes);
  return column === 'CN' && COMMON_NAME.test(trimmed) ? commonName(trimmed, changes) : trimmed;
}

function normalised(column: KnownColumn, from: string, changes: ValueChange[]): string {
  const trimmed = from.replace(BLANK_ENDS, '');
  const oneLine = column === 'UserPrincipalName' ? trimmed : trimmed.replace(ODD_BLANKS, ' ');
  const to = oneLine.normalize('NFC');
  const done: ValueChangeText[] = [];
  if (trimmed !== from) done.push('trimmed');
  if (oneLine !== trimmed) done.push('line breaks and other blanks made one blank');
  if (to !== oneLine) done.push('composed (Unicode NFC)');
  const [first, ...others] = done;
  if (first) changes.push({ column, from, to, what: others.length > 0 ? `${first}, ${others.join(', ')}` : first });
  return to;
}

function decodedHexadecimal(column: KnownColumn, from: string, changes: ValueChange[]): string {
  const [, hexadecimal] = HEXADECIMAL.exec(from.trim()) ?? [];
  if (hexadecimal === undefined) return from;
  try {
    const to = UTF8.decode(Buffer.from(hexadecimal, 'hex'));
    changes.push({ column, from, to, what: 'decoded from the hexadecimal form of csvde' });
    return to;
  } catch {
    // Its bytes are no text: the cell stays as it is.
    return from;
  }
}

/** The value of the leading `CN=` of a distinguished name (RFC 4514), without its escapes. */
function commonName(from: string, changes: ValueChange[]): string {
  const [, quoted, bare = ''] = /^CN=\s*(?:"((?:[^"\\]|\\.)*)"|((?:[^,+;\\]|\\.)*))/is.exec(from) ?? [];
  const to = unescaped(quoted ?? bare.trim());
  if (to === '') return from;
  changes.push({ column: 'CN', from, to, what: 'the CN of a distinguished name' });
  return to;
}

function unescaped(value: string): string {
  return value
    .replace(/(?:\\[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString('utf8'))
    .replace(/\\(.)/gs, '$1');
}

/** What programs and people write where there is nothing, in the languages of their users; letters in lower case, without dots and blanks. */
const NOTHING: ReadonlySet<string> = new Set(
  String.raw`null (null) <null> \n nil none (none) nothing empty (empty) blank (blank) <blank> n/a #n/a na n/v na n.a n/d nd nv #nv #value! #ref! #name? #null! #num! #div/0!
   tbd tba tbc tobedetermined tobeannounced tobeconfirmed tobedefined unknown undefined notset <notset> (notset) notavailable notapplicable pending open
   - -- --- – — ― . .. ... ? ?? ??? /  x xx xxx * _ nan nat
   keine keiner leer offen unbekannt k/a ka ohne nichtbekannt aucun aucune inconnu néant s/o vide ninguno desconocido vacío nessuno sconosciuto vuoto
   geen onbekend nvt leeg nenhum desconhecido brak nieznany ingen okänd ukendt ei žádný 0 00000000 0000-00-00 00/00/0000 00-00-0000`.split(
    /\s+/,
  ),
);

/** What only a program writes into a name or a type; somebody may be called Nan or Null, and `None` may be somebody's type. */
const NO_VALUE =
  /^(?:NULL|null|\\N|NaN|undefined|[(<](?:null|NULL|empty|blank|none|not ?set)[)>]|#?[nN]\/[aA]|#N\/V|#(?:VALUE|REF|NULL|NUM|DIV\/0)!|#NAME\?|-{1,3}|–|—|\?{1,3})$/;

/** Whether a cell of a required column holds what a program writes where there is nothing. */
export function holdsNothing(text: string): boolean {
  return text.length <= 9 && NO_VALUE.test(text);
}

/** Whether a cell of an optional column says in some way that there is nothing. */
export function saysNothing(text: string): boolean {
  if (text === '') return true;
  if (text.length > 20) return false;
  const key = text.toLowerCase().replace(/[\s\u00a0]/g, '');
  return NOTHING.has(key) || NOTHING.has(key.replaceAll('.', ''));
}
