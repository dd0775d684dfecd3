/** The best few of each kind for a text. */
import { desc, like, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { intakeFiles, people, runs } from '#db/schema.ts';
import { containing, nameOrUpnContains } from './people-read.ts';

/** Those whose name or UserPrincipalName begins with the text first, then the newest. */
export function findPeople(db: Tx, text: string, limit: number) {
  const start = containing(text).slice(1);
  return db
    .select({
      id: people.id,
      displayName: people.displayName,
      userPrincipalName: people.userPrincipalName,
      state: people.state,
    })
    .from(people)
    .where(nameOrUpnContains(text))
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

/** Runs by the start of their id. */
export function findRuns(db: Tx, text: string, limit: number) {
  return db
    .select({ id: runs.id, status: runs.status, requestedAt: runs.requestedAt })
    .from(runs)
    .where(like(runs.id, `${text.replace(/[\\%_]/g, '')}%`))
    .orderBy(desc(runs.requestedAt))
    .limit(limit)
    .all();
}
