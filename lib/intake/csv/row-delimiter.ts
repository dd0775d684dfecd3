/** Where somebody wrote or mended the header by hand, the rows below it may be separated by something else. */
import { REQUIRED_COLUMNS } from '#lib/domain/newcomer.ts';
import type { Header } from '#lib/intake/csv/columns/columns.ts';
import { looksLikeUpn } from '#lib/intake/csv/values/upn.ts';
import { ROW_LIMIT } from './limits.ts';
import { DELIMITERS, type Delimiter, type Records } from './records.ts';
import { splitRecords } from './split.ts';

/** So many rows are looked at, and so many characters of them. */
const ROWS_AHEAD = 20;
const CHARACTERS_AHEAD = 2 * ROW_LIMIT;

/**
 * What separates the rows behind the header: the delimiter of the header, unless no row has an address in its place with it, and with
 * another one at least half of the rows have, and are as wide as the header.
 */
export function delimiterOfRows(reader: Records, header: Header, ofHeader: Delimiter): Delimiter {
  const { UserPrincipalName: at } = header.at;
  if (reader.delimiter !== null || at === null) return ofHeader;
  if (reader.ahead(() => peopleAhead(reader, header, at, ofHeader, 1)).people > 0) return ofHeader;
  const other = DELIMITERS.find((delimiter) => {
    if (delimiter === ofHeader) return false;
    const { rows, people } = reader.ahead(() => peopleAhead(reader, header, at, delimiter, ROWS_AHEAD));
    return people > 0 && people * 2 >= rows;
  });
  return other ?? ofHeader;
}

/** Counts the rows and those that are about somebody, until there are `enough` of those. */
function peopleAhead(
  reader: Records,
  { width, at }: Header,
  upnAt: number,
  delimiter: Delimiter,
  enough: number,
): { rows: number; people: number } {
  const needed = Math.max(...REQUIRED_COLUMNS.map((column) => at[column] ?? 0)) + 1;
  let rows = 0;
  let people = 0;
  let characters = 0;
  while (rows < ROWS_AHEAD && people < enough && characters < CHARACTERS_AHEAD) {
    const record = reader.next(delimiter);
    if (record?.kind !== 'record') break;
    characters += record.text.length;
    if (record.text.trim() === '') continue;
    rows++;
    const isShort = !record.problem && record.text.length <= ROW_LIMIT;
    const fields = (isShort && splitRecords([record.text], delimiter)?.[0]) || [];
    const isWide = fields.length >= needed && fields.slice(width).every((field) => field.trim() === '');
    if (isWide && looksLikeUpn((fields[upnAt] ?? '').trim())) people++;
  }
  return { rows, people };
}
