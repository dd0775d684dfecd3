/** How the columns of an upload share the width of the page. Pure. */
import type { DraftDetail, ReviewRow } from '#lib/services/drafts/drafts.ts';

/** What a page of 1440 px leaves for the table, beside the menu and a scroll bar. */
const ROOM = 1139;

const NARROW = 112;
const WIDTHS: Record<string, number> = { UserPrincipalName: 216, CN: 136 };
const LINE_WIDTH = 52;
const VERDICT_WIDTH = 130;
const WIDE_VERDICT_WIDTH = 262;

export interface TableColumns {
  /** What each column of the file means to us, by its place; null: nothing. */
  means: readonly (string | null)[];
  /** The name of each column, by its place. */
  names: readonly string[];
  /** Places of the columns that stand apart, in the order of the file. */
  apart: readonly number[];
  /** Places of those shown together in one cell. */
  together: readonly number[];
  /** In pixels at least; they grow in this proportion. Line and verdict come first. */
  widths: readonly number[];
}

/** `isWide`: verdicts have words beside them. `nameOf`: how a column without a name is called, by its place from 1. */
export function tableColumns(
  { columns, names }: Pick<DraftDetail, 'columns' | 'names'>,
  isWide: boolean,
  nameOf: (place: number) => string,
): TableColumns {
  const known = Object.entries(columns ?? {});
  const means = names.map((_, at) => known.find(([, place]) => place === at)?.[0] ?? null);
  const places = names.map((_, at) => at);
  const first = [LINE_WIDTH, isWide ? WIDE_VERDICT_WIDTH : VERDICT_WIDTH];
  const widthOf = (at: number) => WIDTHS[means[at] ?? ''] ?? NARROW;
  const sum = (widths: readonly number[]) => widths.reduce((total, width) => total + width, 0);
  const isTooWide = sum([...first, ...places.map(widthOf)]) > ROOM;
  const together = isTooWide ? places.filter((at) => means[at] === null) : [];
  const apart = places.filter((at) => !together.includes(at));
  const widths = [...first, ...apart.map(widthOf)];
  return {
    means,
    names: names.map((name, at) => name.trim() || nameOf(at + 1)),
    apart,
    together,
    widths: together.length > 0 ? [...widths, ROOM - sum(widths)] : widths,
  };
}

/** For each corrected cell, how many rows still say what it said: `place\nvalue` → rows. */
export function sayingTheSame(rows: readonly ReviewRow[]): ReadonlyMap<string, number> {
  const same = new Map<string, number>();
  for (const { corrected } of rows) for (const { at, from } of corrected) same.set(`${at}\n${from}`, 0);
  const places = new Set([...same.keys()].map((key) => Number(key.slice(0, key.indexOf('\n')))));
  for (const { cells } of same.size === 0 ? [] : rows)
    for (const at of places) {
      const key = `${at}\n${cells?.[at]}`;
      const n = same.get(key);
      if (n !== undefined) same.set(key, n + 1);
    }
  return same;
}
