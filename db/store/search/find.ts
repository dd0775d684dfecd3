/** The best few results of each kind for a text. */
import { and, desc, eq, gte, inArray, lt, or, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { intakeFiles } from '#db/schema/files.ts';
import { people } from '#db/schema/people.ts';
import { runs } from '#db/schema/runs.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { addressIn } from '#lib/domain/text/search-words.ts';
import { peopleByCells } from './find-rows.ts';
import { peopleBeginningWith, peopleOfAnotherName, searchPeople, similarPeople } from './people-search.ts';
import { containing } from './trigrams.ts';

/** `20260304T050607Z`: ids begin with their time, so they sort by it. */
const ID_TIME = 16;

/** Where more people than this contain the text, the newest are offered, and some who start with it. */
const CONTAINING = 100;

/** Of those with a similar name, so many are offered. */
const SIMILAR = 6;

/** Another spelling of an address: the same person at another domain. So many are offered. */
const OTHER_DOMAINS = 20;

/** By what somebody was found: nobody has the words, and this one's are similar, or stand elsewhere in the row. */
type Match = 'name' | 'similar' | 'row';

/** Of those who have the words elsewhere in their row, so many are offered beside similar names. */
const BY_ROW = 4;

/**
 * People with all words of the text; with the address in it, whatever its domain; or, where there is nobody, with one letter other, or
 * with the text in another cell of the row; or else with one name other. With very many people some who start with the text, and the newest.
 */
function idsByName(db: Tx, text: string): Map<number, Match> {
  const all = (ids: readonly number[], match: Match) => new Map(ids.map((id) => [id, match]));
  const words = [...peopleBeginningWith(db, text, CONTAINING), ...searchPeople(db, text, undefined, CONTAINING).ids];
  if (words.length > 0) return all(words, 'name');
  const address = addressIn(text);
  const byAddress = address === null ? [] : searchPeople(db, address, undefined, CONTAINING).ids;
  if (byAddress.length > 0) return all(byAddress, 'name');
  const elsewhere = address === null ? [] : atAnyDomain(db, address);
  if (elsewhere.length > 0) return all(elsewhere, 'similar');
  const byRow = peopleByCells(db, text, BY_ROW);
  const near = new Map([...all(similarPeople(db, text, SIMILAR), 'similar'), ...all(byRow, 'row')]);
  return near.size > 0 ? near : all(peopleOfAnotherName(db, text, SIMILAR), 'similar');
}

/** People with the same UserPrincipalName but for its domain. */
export function atAnyDomain(db: Tx, address: string): number[] {
  return peopleBeginningWith(db, address.slice(0, address.lastIndexOf('@') + 1), OTHER_DOMAINS);
}

/** As they are written. */
export function upnsOfPeople(db: Tx, ids: readonly number[]): string[] {
  const rows = db
    .select({ upn: people.userPrincipalName })
    .from(people)
    .where(inArray(people.id, [...ids]));
  return rows.all().map(({ upn }) => upn);
}

export interface FoundPerson {
  id: number;
  displayName: string;
  userPrincipalName: string;
  state: PersonState;
  match: Match;
}

/** First those whose name or UserPrincipalName starts with the text, then the newest. */
export function findPeople(db: Tx, text: string, limit: number): FoundPerson[] {
  const start = containing(text).slice(1);
  const matches = idsByName(db, text);
  const found = db
    .select({
      id: people.id,
      displayName: people.displayName,
      userPrincipalName: people.userPrincipalName,
      state: people.state,
    })
    .from(people)
    .where(sql`${people.id} in (select value from json_each(${JSON.stringify([...matches.keys()])}))`)
    .orderBy(
      desc(sql`${people.displayName} like ${start} escape '\\' or ${people.upnKey} like ${start} escape '\\'`),
      desc(people.id),
    )
    .limit(limit)
    .all();
  return found.map((person) => ({ ...person, match: matches.get(person.id) ?? 'name' }));
}

export function findFiles(db: Tx, text: string, limit: number) {
  return db
    .select({ id: intakeFiles.id, name: intakeFiles.name, receivedAt: intakeFiles.receivedAt })
    .from(intakeFiles)
    .where(sql`${intakeFiles.name} like ${containing(text)} escape '\\'`)
    .orderBy(desc(intakeFiles.receivedAt))
    .limit(limit)
    .all();
}

/** Runs by their number, as `214` or `Run 214`, or the start of their id, ignoring case. */
export function findRuns(db: Tx, text: string, limit: number) {
  const asStored = text.slice(0, ID_TIME).toUpperCase() + text.slice(ID_TIME).toLowerCase();
  const starts = [...new Set([text, asStored])];
  const startsWith = (start: string) => and(gte(runs.id, start), lt(runs.id, `${start}\u{10ffff}`));
  const number = /^(?:run|#)?\s*(\d{1,9})$/i.exec(text)?.[1];
  const isCalled = number === undefined ? [] : [eq(runs.number, Number(number))];
  return db
    .select({ id: runs.id, number: runs.number, status: runs.status, requestedAt: runs.requestedAt })
    .from(runs)
    .where(or(...isCalled, ...starts.map(startsWith)))
    .orderBy(desc(runs.id))
    .limit(limit)
    .all();
}
