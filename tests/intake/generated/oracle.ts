/** What is right for a generated file, said by a parser that is not ours (csv-parse) and by rules written down a second time. */
import { parse } from 'csv-parse/sync';
import type { Encoding } from '#lib/intake/csv/encoding/formats.ts';
import { encode } from '#tests/intake/build.ts';
import type { GeneratedFile } from './file.ts';

export interface ExpectedRow {
  line: number;
  verdict: 'accepted' | 'duplicate' | 'rejected';
  upn: string | null;
  name: string | null;
  type: string | null;
}

const PROBE = 'a.cell.of.a.damaged.row';

/** A row whose quotes are wrong within its line: no parser agrees with another what its cells are, so it is one cell here. */
const rowTexts = ({ rows }: GeneratedFile, isOurs: boolean) =>
  rows.map(({ kind, text }) => (isOurs || kind === 'as written' ? text : PROBE));

function textOf(file: GeneratedFile, rows: readonly string[]): string {
  const { above, headerText, eol, end } = file;
  return [...above, headerText, ...rows].join(eol) + end;
}

/** Two rows of an umlaut each, in the encoding of the file and in another one. */
function mixedRows(encoding: Encoding): [own: string, other: Buffer] {
  const text = 'Jürgen, whose row another system wrote, j.r@contoso.example';
  const other = encoding === 'UTF-8' ? 'Windows-1252' : 'UTF-8';
  return [text, encode(text, other)];
}

/** The bytes of the file, with its damage. */
export function bytesOf(file: GeneratedFile): Buffer {
  const { damage, encoding, withMark } = file;
  if (damage.kind === 'mixed') {
    const { above, headerText, eol, end } = file;
    const [before, behind] = [file.rows.slice(0, damage.row), file.rows.slice(damage.row)].map((rows) =>
      rows.map(({ text }) => text),
    ) as [string[], string[]];
    const [own, other] = mixedRows(encoding);
    const first = [...above, headerText, ...before, own, ''].join(eol);
    const lineEnd = Buffer.from(eol, 'latin1');
    return Buffer.concat([
      encode(first, encoding, withMark),
      other,
      lineEnd,
      encode(behind.join(eol) + end, encoding, false),
    ]);
  }
  const rows = rowTexts(file, true).map((text, index) => {
    if (damage.kind === 'open quote' && index === damage.row) return `"${text.replaceAll('"', '')}`;
    return damage.kind === 'nul' && index === damage.row ? `\u0000${text}` : text;
  });
  const bytes = encode(textOf(file, rows), encoding, withMark);
  return damage.kind === 'cut' ? bytes.subarray(0, Math.floor(damage.share * bytes.length)) : bytes;
}

const breaksIn = (text: string, eol: string) => text.split(eol).length - 1;

/** The line on which a row begins, as an editor counts. */
export function lineOf(file: GeneratedFile, row: number): number {
  const before = [...file.above, file.headerText, ...rowTexts(file, true).slice(0, row)];
  return 1 + before.reduce((sum, text) => sum + 1 + breaksIn(text, file.eol), 0);
}

/** A name is one line: a tab, quoted where it separates columns, becomes a blank. */
const plain = (cell = '') => cell.replace(/ *\t */g, ' ').trim();

const VALID_UPN = /^[a-z0-9.-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

const DECODERS: Partial<Record<GeneratedFile['encoding'], string>> = {
  'UTF-8': 'utf-8',
  'UTF-16LE': 'utf-16le',
  'UTF-16BE': 'utf-16be',
};

/** Whether the bytes of a file that was cut are no table any more: half a character, half a header, or a quote that stays open. */
export function isBrokenByCut(file: GeneratedFile): boolean {
  let text: string;
  try {
    const decoder = new TextDecoder(DECODERS[file.encoding] ?? 'latin1', { fatal: true });
    text = decoder.decode(bytesOf(file));
  } catch {
    return true;
  }
  const opening = [...file.above, file.headerText].join(file.eol);
  if (text.length <= opening.length) return true;
  try {
    parsed(file, text.slice(opening.length + file.eol.length));
    return false;
  } catch {
    return true;
  }
}

function parsed({ delimiter, eol }: GeneratedFile, text: string) {
  return parse(text, {
    delimiter,
    record_delimiter: eol,
    quote: '"',
    escape: '"',
    relax_column_count: true,
    raw: true,
    ltrim: true,
    rtrim: true,
    skip_empty_lines: false,
  }) as unknown as { record: string[]; raw: string }[];
}

/** Every row of an undamaged file. */
export function expectedRows(file: GeneratedFile): ExpectedRow[] {
  const { above, header, eol } = file;
  const text = textOf({ ...file, above: [] }, rowTexts(file, false)).replaceAll('\u001a', '');
  const records = parsed(file, text);
  const at = (names: RegExp) => header.findIndex((name) => names.test(name));
  const upnAt = at(/principal|prinzipal|upn/i);
  const nameAt = at(/^cn$|display|full|anzeige/i);
  const typeAt = at(/type?/i);
  const first = new Map<string, ExpectedRow>();
  let line = above.length + 1;
  const rows: ExpectedRow[] = [];
  for (const [index, { record, raw }] of records.entries()) {
    const begin = line;
    // Of the line break at its end, `raw` holds one character.
    line += 1 + breaksIn(raw.replace(/[\r\n]$/, ''), eol);
    if (index === 0 || record.every((cell) => cell.trim() === '')) continue;
    const surplus = record.slice(header.length).some((cell) => cell.trim() !== '');
    const isShort = record.length <= Math.max(upnAt, nameAt, typeAt);
    const upn = record[upnAt]?.trim() ?? '';
    if (surplus || isShort || !VALID_UPN.test(upn)) {
      rows.push({ line: begin, verdict: 'rejected', upn: null, name: null, type: null });
      continue;
    }
    const key = upn.toLowerCase();
    const [name, type] = [plain(record[nameAt]), plain(record[typeAt])];
    const earlier = first.get(key);
    const row: ExpectedRow = { line: begin, verdict: earlier ? 'duplicate' : 'accepted', upn: key, name, type };
    if (earlier) {
      // What the first row leaves empty a further one adds.
      earlier.name ||= name;
      earlier.type ||= type;
    } else first.set(key, row);
    rows.push(row);
  }
  return rows;
}
