/**
 * The search for people by a part of their name or UserPrincipalName. An index of every three letters in a row (`people_search`) finds
 * those who may fit; LIKE then says who does. Newcomers enter it a little at a time and are looked through until then.
 */
import { or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { people, searchProgress } from '#db/schema.ts';

/** Newest people who are looked through one by one, where the index does not have them yet: some 20 ms. */
const NEWEST = 50_000;

/** A text as a LIKE pattern in which nothing is a wildcard. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** SQLite folds the case of ASCII letters alone, so "özil" is tried as "ÖZIL" and "Özil" too. */
function spellings(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return [text];
  const lower = text.toLowerCase();
  return [lower, text.toUpperCase(), lower.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase())];
}

/** True for people whose name or UserPrincipalName contains the text. */
export function nameOrUpnContains(text: string): SQL | undefined {
  return or(
    sql`${people.upnKey} like ${containing(text.toLowerCase())} escape '\\'`,
    ...spellings(text).map((spelling) => sql`${people.displayName} like ${containing(spelling)} escape '\\'`),
  );
}

const THREE = 3;
/** Every other piece, and no more than these: all of them find nobody less, and take twice as long. */
const [STEP, PIECES] = [2, 12];

/** What the index is asked for: pieces of three letters of one of the spellings. Null: the text is too short for that. */
function indexQuery(text: string): string | null {
  const queries = new Set<string>();
  for (const spelling of [text, ...spellings(text)].map((one) => one.replaceAll('\0', ' '))) {
    const [written, small] = [[...spelling], [...spelling.toLowerCase()]];
    // The index folds case letter by letter: a letter whose small one is two letters is asked for as it is.
    const letters = small.length === written.length ? small : written;
    const last = letters.length - THREE;
    if (last < 0) return null;
    const starts = Array.from({ length: Math.floor(last / STEP) + 1 }, (_, n) => n * STEP).slice(0, PIECES);
    const pieces = [...new Set([...starts, last])].map((start) => letters.slice(start, start + THREE).join(''));
    queries.add(pieces.map((piece) => `"${piece.replaceAll('"', '""')}"`).join(' AND '));
  }
  return [...queries].map((query) => `(${query})`).join(' OR ');
}

/** Every way to write one or two letters with small and capital ones. */
function casings(text: string): string[] {
  return [...text].reduce<string[]>(
    (starts, letter) =>
      starts.flatMap((start) => [...new Set([letter.toLowerCase(), letter.toUpperCase()])].map((one) => start + one)),
    [''],
  );
}

const AFTER_ALL_LETTERS = '\u{10ffff}';

/** People whose name or UserPrincipalName begins with the text as it is written, or all in small or capital letters; of very many, any. */
export function peopleBeginningWith(db: Tx, text: string, limit: number, where: SQL = sql`true`): number[] {
  // With a filter by state SQLite would read everybody in that state: 2 s of a million people instead of 1 ms.
  const part = (column: typeof people.upnKey | typeof people.displayName, start: string) =>
    sql`select * from (select id from people indexed by ${column === people.upnKey ? sql`people_upn` : sql`people_name`}
      where ${column} >= ${start} and ${column} < ${start + AFTER_ALL_LETTERS} and ${where} limit ${limit})`;
  const short = [...text].length < THREE;
  const starts = short
    ? casings(text)
    : [...new Set([text, ...spellings(text), text.toLowerCase(), text.toUpperCase()])];
  const parts = [part(people.upnKey, text.toLowerCase()), ...starts.map((start) => part(people.displayName, start))];
  return idsOf(
    db.all<{ id: number }>(sql`select id from (${sql.join(parts, sql` union `)}) order by id desc limit ${limit}`),
  );
}

export interface FoundPeople {
  /** Newest first. */
  ids: number[];
  /** False: there may be more, of those who are not looked through at once. */
  isComplete: boolean;
}

const idsOf = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);

/**
 * The newest people who have the text in their name or UserPrincipalName and fit `where`, at most `limit`. Of one or two letters, with
 * very many people, those whose name or UserPrincipalName begins with them.
 */
export function searchPeople(db: Tx, text: string, where: SQL | undefined, limit: number): FoundPeople {
  const { newest } = db.get<{ newest: number }>(sql`select coalesce(max(id), 0) as newest from people`);
  const query = indexQuery(text);
  if (query === null && newest > NEWEST) return { ids: peopleBeginningWith(db, text, limit, where), isComplete: true };
  const upTo = query === null ? 0 : (db.select().from(searchProgress).get()?.upTo ?? 0);
  const fits = sql`(${nameOrUpnContains(text)}) and ${where ?? sql`true`}`;
  // The newest by id: with a filter by state SQLite would sort everybody in it, 55 ms of a million people instead of 1.
  const ids = idsOf(
    db.all<{ id: number }>(sql`
      select id from people not indexed where id > ${Math.max(upTo, newest - NEWEST)} and ${fits}
      order by id desc limit ${limit}`),
  );
  if (query !== null && ids.length < limit)
    ids.push(
      ...idsOf(
        db.all<{ id: number }>(sql`
          select people.id from people_search s cross join people on people.id = s.rowid
          where s.people_search match ${query} and s.rowid <= ${upTo} and ${fits}
          order by s.rowid desc limit ${limit - ids.length}`),
      ),
    );
  return { ids, isComplete: newest - upTo <= NEWEST || ids.length === limit };
}
