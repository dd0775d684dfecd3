/**
 * Searches people by part of their name or UserPrincipalName. The trigram index (`people_search`) finds candidates; LIKE then
 * decides. New people are added to the index a few at a time and scanned until then.
 */
import { or, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { people, searchProgress } from '#db/schema.ts';

/** The newest people are scanned one by one where they are not in the index yet: about 20 ms. */
const NEWEST = 50_000;

/** A text as a LIKE pattern without wildcards. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** SQLite folds case for ASCII only, so "özil" is also tried as "ÖZIL" and "Özil". */
export function spellings(text: string): string[] {
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

const TRIGRAM = 3;
/** Every other trigram, up to this many: using all of them finds the same people and takes twice as long. */
const [STEP, PIECES] = [2, 12];

/** The query for the index: trigrams of each spelling. Null: the text is too short. */
export function indexQuery(text: string): string | null {
  const queries = new Set<string>();
  for (const spelling of [text, ...spellings(text)].map((one) => one.replaceAll('\0', ' '))) {
    const [original, lower] = [[...spelling], [...spelling.toLowerCase()]];
    // The index folds case letter by letter: a letter whose lower case is two letters is searched as it is.
    const letters = lower.length === original.length ? lower : original;
    const last = letters.length - TRIGRAM;
    if (last < 0) return null;
    const starts = Array.from({ length: Math.floor(last / STEP) + 1 }, (_, n) => n * STEP).slice(0, PIECES);
    const pieces = [...new Set([...starts, last])].map((start) => letters.slice(start, start + TRIGRAM).join(''));
    queries.add(pieces.map((piece) => `"${piece.replaceAll('"', '""')}"`).join(' AND '));
  }
  return [...queries].map((query) => `(${query})`).join(' OR ');
}

/** Every combination of upper and lower case of one or two letters. */
function casings(text: string): string[] {
  return [...text].reduce<string[]>(
    (starts, letter) =>
      starts.flatMap((start) => [...new Set([letter.toLowerCase(), letter.toUpperCase()])].map((one) => start + one)),
    [''],
  );
}

const AFTER_ALL_LETTERS = '\u{10ffff}';

/** People whose name or UserPrincipalName starts with the text as written, or in all lower or all upper case; of very many, any. */
export function peopleBeginningWith(db: Tx, text: string, limit: number, where: SQL = sql`true`): number[] {
  // With a filter by state SQLite would read everybody in that state: 2 s of a million people instead of 1 ms.
  const part = (column: typeof people.upnKey | typeof people.displayName, start: string) =>
    sql`select * from (select id from people indexed by ${column === people.upnKey ? sql`people_upn` : sql`people_name`}
      where ${column} >= ${start} and ${column} < ${start + AFTER_ALL_LETTERS} and ${where} limit ${limit})`;
  const short = [...text].length < TRIGRAM;
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
  /** False: there may be more among people not scanned at once. */
  isComplete: boolean;
}

const idsOf = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);

/**
 * The newest people with the text in their name or UserPrincipalName who satisfy `where`, at most `limit`. For one or two
 * letters, with very many people: those whose name or UserPrincipalName starts with them.
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
