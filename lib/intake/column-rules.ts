/** What an organisation calls its columns, and what of that is kept with a file so that it is read to the end as it was begun. */
import { z } from 'zod';
import type { Db, Tx } from '#db/client.ts';
import type { FileShape } from '#db/store/files/import.ts';
import { setReading } from '#db/store/files/import-progress.ts';
import { readColumnSettings, readTimeZone } from '#db/store/system/settings.ts';
import { KNOWN_COLUMNS } from '#lib/domain/newcomer.ts';
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import type { ColumnAliases, Header } from '#lib/intake/csv/columns/columns.ts';
import { type Format, GUESSED, type Guessed, guessedOf } from '#lib/intake/csv/encoding/formats.ts';
import type { Table } from '#lib/intake/csv/rows/validation-context.ts';
import type { Matching, TablePart } from '#lib/intake/csv/table.ts';
import { type DateOrder, UNKNOWN_ORDER, zoneOf } from '#lib/intake/csv/values/date-order.ts';

/** How the text of a file becomes rows. */
export interface ReadOptions {
  encoding: Format;
  /** What else the file may be in, where its encoding is a guess. */
  otherEncodings: readonly Guessed[];
  /** It is filled up with NUL characters. */
  padded?: boolean;
  matching: Matching;
  corrections: Table['corrections'];
}

type Names = Pick<Matching, 'aliases' | 'order' | 'timeZone'>;

/** As Settings say at present. */
export function columnNames(db: Db): Names {
  const { columnAliases, columnOrder } = readColumnSettings(db);
  const aliases: ColumnAliases = {};
  for (const line of columnAliases) {
    const at = line.indexOf('=');
    const column = KNOWN_COLUMNS.find((known) => known === line.slice(0, at).trim());
    if (column) aliases[column] = [...(aliases[column] ?? []), line.slice(at + 1).trim()];
  }
  return { aliases, order: columnOrder.length === 0 ? null : columnOrder, timeZone: readTimeZone(db) };
}

const dayMonth = z.enum(['day_first', 'month_first']);
const rulesSchema = z.object({
  aliases: z.partialRecord(z.enum(KNOWN_COLUMNS), z.array(z.string())),
  order: z.array(z.string()).nullable(),
  dates: z.object({
    slashed: dayMonth.nullable(),
    dotted: dayMonth,
    mayStartWithYear: z.boolean().optional(),
    startsWithYear: z.boolean().optional(),
    mayBeTurned: z.boolean().optional(),
    isFrom1904: z.boolean().optional(),
    timeZone: z.string().optional(),
  }),
  otherEncodings: z.array(z.enum(GUESSED)),
});

/** The rules that were kept with a file; the usual ones where none were. */
export function storedRules(stored: unknown): Names & { dates: DateOrder; otherEncodings: readonly Guessed[] } {
  const kept = rulesSchema.safeParse(stored).data;
  const rules = kept ?? { aliases: {}, order: null, dates: UNKNOWN_ORDER, otherEncodings: [] };
  return { ...rules, timeZone: zoneOf(rules.dates) };
}

const namesSchema = z.object({ extras: z.array(z.string()) });
const byNameSchema = z.record(z.string(), z.string());
const valuesSchema = z.array(z.string());

/**
 * What a row says in the columns that mean nothing to us, by their names. Those are kept once, with the file; rows of earlier versions
 * have them with each value.
 */
export function extrasByName(extras: unknown, reading: unknown): Record<string, string> {
  const values = valuesSchema.safeParse(extras).data;
  if (!values) return byNameSchema.safeParse(extras).data ?? {};
  const names = namesSchema.safeParse(reading).data?.extras ?? [];
  return Object.fromEntries(values.map((value, index) => [names[index] ?? `Column ${index + 1}`, value]));
}

/** A file of an earlier version that gets further rows: its names are kept from now on as well. */
export function keepExtraNames(tx: Tx, fileId: string, reading: unknown, { extras }: Header): void {
  if (extras.length === 0 || namesSchema.safeParse(reading).success) return;
  setReading(tx, fileId, { ...storedRules(reading), extras: extras.map(({ name }) => name) });
}

/** The guess that was made about the encoding; null where the bytes leave no doubt. */
export function codePagesOf({ encoding, otherEncodings: others }: Pick<ReadOptions, 'encoding' | 'otherEncodings'>) {
  const read = guessedOf(encoding);
  return read && others.length > 0 ? { read, others } : null;
}

/** What is said of a guess about the encoding, and of padding. */
export function encodingNotes(codePages: ReturnType<typeof codePagesOf>, padded: boolean): Sentence[] {
  return [
    ...(codePages ? [sentence('encodingGuess', { read: codePages.read, others: codePages.others })] : []),
    ...(padded ? [sentence('nulPadding')] : []),
  ];
}

/** What is kept of a table before its first row is stored. */
export function shapeOf(
  { header, delimiter, raw, notes }: Extract<TablePart, { kind: 'header' }>,
  options: ReadOptions,
  dates: DateOrder,
  rowsTotal: number | null,
): FileShape {
  const { matching, otherEncodings } = options;
  const { aliases, order } = matching;
  return {
    delimiter,
    header: raw,
    rowsTotal,
    notes: [...encodingNotes(codePagesOf(options), options.padded ?? false), ...notes],
    reading: { aliases, order, dates, otherEncodings, extras: header.extras.map(({ name }) => name) },
  };
}
