/** The best few results of each kind for a text. */
import { and, desc, gte, lt, or, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { intakeFiles, people, runs } from '#db/schema.ts';
import { containing, peopleBeginningWith, searchPeople } from '#db/store/people/people-search.ts';

/** `20260304T050607Z`: ids begin with their time, so they sort by it. */
const ID_TIME = 16;

/** Where more people than this contain the text, the newest are offered, and some who start with it. */
const CONTAINING = 500;

/** First those whose name or UserPrincipalName starts with the text, then the newest. */
export function findPeople(db: Tx, text: string, limit: number) {
  const start = containing(text).slice(1);
  const ids = [...peopleBeginningWith(db, text, CONTAINING), ...searchPeople(db, text, undefined, CONTAINING).ids];
  return db
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

/** Runs by the start of their id, ignoring case. */
export function findRuns(db: Tx, text: string, limit: number) {
  const asStored = text.slice(0, ID_TIME).toUpperCase() + text.slice(ID_TIME).toLowerCase();
  const starts = [...new Set([text, asStored])];
  const startsWith = (start: string) => and(gte(runs.id, start), lt(runs.id, `${start}\u{10ffff}`));
  return db
    .select({ id: runs.id, status: runs.status, requestedAt: runs.requestedAt })
    .from(runs)
    .where(or(...starts.map(startsWith)))
    .orderBy(desc(runs.id))
    .limit(limit)
    .all();
}
