/** Maps columns to their meaning: finds the known columns by name or alias, in any order and case. */
import { KNOWN_COLUMNS, type KnownColumn, perColumn, REQUIRED_COLUMNS } from '#lib/domain/newcomer.ts';
import { part, type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { COLUMN_NAME_LIMIT } from '#lib/intake/csv/limits.ts';
import { type LeaverColumn, leaverColumns } from '#lib/intake/csv/values/leavers.ts';
import { withoutFormula } from '#lib/intake/csv/values/values.ts';
import { ALIASES, columnKey, GENERIC, KINDRED } from './column-names.ts';
import { nameParts, namesBothParts } from './name-parts.ts';
import { mayBeStart, type PartOfStart, partOfStart, saysStart } from './start-names.ts';
import {
  beforeRemarks,
  isAboutSomebodyElse,
  isFormer,
  namesIn,
  responderAt,
  withoutOwnMark,
  withoutPerson,
  withoutRevision,
} from './written-names.ts';

/** What decides: where two columns may mean it, guessing would shift people. Of the others the best-known name counts. */
const DECIDES: ReadonlySet<KnownColumn> = new Set(['UserPrincipalName', 'EmployeeType']);

export interface Header {
  /** How many fields a row must have. */
  width: number;
  /** The index of each known column; null where the file does not have it. */
  at: Record<KnownColumn, number | null>;
  /** The columns that make up the name, in its order: that of CN alone, or parts of which it is one. */
  nameAt: readonly number[];
  /** The columns with parts of it beside one that has the whole: for rows that leave that one empty. */
  namePartsAt: readonly number[];
  /** The columns we do not know, by their names in the file. */
  extras: readonly { name: string; at: number }[];
  /** Further columns that say when people begin, the surest first: for rows that leave StartDate empty. */
  otherStarts: readonly { name: string; at: number }[];
  /** Columns that may say so in a file where none is known to. */
  perhapsStarts: readonly { name: string; at: number }[];
  /** The columns with year and month of the first day, and perhaps its day, where no column has the whole of it. */
  startPartsAt: Readonly<Record<PartOfStart, number | null>> | null;
  /** Those of the extras that may say that a row is about no newcomer. */
  leaverColumns: readonly LeaverColumn[];
}

/** The column index an operator chose for a meaning; null: the file does not have it. Meanings not listed are matched by name. */
export type ColumnChoice = Partial<Record<KnownColumn, number | null>>;

/** Further names of the known columns in this organisation. */
export type ColumnAliases = Partial<Record<KnownColumn, readonly string[]>>;

/** What the name of a column means, and how sure that is: 0 is the exact name, 1 a name of this organisation, then the aliases, best first. */
interface Meaning {
  column: KnownColumn;
  rank: number;
  /** What was there before: nobody is found by it. */
  isFormer?: boolean;
}

/** A name with a remark beside it (`UserPrincipalName (old)`) comes behind the bare one. */
const REMARK_RANK = 0.5;
const GENERIC_RANK = 1000;
/** A name that some systems have for something else, such as full time and part time. */
const KINDRED_RANK = GENERIC_RANK / 2;
const PERSON_RANK = GENERIC_RANK / 2;
const OWN_RANK = 2 * GENERIC_RANK;
/** A name that nobody listed, by its words. */
const WORDS_RANK = 3 * GENERIC_RANK;
/** What holds instead of a first day that was planned before. */
const REVISED_RANK = -1;

type Meanings = ReadonlyMap<string, Meaning>;

/** What a key means first of all: a column before another in the order of `KNOWN_COLUMNS`. */
function meanings(ranked: (column: KnownColumn) => readonly (readonly [key: string, rank: number])[]): Meanings {
  const found = new Map<string, Meaning>();
  for (const column of KNOWN_COLUMNS)
    for (const [key, rank] of ranked(column)) if (key !== '' && !found.has(key)) found.set(key, { column, rank });
  return found;
}

const aliasRank = (key: string) => (GENERIC.has(key) ? GENERIC_RANK : KINDRED.has(key) ? KINDRED_RANK : 0);
const EXACT = meanings((column) => [[columnKey(column), 0]]);
const USUAL = meanings((column) => ALIASES[column].map((key, at) => [key, 2 + at + aliasRank(key)] as const));

/** One look-up for each kind of name, however many columns a file has. */
function meaningFinder(aliases: ColumnAliases): (name: string) => Meaning | null {
  const own = meanings((column) => (aliases[column] ?? []).map((alias) => [columnKey(alias), 1] as const));
  const meaningOf = (name: string): Meaning | null => {
    const isLong = name.length > COLUMN_NAME_LIMIT;
    const keys = namesIn(isLong ? beforeRemarks(name) : name).map(columnKey);
    for (const known of [EXACT, own, USUAL]) {
      const key = keys.find((one) => known.has(one));
      const meaning = key === undefined ? undefined : known.get(key);
      if (meaning && key !== columnKey(name) && isAboutSomebodyElse(name)) return null;
      // What was cut off may say that it means something else: any other name is surer.
      if (meaning && isLong) return { ...meaning, rank: meaning.rank + GENERIC_RANK };
      if (meaning && key === columnKey(name)) return meaning;
      if (meaning) return { ...meaning, rank: meaning.rank + REMARK_RANK, isFormer: isFormer(name) };
    }
    return null;
  };
  const anyMeaningOf = (name: string): Meaning | null => {
    const meaning = meaningOf(name);
    const own = meaning ? null : withoutOwnMark(name);
    const otherwise = own === null ? null : meaningOf(own);
    if (otherwise) return { ...otherwise, rank: otherwise.rank + OWN_RANK };
    const bare = meaning ? null : withoutPerson(name);
    const ofPerson = bare === null ? null : meaningOf(bare);
    // Surer than a column called no more than `Name`, but beside a plain name of what decides no rival.
    if (ofPerson)
      return {
        ...ofPerson,
        rank: (ofPerson.rank % GENERIC_RANK) + (DECIDES.has(ofPerson.column) ? OWN_RANK : PERSON_RANK),
      };
    if (!meaning && namesBothParts(name)) return { column: 'CN', rank: PERSON_RANK };
    const isStart = !meaning && name.length <= COLUMN_NAME_LIMIT && namesIn(own ?? name).some(saysStart);
    return isStart ? { column: 'StartDate', rank: WORDS_RANK } : meaning;
  };
  return (name) => {
    const before = withoutRevision(name);
    const isRevised = before !== null && anyMeaningOf(before)?.column === 'StartDate';
    return isRevised ? { column: 'StartDate', rank: REVISED_RANK } : anyMeaningOf(name);
  };
}

const usualMeaningOf = meaningFinder({});

/** Whether a cell holds one of the usual names of a column: then a header stands where a row should be. */
export function isNameOf(column: KnownColumn, text: string): boolean {
  return usualMeaningOf(text)?.column === column;
}

/** How many of the required columns these fields name: tells the header from other lines, and the right delimiter from the wrong ones. */
export function countRequired(fields: readonly string[], aliases: ColumnAliases): number {
  const meaningOf = meaningFinder(aliases);
  const named = new Set(fields.map((field) => meaningOf(field)?.column));
  if (!named.has('CN') && nameParts(fields, null)) named.add('CN');
  return REQUIRED_COLUMNS.filter((column) => named.has(column)).length;
}

export interface ColumnMatch {
  header: Header;
  /** Without an end: they are joined. */
  problems: Sentence[];
  /** What was decided between columns of one meaning. */
  notes: Sentence[];
}

/**
 * Finds each known column, by hand first and by name else. A required column that is missing, or a deciding one that two columns claim,
 * is a problem. Columns of one name that mean nothing to us are numbered.
 */
export function matchColumns(
  fields: readonly string[],
  choice: ColumnChoice | null,
  aliases: ColumnAliases = {},
): ColumnMatch {
  const problems: Sentence[] = [];
  const notes: Sentence[] = [];
  const found = foundByName(fields, aliases);
  const responder = responderAt(fields);
  const names = found.CN.filter(({ index }) => index !== responder);
  const ofPeople = responder === null ? fields : fields.with(responder, '');
  const parts = partsOfName(ofPeople, names, choice ?? {});
  // Who filled in a form is called so only where nobody else is named.
  if (names.length > 0) found.CN = names;
  if (parts) {
    found.CN = [{ index: parts.anchor, rank: 0, isFormer: false }];
    notes.push(sentence('nameOfParts', { names: shown(fields, parts.at) }));
  }
  const startPartsAt = choice?.StartDate === undefined ? partsOfStart(fields, found.StartDate) : null;
  if (startPartsAt) {
    found.StartDate = [];
    const partsAt = Object.values(startPartsAt).filter((index) => index !== null);
    notes.push(sentence('startOfParts', { names: shown(fields, partsAt) }));
  }
  const at = settled(fields, found, choice ?? {}, problems, notes);
  const nameAt = parts?.at ?? (at.CN === null ? [] : [at.CN]);
  const taken = new Set(Object.values(at));
  const beside = parts || choice?.CN !== undefined ? [] : (nameParts(ofPeople, null)?.at ?? []);
  const named = fields.flatMap((field, index) =>
    taken.has(index)
      ? []
      : [{ name: withoutFormula(field.trim()).slice(0, COLUMN_NAME_LIMIT) || `column ${index + 1}`, at: index }],
  );
  const long = fields.filter((field) => field.trim().length > COLUMN_NAME_LIMIT).length;
  if (long > 0) notes.push(sentence('longNames', { n: long, limit: COLUMN_NAME_LIMIT }));
  const missing = REQUIRED_COLUMNS.filter((column) => at[column] === null);
  if (missing.length > 0)
    problems.push(sentence('columnsMissing', { columns: missing, found: shown(fields, fields.keys()) }));
  const extras = numbered(named);
  const starts = choice?.StartDate === undefined ? found.StartDate.filter(({ isFormer }) => !isFormer) : [];
  const otherStarts = starts.flatMap(({ index }) => extras.find((extra) => extra.at === index) ?? []);
  const startRank = starts[0]?.rank ?? 0;
  if (
    starts[0]?.index === at.StartDate &&
    (startRank >= WORDS_RANK || (startRank === REVISED_RANK && starts.length > 1))
  )
    notes.push(sentence('readAsStart', { name: shown(fields, [starts[0]?.index ?? 0])[0] ?? '' }));
  const perhapsStarts =
    at.StartDate === null && choice?.StartDate === undefined ? extras.filter((one) => mayBeStart(one.name)) : [];
  const header = {
    width: fields.length,
    at,
    nameAt,
    namePartsAt: beside.some((index) => taken.has(index)) ? [] : beside,
    extras,
    otherStarts,
    perhapsStarts,
    startPartsAt,
    leaverColumns: leaverColumns(extras),
  };
  return { header, problems, notes };
}

/** The name of a column of the file: its meaning where known, otherwise the name in the file. */
export function columnName(header: Header, index: number): string {
  const known = KNOWN_COLUMNS.find((column) => header.at[column] === index);
  return known ?? header.extras.find(({ at }) => at === index)?.name ?? `column ${index + 1}`;
}

type Found = Record<KnownColumn, { index: number; rank: number; isFormer: boolean }[]>;

/** The columns that may mean each known one, the surest first. */
function foundByName(fields: readonly string[], aliases: ColumnAliases): Found {
  const found: Found = perColumn(() => []);
  const meaningOf = meaningFinder(aliases);
  for (const [index, field] of fields.entries()) {
    const meaning = meaningOf(field);
    if (meaning) found[meaning.column].push({ isFormer: false, ...meaning, index });
  }
  for (const column of KNOWN_COLUMNS) found[column].sort((a, b) => a.rank - b.rank);
  return found;
}

/**
 * The columns that make up the name where none has the whole of it, and the one that stands for CN. Whoever chose that one by hand means
 * all of them.
 */
function partsOfName(
  fields: readonly string[],
  found: Found['CN'],
  choice: ColumnChoice,
): { at: readonly number[]; anchor: number } | null {
  const names = found.filter(({ isFormer }) => !isFormer);
  if (names.length > 1 || names.some(({ rank }) => rank < GENERIC_RANK || rank >= OWN_RANK)) return null;
  const named = names[0]?.index ?? null;
  const parts = nameParts(fields, named);
  if (!parts) return null;
  const anchor = named ?? parts.family;
  const { CN: chosen = anchor, ...others } = choice;
  const isFree = Object.values(others).every((index) => index === null || !parts.at.includes(index));
  return chosen === anchor && isFree ? { at: parts.at, anchor } : null;
}

/** `found`: the columns known for the first day, of which none has more than a part of it. */
function partsOfStart(fields: readonly string[], found: Found['StartDate']): Header['startPartsAt'] {
  const parts = fields.map((field) => (field.length <= COLUMN_NAME_LIMIT ? partOfStart(field) : null));
  const only = (part: PartOfStart) => (parts.filter((one) => one === part).length === 1 ? parts.indexOf(part) : null);
  const at = { year: only('year'), month: only('month'), day: only('day') };
  const isWhole = found.some(({ index, isFormer }) => !(isFormer || Object.values(at).includes(index)));
  return at.year === null || at.month === null || isWhole ? null : at;
}

/** Two names rival where neither is surer than the other: for what decides any two aliases do, for the name two of one rank. */
function rivals(column: KnownColumn, found: readonly { index: number; rank: number }[]): number[] {
  const tier = (rank: number) =>
    !DECIDES.has(column) || rank < 2
      ? rank
      : ([OWN_RANK, GENERIC_RANK, KINDRED_RANK].find((least) => rank >= least) ?? 2);
  const best = tier(found[0]?.rank ?? 0);
  return found.filter(({ rank }) => tier(rank) === best).map(({ index }) => index);
}

/** `choice`: the meanings an operator has decided on; their names count for nothing. */
function settled(
  fields: readonly string[],
  found: Found,
  choice: ColumnChoice,
  problems: Sentence[],
  notes: Sentence[],
): Header['at'] {
  const at = perColumn<number | null>(() => null);
  const owners = new Map<number, KnownColumn>();
  for (const column of KNOWN_COLUMNS) {
    const index = choice[column] ?? null;
    if (index === null || index < 0 || index >= fields.length) continue;
    const owner = owners.get(index);
    if (owner) problems.push(sentence('chosenTwice', { name: shown(fields, [index])[0] ?? '', owner, column }));
    owners.set(index, column);
    at[column] = index;
  }
  for (const column of KNOWN_COLUMNS) {
    if (choice[column] !== undefined) continue;
    // A column given a meaning by an operator has no other meaning by its name.
    const names = found[column].filter((one) => !owners.has(one.index));
    // Beside a plain name what was there before is no rival.
    const isSettled = names.some((one) => !one.isFormer && one.rank < KINDRED_RANK && Number.isInteger(one.rank));
    const free = names.filter((one) => !one.isFormer || (DECIDES.has(column) && !isSettled));
    const claims = rivals(column, free);
    const several = { column, times: claims.length, found: shown(fields, claims) };
    if (claims.length > 1 && REQUIRED_COLUMNS.includes(column)) problems.push(sentence('severalColumns', several));
    else if (claims.length > 1) {
      const key = column === 'StartDate' ? 'firstFilledCounts' : 'firstColumnCounts';
      notes.push(sentence(key, { problem: part('severalColumns', several) }));
    }
    const [surest] = free;
    // Beside another one it is said that there are two.
    at[column] = surest && (!surest.isFormer || claims.length > 1) ? surest.index : null;
  }
  return at;
}

/** Columns of the same name are numbered. */
function numbered(extras: readonly { name: string; at: number }[]): { name: string; at: number }[] {
  const used = new Set<string>(KNOWN_COLUMNS);
  const last = new Map<string, number>();
  return extras.map(({ name, at }) => {
    let n = last.get(name) ?? 1;
    let free = name;
    while (used.has(free)) free = `${name} (${++n})`;
    used.add(free);
    last.set(name, n);
    return { name: free, at };
  });
}

/** As much of the names as fits into a sentence. */
function shown(fields: readonly string[], indexes: Iterable<number>): string[] {
  return [...indexes].slice(0, 20).map((index) => (fields[index] ?? '').trim().slice(0, 60));
}
