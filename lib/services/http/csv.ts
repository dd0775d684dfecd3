/** Lines of CSV files for download. Pure. */
import Papa from 'papaparse';

/** Tells Excel that the file is UTF-8. */
export const CSV_BOM = '\uFEFF';

/**
 * What a spreadsheet would take for the start of a formula, also after blanks; Japanese and Chinese ones accept the full-width
 * signs too.
 */
const FORMULA = /^(?:\s*[=+\-@＝＋－＠]|[^\S\t\r\n]*[\t\r\n])/;

/** What some spreadsheet splits at, whatever the delimiter, and blanks that some reader would trim. */
const NEEDS_QUOTES = /[,;|\t]|^\s|\s$/;

/**
 * One line with its line end. `guard` (the default) prefixes text that a spreadsheet would run as a formula with an apostrophe;
 * turn it off only where a program reads the file.
 */
export function csvLine(
  cells: readonly (string | number | null)[],
  { delimiter = ',', guard = true }: { delimiter?: string; guard?: boolean } = {},
): string {
  const line = Papa.unparse([[...cells]], {
    delimiter,
    escapeFormulae: guard ? FORMULA : false,
    quotes: (cell) => typeof cell === 'string' && NEEDS_QUOTES.test(cell),
  });
  return `${line}\r\n`;
}
