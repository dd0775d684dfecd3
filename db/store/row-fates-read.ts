/** What became of rows that came in: one query, so that the parts are always of the same moment. */
import { count, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { intakeFiles, intakeRows, people, type RowVerdict } from '#db/schema.ts';
import type { PersonState } from '#lib/provisioning/core/states.ts';

export interface RowFate {
  verdict: RowVerdict;
  /** Where the person of an accepted row stands now; null for the others. */
  state: PersonState | null;
  n: number;
}

function filesOf(db: Tx, runId: string) {
  return db.select({ id: intakeFiles.id }).from(intakeFiles).where(eq(intakeFiles.runId, runId));
}

/** The rows of one file, or of all files that one run took in, by verdict and by the state of the accepted person. */
export function rowFates(db: Tx, of: { fileId: string } | { runId: string }): RowFate[] {
  return db
    .select({
      verdict: intakeRows.verdict,
      state: sql<PersonState | null>`case when ${intakeRows.verdict} = 'accepted' then ${people.state} end`.as('fate'),
      n: count(),
    })
    .from(intakeRows)
    .leftJoin(people, eq(people.id, intakeRows.personId))
    .where('fileId' in of ? eq(intakeRows.fileId, of.fileId) : inArray(intakeRows.fileId, filesOf(db, of.runId)))
    .groupBy(intakeRows.verdict, sql`fate`)
    .all();
}

export function countFilesOfRun(db: Tx, runId: string): number {
  return db.select({ n: count() }).from(intakeFiles).where(eq(intakeFiles.runId, runId)).get()?.n ?? 0;
}
