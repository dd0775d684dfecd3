/** Lines of CSV files for download. Pure. */
import Papa from 'papaparse';

/** Tells Excel that the file is UTF-8. */
export const CSV_BOM = '\uFEFF';

/**
 * What a spreadsheet would take for the start of a formula, also after blanks and what nobody sees; Japanese and Chinese ones accept the full-width
 * signs too.
 */
const FORMULA = /^(?:[\s\p{Cf}]*[=+\-@＝＋－＠]|[^\S\t\r\n]*[\t\r\n])/u;

/** Within a cell, where another list separator or a quote taken literally lets a new cell begin. */
const INNER_FORMULA = /([,;|\t\r\n"])(?=\p{Cf}*[=+\-@＝＋－＠])/gu;

/** Whether a line as it came would bring a formula to life in some spreadsheet. */
export function hasFormula(line: string): boolean {
  return /(?:^|[,;|\t\r\n"])\p{Cf}*[=+\-@＝＋－＠]/u.test(line);
}

/** What some spreadsheet splits at, whatever the delimiter, and blanks that some reader would trim. */
const NEEDS_QUOTES = /[,;|\t]|^\s|\s$/;

/**
 * One line with its line end. `guard` (the default) puts an apostrophe before text that a spreadsheet would run as a formula,
 * whatever separates its lists; turn it off only where a program reads the file.
 */
export function csvLine(
  cells: readonly (string | number | null)[],
  { delimiter = ',', guard = true }: { delimiter?: string; guard?: boolean } = {},
): string {
  const disarmed = (cell: string | number | null) =>
    guard && typeof cell === 'string' ? cell.replace(INNER_FORMULA, "$1'") : cell;
  const line = Papa.unparse([cells.map(disarmed)], {
    delimiter,
    escapeFormulae: guard ? FORMULA : false,
    quotes: (cell) => typeof cell === 'string' && NEEDS_QUOTES.test(cell),
  });
  return `${line}\r\n`;
}
