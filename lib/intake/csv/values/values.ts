/** What a cell says: without the blanks, wrappings and placeholders that programs put around or in place of a value. */
import type { KnownColumn } from '#lib/domain/newcomer.ts';
import { withoutBlankEnds, withPlainBlanks, withPlainWidth } from '#lib/domain/text/plain-text.ts';
import type { ValueChangeText } from '#lib/domain/value-change.ts';
import type { ValueChange } from '#lib/intake/csv/problem.ts';

/** Nearly every cell: plain, without blanks around it, and beginning like none of the special forms. */
const AS_IT_IS = /^(?![ xc])[\x20-\x7e]*(?<! )$/i;
/** Programs write `="007"` so that Excel leaves it alone. */
const FORMULA_TEXT = /^="((?:[^"]|"")*)"$/;
/** csvde writes what is not plain text as the hexadecimal bytes of its UTF-8. */
const HEXADECIMAL = /^X'((?:[0-9a-f]{2})+)'$/i;
/** What stands behind the leading `CN=` of a distinguished name (RFC 4514). */
const COMMON_NAME = /^CN=\s*(?:"((?:[^"\\]|\\.)*)"|((?:[^,+;\\]|\\.)*))/is;

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** `="E"` as its value. */
export function withoutFormula(raw: string): string {
  return FORMULA_TEXT.exec(raw)?.[1]?.replaceAll('""', '"') ?? raw;
}

/** Quotes that a word processor makes of plain ones; plain ones where two programs quoted one after the other. */
const QUOTED = /^(?:"[^"]*"|[“„”].*[“”]|«.*»|».*«|‹.*›|›.*‹|[‘‚].*[’‘])$/s;

export type Marks = 'none' | 'before' | 'around';

/** Whether a cell may have marks: hardly any row has one that does. */
export function beginsWithMark(cell: string): boolean {
  const first = cell.charCodeAt(0);
  return first === 34 || first === 39 || first === 0xab || first === 0xbb || (first >= 0x2018 && first <= 0x203a);
}

/**
 * Some programs put an apostrophe before each text, so that Excel takes it for one, or quotes of any kind around each cell. One
 * cell alone may really begin so. Returns where they are to be taken off.
 */
export function marksOf(cells: readonly string[]): Marks {
  const filled = cells.filter((cell) => cell !== '');
  if (filled.length < 2) return 'none';
  if (filled.every((cell) => QUOTED.test(cell))) return 'around';
  if (!filled.every((cell) => cell.startsWith("'"))) return 'none';
  return filled.every((cell) => cell.length > 1 && cell.endsWith("'")) ? 'around' : 'before';
}

/** A cell without its marks; one without any as it is. */
export function withoutMarks(cell: string, marks: Marks): string {
  if (marks === 'around' && QUOTED.test(cell)) return cell.slice(1, -1);
  if (marks === 'none' || !cell.startsWith("'")) return cell;
  return cell.slice(1, marks === 'around' && cell.endsWith("'") ? -1 : undefined);
}

/** A type or a date without the apostrophe that Excel puts before digits to leave them alone, whatever the other cells of the row have. */
export function withoutTextMark(column: KnownColumn, cell: string): string {
  return column !== 'CN' && column !== 'UserPrincipalName' && /^'\d/.test(cell) ? cell.slice(1) : cell;
}

/** None of these can be in a UserPrincipalName: programs and mail clients write them around one. */
const AROUND_ADDRESS = /[:<>;,]/;
/** `Ada Able <ada@contoso.example>`, `mailto:`, `smtp:` as in proxyAddresses, and what stands between two addresses of a list. */
const ADDRESS =
  /^(?:(?:(?:mailto|smtp):\s*)?([^\s<>@:;,]+@[^\s<>@:;,]+)|[^<>@]*<\s*(?:mailto:)?([^\s<>@:;,]+@[^\s<>@:;,]+)\s*>)\s*[;,]?$/i;

/** An address and the link to it, as Outlook and chats paste it: `ada@contoso.example<mailto:ada@contoso.example>`, `[…](mailto:…)`. */
const LINKED = /^\[?([^\s<>@:;,[\]]+@[^\s<>@:;,[\]()]+)(?:\s?<|\]\()mailto:\1[>)]$/i;

/** The value of a known column, trimmed and normalised; every change is added to `changes`. */
export function cleaned(column: KnownColumn, raw: string, changes: ValueChange[]): string {
  const isAddress = column === 'UserPrincipalName';
  if (AS_IT_IS.test(raw)) return isAddress && AROUND_ADDRESS.test(raw) ? address(raw, changes) : raw;
  const text = normalised(column, decodedHexadecimal(column, raw, changes), changes);
  if (isAddress) return address(text, changes);
  return column === 'CN' ? commonName(text, changes) : text;
}

/** The one address in a cell; the text itself where there is none, or more than one. */
function address(from: string, changes: ValueChange[]): string {
  const [, alone, inAngles] = ADDRESS.exec(from) ?? [];
  const to = alone ?? inAngles ?? LINKED.exec(from)?.[1];
  if (to === undefined || to === from) return from;
  changes.push({ column: 'UserPrincipalName', from, to, what: 'without what stood around the address' });
  return to;
}

function normalised(column: KnownColumn, from: string, changes: ValueChange[]): string {
  const trimmed = withoutBlankEnds(from);
  const oneLine = column === 'UserPrincipalName' ? trimmed : withPlainBlanks(trimmed);
  const narrow = narrowed(column, oneLine);
  const to = narrow.normalize('NFC');
  const done: ValueChangeText[] = [];
  if (trimmed !== from) done.push('trimmed');
  if (oneLine !== trimmed) done.push('line breaks and other blanks made one blank');
  if (narrow !== oneLine) done.push('full-width characters made plain ones');
  if (to !== narrow) done.push('composed (Unicode NFC)');
  const [first, ...others] = done;
  if (first) changes.push({ column, from, to, what: others.length > 0 ? `${first}, ${others.join(', ')}` : first });
  return to;
}

/** A name is kept as it is shown, and so is a type that has other letters as well. */
function narrowed(column: KnownColumn, text: string): string {
  if (column === 'CN') return text;
  const plain = withPlainWidth(text);
  return column !== 'EmployeeType' || /^[\x20-\x7e]*$/.test(plain) ? plain : text;
}

function decodedHexadecimal(column: KnownColumn, from: string, changes: ValueChange[]): string {
  const hexadecimal = HEXADECIMAL.exec(from.trim())?.[1];
  if (hexadecimal === undefined) return from;
  const bytes = Buffer.from(hexadecimal, 'hex');
  try {
    const to = UTF8.decode(bytes);
    changes.push({ column, from, to, what: 'decoded from the hexadecimal form of csvde' });
    return to;
  } catch {
    // Its bytes are no text: the cell stays as it is.
    return from;
  }
}

/** The name within a distinguished name, without its escapes; the text itself where it is none. */
function commonName(from: string, changes: ValueChange[]): string {
  const [, quoted, bare = ''] = COMMON_NAME.exec(from) ?? [];
  const to = unescaped(quoted ?? bare).trim();
  if (to === '') return from;
  changes.push({ column: 'CN', from, to, what: 'the CN of a distinguished name' });
  return to;
}

function unescaped(value: string): string {
  return value.replace(/((?:\\[0-9a-f]{2})+)|\\(.)/gis, (_, bytes: string | undefined, character: string) =>
    bytes === undefined ? character : Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString('utf8'),
  );
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
  /^(?:NULL|null|\\N|NaN|nan|undefined|[(<](?:null|NULL|NA|empty|blank|none|not ?set)[)>]|#?[nN]\/[aA]|-{1,3}|–|—|\?{1,3})$/;
/** The error values of spreadsheets in any language, `#BEZUG!`, `#¿NOMBRE?`, `#N/D`, and what stands where they have not finished. */
const ERROR_VALUE = /^(?:#[¡¿]?\p{Lu}[\p{Lu}/0.]{0,11}[!?]|#N\/?\p{Lu}{1,2}!?|#GETTING_DATA|Err:\d{3}|Loading\.\.\.)$/u;

/** Whether a cell of a required column holds what a program writes where there is nothing. */
export function holdsNothing(text: string): boolean {
  return NO_VALUE.test(text) || ERROR_VALUE.test(text);
}

/** Whether a filled cell of an optional column says in some way that there is nothing. */
export function saysNothing(text: string): boolean {
  const key = text.toLowerCase().replace(/\s/g, '');
  return NOTHING.has(key) || NOTHING.has(key.replaceAll('.', '')) || ERROR_VALUE.test(text);
}

/** Ditto marks, alone or between dashes, and arrows. */
const DITTO = /^[-–—\s]*(?:["″ʺ〃”“„]{1,2}|''|’’|´´|``|,,|\/\/)[-–—\s]*$|^[\^↑]$/;
/** As people write it. */
const AS_ABOVE: ReadonlySet<string> = new Set(
  `do.,dto.,dito,ditto,idem,ídem,id.,ibid.,ebd.,same,same as above,as above,see above,as per above,same again,
   s.o.,s. o.,w.o.,w. o.,siehe oben,wie oben,wie vor,wie vorstehend,gleich,dgl.,desgl.,desgleichen,comme ci-dessus,voir ci-dessus,même,le même,lo mismo,igual,como arriba,
   come sopra,c.s.,stesso,idem come sopra,como acima,o mesmo,zie boven,hetzelfde,als boven,jak wyżej,jw.,j.w.,to samo,viz výše,dtto,som ovan,samma,som over,som ovenfor,samme,
   kuten yllä,sama,mint fent,yukarıdaki gibi,aynı,ca mai sus,то же,как выше,同上,仝,々,상동,위와 같음`
    .split(',')
    .map((text) => text.trim()),
);

/** Those of one word that nobody is called. */
const NO_NAMES: ReadonlySet<string> = new Set(['dito', 'ditto', 'dtto', '同上']);

/** Whether a cell says no more than that the one above it counts here as well: once rows are sorted that may be anybody's. There are people called Sama or Idem. */
export function saysAsAbove(text: string, isName: boolean): boolean {
  if (text.length > 24 || text === '') return false;
  const word = text.toLowerCase();
  if (!AS_ABOVE.has(word) && !DITTO.test(text)) return false;
  return !isName || NO_NAMES.has(word) || !/^[\p{L}\p{M}]+$/u.test(word);
}
