/** The reconciliation of imported rows, from counters that are updated with every stored row and every change of state. */
import { count, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { intakeFiles, type RowVerdict } from '#db/schema/files.ts';
import type { RowCaseStatus } from '#db/schema/row-cases.ts';
import type { PersonState } from '#lib/domain/states.ts';

export interface RowTally {
  /** For a row that was rejected, what became of it. */
  part: Exclude<RowVerdict, 'rejected'> | RowCaseStatus;
  /** The current state of the person of an accepted row; null for the others. */
  state: PersonState | null;
  n: number;
}

/** The rows of one file, or of all files that one run imported: accepted ones by the state of their person, rejected ones by their case. */
export function rowTallies(db: Tx, of: { fileId: string } | { runId: string }): RowTally[] {
  // A file refused whole has a case, and no rows.
  const files = sql`select id from intake_files where ${'fileId' in of ? sql`id = ${of.fileId}` : sql`run_id = ${of.runId}`} and status <> 'rejected'`;
  return db.all<RowTally>(sql`
    select 'accepted' as part, state, sum(accepted) as n from file_counts where file_id in (${files}) and accepted > 0 group by state
    union all
    select verdict, null, count(*) from intake_rows where file_id in (${files}) and verdict = 'duplicate' group by verdict
    union all
    select status, null, count(*) from row_cases where status in ('open', 'corrected', 'closed') and file_id in (${files}) group by status
    union all
    select 'duplicate', null, n from (select sum(rows) as n from unchanged_rows where file_id in (${files})) where n > 0
    union all
    select 'accepted', null, n from (
      select (select sum(accepted) from intake_files where id in (${files}))
        - (select coalesce(sum(accepted), 0) from file_counts where file_id in (${files})) as n) where n > 0`);
}

export function countFilesOfRun(db: Tx, runId: string): number {
  return db.select({ n: count() }).from(intakeFiles).where(eq(intakeFiles.runId, runId)).get()?.n ?? 0;
}
