/** The best few results of each kind for a text. */
import { and, desc, eq, gte, inArray, lt, or, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { intakeFiles, people, runs } from '#db/schema.ts';
import { addressIn } from '#lib/domain/text/search-words.ts';
import { peopleBeginningWith, searchPeople, similarPeople } from './people-search.ts';
import { containing } from './trigrams.ts';

/** `20260304T050607Z`: ids begin with their time, so they sort by it. */
const ID_TIME = 16;

/** Where more people than this contain the text, the newest are offered, and some who start with it. */
const CONTAINING = 100;

/** Another spelling of an address: the same person at another domain. So many are offered. */
const OTHER_DOMAINS = 20;

interface FoundByName {
  ids: number[];
  /** False: nobody has these words, and these people have similar ones. */
  isExact: boolean;
}

/**
 * People with all words of the text; with the address in it, whatever its domain; or, where there is nobody, with one letter other.
 * With very many people some who start with the text, and the newest.
 */
function idsByName(db: Tx, text: string): FoundByName {
  const words = [...peopleBeginningWith(db, text, CONTAINING), ...searchPeople(db, text, undefined, CONTAINING).ids];
  if (words.length > 0) return { ids: words, isExact: true };
  const address = addressIn(text);
  const byAddress = address === null ? [] : searchPeople(db, address, undefined, CONTAINING).ids;
  if (byAddress.length > 0) return { ids: byAddress, isExact: true };
  const elsewhere = address === null ? [] : atAnyDomain(db, address);
  return { ids: elsewhere.length > 0 ? elsewhere : similarPeople(db, text, CONTAINING), isExact: false };
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

/** First those whose name or UserPrincipalName starts with the text, then the newest. */
export function findPeople(db: Tx, text: string, limit: number) {
  const start = containing(text).slice(1);
  const { ids, isExact } = idsByName(db, text);
  const found = db
    .select({
      id: people.id,
      displayName: people.displayName,
      userPrincipalName: people.userPrincipalName,
      state: people.state,
    })
    .from(people)
    .where(sql`${people.id} in (select value from json_each(${JSON.stringify(ids)}))`)
    .orderBy(
      desc(sql`${people.displayName} like ${start} escape '\\' or ${people.upnKey} like ${start} escape '\\'`),
      desc(people.id),
    )
    .limit(limit)
    .all();
  return { people: found, isExact };
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
