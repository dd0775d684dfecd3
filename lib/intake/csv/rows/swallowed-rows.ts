/** Rows that a stray quote has made part of a cell. */
import { KNOWN_COLUMNS } from '#lib/domain/newcomer.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import type { Header } from '#lib/intake/csv/columns/columns.ts';
import { SHOWN } from '#lib/intake/csv/limits.ts';
import type { RowProblem } from '#lib/intake/csv/problem.ts';
import { looksLikeUpn } from '#lib/intake/csv/values/upn.ts';

/**
 * A forgotten quote and a stray one can make whole rows look like one cell over several lines. A name, a type, a country or a date holds
 * no address; a note may, so there it must stand where the header has the UserPrincipalName, in a line as wide as a row.
 */
export function swallowedRows(header: Header, fields: readonly string[]): readonly RowProblem[] {
  const swallowed = (name: string, at: number, upnIn: (lines: readonly string[][]) => string | undefined) => {
    const upn = upnIn(linesOf(fields[at] ?? ''));
    if (upn === undefined) return [];
    return [{ column: name, ...sentence('swallowedRow', { what: name, upn: upn.slice(0, SHOWN) }) }];
  };
  const known = KNOWN_COLUMNS.filter((name) => name !== 'UserPrincipalName');
  return [
    ...known.flatMap((name) => swallowed(name, header.at[name] ?? -1, (lines) => lines.flat().find(looksLikeUpn))),
    ...header.extras.flatMap(({ name, at }) => swallowed(name, at, (lines) => addressOfRow(header, lines, at))),
  ];
}

/** The pieces of each line of a cell over several lines; hardly any cell is one. */
function linesOf(text: string): string[][] {
  if (!/[\r\n]/.test(text)) return [];
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.split(/[,;\t|]/).map((piece) => piece.replace(/^[\s"]+|(?<![\s"])[\s"]+$/g, '')));
}

/**
 * The address in a line that is as wide as a row: the first line goes on from the cells before it, the last one into those behind it.
 * In the first line it must stand where the header has the UserPrincipalName, for a note may begin with an address of its own.
 */
function addressOfRow({ width, at }: Header, lines: readonly string[][], cell: number): string | undefined {
  const upnAt = at.UserPrincipalName ?? 0;
  return lines.flatMap((pieces, index) => {
    const before = index === 0 ? cell : 0;
    const behind = index === lines.length - 1 ? width - cell - 1 : 0;
    if (before + pieces.length + behind < width) return [];
    const candidates = index === 0 ? [pieces[upnAt - before], pieces[pieces.length - width + upnAt]] : pieces;
    return candidates.find((piece) => piece !== undefined && looksLikeUpn(piece)) ?? [];
  })[0];
}
