/**
 * Searches people by the words of their name and UserPrincipalName, in any order and without accents. The trigram index
 * (`people_search`) finds candidates; LIKE then decides. New people are added to the index a few at a time and scanned until then.
 */
import { and, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { namesInOrder, people, searchProgress, upnsInOrder } from '#db/schema/people.ts';
import { hasWholeWords, isOneSlipAway, queryWords, searchWords } from '#lib/domain/text/search-words.ts';
import { containing, trigramsOf } from './trigrams.ts';

/** The newest people are scanned one by one where they are not in the index yet: about 20 ms. */
const NEWEST = 10_000;

/** True for people of whom every word of the text is a part of the name or UserPrincipalName. */
export function nameOrUpnContains(text: string): SQL | undefined {
  return hasWords(sql`search_words(${people.displayName}, ${people.upnKey})`, queryWords(text));
}

function hasWords(stored: SQL, words: readonly (readonly string[])[]): SQL | undefined {
  const has = (spelling: string) => sql`${stored} like ${containing(spelling)} escape '\\'`;
  return words.length === 0 ? sql`false` : and(...words.map((spellings) => or(...spellings.map(has))));
}

/** The query for the index. Null: no word is long enough for it. */
function indexQuery(words: readonly (readonly string[])[]): string | null {
  const parts = words.flatMap((spellings) => {
    const each = spellings.map(trigramsOf);
    return each.includes(null) ? [] : [`(${each.join(' OR ')})`];
  });
  return parts.length === 0 ? null : parts.join(' AND ');
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
const SHORT = 2;

/** People whose name or UserPrincipalName starts with the text as written, or in all lower or all upper case; of very many, any. */
export function peopleBeginningWith(db: Tx, text: string, limit: number, where?: SQL): number[] {
  // With a filter by state SQLite would read everybody in that state: 2 s of a million people instead of 1 ms. Without one nobody
  // is read: 5,000 who begin with two letters take 5 ms instead of 16.
  const joined = (index: typeof upnsInOrder | typeof namesInOrder) =>
    where && sql`cross join people on people.id = ${index.personId} and ${where}`;
  const part = (index: typeof upnsInOrder | typeof namesInOrder, key: SQLWrapper, start: string) =>
    sql`select * from (select ${index.personId} as id from ${index} ${joined(index)}
      where ${key} >= ${start} and ${key} < ${start + AFTER_ALL_LETTERS} limit ${limit})`;
  const [lower, upper] = [text.toLowerCase(), text.toUpperCase()];
  const capital = lower.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
  const starts = [...text].length <= SHORT ? casings(text) : [...new Set([text, lower, upper, capital])];
  const parts = [
    part(upnsInOrder, upnsInOrder.upnKey, lower),
    ...starts.map((start) => part(namesInOrder, namesInOrder.displayName, start)),
  ];
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
 * The newest people with every word of the text in their name or UserPrincipalName who satisfy `where`, at most `limit`. For words of
 * one or two letters, with very many people: those whose name or UserPrincipalName starts with the text.
 */
export function searchPeople(db: Tx, text: string, where: SQL | undefined, limit: number): FoundPeople {
  const { newest } = db.get<{ newest: number }>(sql`select coalesce(max(id), 0) as newest from people`);
  const words = queryWords(text);
  const query = indexQuery(words);
  if (query === null && newest > NEWEST)
    return { ids: peopleBeginningWith(db, text.trim(), limit, where), isComplete: true };
  const upTo = query === null ? 0 : (db.select().from(searchProgress).get()?.upTo ?? 0);
  const rest = where ?? sql`true`;
  // The newest by id: with a filter by state SQLite would sort everybody in it, 55 ms of a million people instead of 1.
  const ids = idsOf(
    db.all<{ id: number }>(sql`
      select id from people not indexed where id > ${Math.max(upTo, newest - NEWEST)} and (${nameOrUpnContains(text)}) and ${rest}
      order by id desc limit ${limit}`),
  );
  if (query !== null && ids.length < limit)
    ids.push(
      ...idsOf(
        db.all<{ id: number }>(sql`
          select people.id from people_search s cross join people on people.id = s.rowid
          where s.people_search match ${query} and s.rowid <= ${upTo} and (${hasWords(sql`s.words`, words)}) and ${rest}
          order by s.rowid desc limit ${limit - ids.length}`),
      ),
    );
  return { ids, isComplete: newest - upTo <= NEWEST || ids.length === limit };
}

/** So many who share a part of a misspelt word are compared: about 20 ms. */
const COMPARED = 1000;

/** People who would be found if one letter of the text were other, fewer or more; at most `limit`: the newest, and of people in the index those who share a part of it. */
export function similarPeople(db: Tx, text: string, limit: number): number[] {
  const words = queryWords(text);
  const isSimilar = (candidate: string) => isOneSlipAway(words, candidate);
  const { newest } = db.get<{ newest: number }>(sql`select coalesce(max(id), 0) as newest from people`);
  const upTo = db.select().from(searchProgress).get()?.upTo ?? 0;
  const notIndexed = db.all<Named>(sql`
    select id, display_name as displayName, upn_key as upnKey from people not indexed
    where id > ${Math.max(upTo, newest - NEWEST)} order by id desc`);
  return [...notIndexed, ...indexedCandidates(db, words)]
    .filter(({ displayName, upnKey }) => isSimilar(searchWords(displayName, upnKey)))
    .slice(0, limit)
    .map(({ id }) => id);
}

interface Named {
  id: number;
  displayName: string;
  upnKey: string;
}

/** The newest people of the index who have all words but one, and a part of that one. */
function indexedCandidates(db: Tx, words: readonly (readonly string[])[]): Named[] {
  // A word with one slip has a half without it.
  const either = words.flatMap(([word = '', ...others], at) => {
    const rest = indexQuery(words.filter((_, index) => index !== at));
    const parts = [word, ...others].flatMap(partsOf).flatMap((text) => trigramsOf(text) ?? []);
    const misspelt = parts.length === 0 ? null : `(${[...new Set(parts)].join(' OR ')})`;
    const part = [misspelt, rest].filter((query) => query !== null).join(' AND ');
    return part === '' ? [] : [`(${part})`];
  });
  if (either.length === 0) return [];
  return db.all<Named>(sql`
    select people.id, people.display_name as displayName, people.upn_key as upnKey
    from people_search s cross join people on people.id = s.rowid
    where s.people_search match ${either.join(' OR ')} order by s.rowid desc limit ${COMPARED}`);
}

/** The other words of a longer text are hardly a name. */
const WORDS_OF_A_NAME = 4;

/**
 * People who have all words of the text but one, as whole words: whoever is called Bob there and Robert by the caller, or has another
 * family name since. A word that more than `limit` people share tells nothing.
 */
export function peopleOfAnotherName(db: Tx, text: string, limit: number): number[] {
  const words = queryWords(text);
  if (words.length < 2 || words.length > WORDS_OF_A_NAME) return [];
  const found = words.flatMap((_, left) => {
    const rest = words.toSpliced(left, 1);
    if (indexQuery(rest) === null) return [];
    const ids = searchPeople(db, rest.map(([word]) => word).join(' '), undefined, COMPARED).ids;
    const whole = namedBy(db, ids).filter((one) => hasWholeWords(rest, searchWords(one.displayName, one.upnKey)));
    return whole.length > limit ? [] : whole.map(({ id }) => id);
  });
  return [...new Set(found)].slice(0, limit);
}

function namedBy(db: Tx, ids: readonly number[]): Named[] {
  return db.all<Named>(sql`
    select id, display_name as displayName, upn_key as upnKey from people
    where id in (select value from json_each(${JSON.stringify(ids)})) order by id desc`);
}

/** A shorter word has no two halves of three letters each, which the index wants. */
const HAS_HALVES = 6;

/** What a word with one slip has in common with the right one: one of its halves; or, where the slip is within both halves of a short word, the right one is among these. */
function partsOf(word: string): string[] {
  const letters = [...word];
  const half = Math.max(3, Math.floor(letters.length / 2));
  const halves = [letters.slice(0, half).join(''), letters.slice(-half).join('')];
  if (letters.length >= HAS_HALVES) return halves;
  return [...halves, ...spellingsOneSlipAway(letters).filter((one) => !halves.some((part) => one.includes(part)))];
}

/** A letter other, more, fewer, or swapped with its neighbour. */
function spellingsOneSlipAway(letters: readonly string[]): string[] {
  const places = [...letters.keys()];
  return [
    ...places.map((at) => letters.toSpliced(at, 1)),
    ...places.slice(1).map((at) => letters.toSpliced(at - 1, 2, letters[at] ?? '', letters[at - 1] ?? '')),
    ...[...ALPHABET].flatMap((letter) => [
      ...places.map((at) => letters.with(at, letter)),
      ...places.map((at) => letters.toSpliced(at, 0, letter)),
    ]),
  ].map((spelling) => spelling.join(''));
}

/** Of words without their accents. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';
