/** What reading a table hands out part by part, and what it is told beforehand. */
import type { Sentence } from '#lib/domain/sentences/sentence.ts';
import type { ColumnAliases, ColumnChoice, Header } from '#lib/intake/csv/columns/columns.ts';
import type { FileProblem } from './problem.ts';
import type { Delimiter } from './records.ts';

export type TablePart =
  | {
      kind: 'header';
      header: Header;
      delimiter: Delimiter;
      /** The column names in the file, and the whole header line as it is. */
      names: readonly string[];
      raw: string;
      /** Whether bare numbers count the days from 1904. */
      isFrom1904: boolean;
      /** Why no row can be validated yet; only for a tolerant reader. */
      problems: readonly Sentence[];
      /** What was passed over or decided before the first row. */
      notes: readonly Sentence[];
    }
  /** `fields` is null where the row cannot be split into fields; then `problem` says why. Beside fields it says why the row gives nobody a licence. */
  | {
      kind: 'row';
      line: number;
      raw: string;
      fields: readonly string[] | null;
      problem: Sentence | null;
      /** The file ends within the row, which alone has fewer fields than the header. */
      isCut?: boolean;
    }
  /** The whole file is refused; nothing follows. */
  | { kind: 'fault'; problem: FileProblem };

/** How columns are matched, and days are counted. */
export interface Matching {
  /** By hand; null: by their names alone. */
  choice: ColumnChoice | null;
  /** A header that does not match is told, not refused. */
  tolerant: boolean;
  /** What this organisation calls the known columns beside their usual names. */
  aliases: ColumnAliases;
  /** The columns of a file without a header, in order; null where nothing was agreed. */
  order: readonly string[] | null;
  /** The organisation's: a moment that is midnight there stands for its day. */
  timeZone: string;
}

export const BY_NAME: Matching = { choice: null, tolerant: false, aliases: {}, order: null, timeZone: 'UTC' };
