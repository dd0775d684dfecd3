/** What becomes of rows that stayed out, and of files refused whole: corrected, closed, reopened. Always by compare-and-set. */
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { oncePerConnection, type Tx } from '#db/client.ts';
import { intakeRows } from '#db/schema/files.ts';
import { type RowCaseStatus, rowCases } from '#db/schema/row-cases.ts';

/** A case as somebody saw it. */
export interface SeenCase {
  id: number;
  revision: number;
}

/** Nobody’s hand: how pages name it. */
export const BY_ITSELF = { name: 'AutoProvision', key: null } as const;

/** How a case ends, and by whose hand. */
export interface Settlement {
  status: Exclude<RowCaseStatus, 'open'>;
  by: { name: string; key: string | null };
  at: number;
  why?: string;
  importedAsFileId?: string;
}

const nextRevision = sql`${rowCases.revision} + 1`;

const settleStatement = oncePerConnection((client) =>
  client.prepare<unknown[]>(
    `update row_cases set status = ?, settled_at = ?, settled_by = ?, settled_by_key = ?, why = ?, imported_as_file_id = ?,
       revision = revision + 1
     where id = ? and revision = ? and status = 'open'`,
  ),
);

/** Ends an open case; false where somebody was faster. Call it in the transaction of its event. */
export function settleCase(tx: Tx, seen: SeenCase, { status, by, at, why, importedAsFileId }: Settlement): boolean {
  const values = [status, at, by.name, by.key, why ?? null, importedAsFileId ?? null];
  return settleStatement(tx).run(...values, seen.id, seen.revision).changes === 1;
}

/** Ends the case of a file that was refused whole; false where it is not open. */
export function settleFileCase(tx: Tx, fileId: string, settlement: Settlement): boolean {
  const ofFile = and(eq(rowCases.fileId, fileId), isNull(rowCases.rowId), eq(rowCases.status, 'open'));
  const found = tx.select({ id: rowCases.id, revision: rowCases.revision }).from(rowCases).where(ofFile).get();
  return found !== undefined && settleCase(tx, found, settlement);
}

/** Opens a closed case again; false where somebody was faster. */
export function reopenCase(tx: Tx, seen: SeenCase): boolean {
  const nobody = { settledAt: null, settledBy: null, settledByKey: null, why: null };
  const values = { ...nobody, status: 'open', revision: nextRevision } as const;
  const asSeen = and(eq(rowCases.id, seen.id), eq(rowCases.revision, seen.revision), eq(rowCases.status, 'closed'));
  return tx.update(rowCases).set(values).where(asSeen).run().changes === 1;
}

/** Whether a later row, or another one of the same file, names the person, also by repeating what an earlier one said: then it says more than this row does. */
export function isNamedElsewhere(tx: Tx, personId: number, row: { id: number; fileId: string }): boolean {
  const other = tx
    .select({ id: intakeRows.id })
    .from(intakeRows)
    .where(and(eq(intakeRows.personId, personId), or(gt(intakeRows.id, row.id), eq(intakeRows.fileId, row.fileId))))
    .get();
  // A repeated row is not stored again.
  const { n } = tx.get<{ n: number }>(sql`
    select count(*) as n from people p join intake_files last on last.id = p.last_file_id join intake_files this on this.id = ${row.fileId}
    where p.id = ${personId} and (last.id = this.id or last.received_at > this.received_at)`);
  return other !== undefined || n > 0;
}

/** The row as the file has it, now that all of it has arrived; `problems`: what keeps it out all the same. */
export function completeRaw(
  tx: Tx,
  row: { id: number; raw: string },
  raw: string,
  problems: readonly unknown[] | null,
): void {
  const isIndexed = sql`${row.id} in (select row_id from row_cases where id <= (select cases_up_to from search_progress))`;
  tx.run(
    sql`insert into row_search (row_search, rowid, raw) select 'delete', ${row.id}, ${row.raw} where ${isIndexed}`,
  );
  tx.run(sql`insert into row_search (rowid, raw) select ${row.id}, ${raw} where ${isIndexed}`);
  tx.update(intakeRows)
    .set(problems === null ? { raw } : { raw, problems })
    .where(eq(intakeRows.id, row.id))
    .run();
  if (problems) tx.update(rowCases).set({ problems, revision: nextRevision }).where(eq(rowCases.rowId, row.id)).run();
}

/** What a corrected row says now; the row as it came, and what kept it out, stay beside it. */
export interface CorrectedRow {
  personId: number;
  /** JSON. */
  extras: string | null;
  changes: readonly unknown[];
  /** The doubts that are left. */
  problems: readonly unknown[];
}

const list = (values: readonly unknown[]) => (values.length === 0 ? null : values);

/** Gives a row that had stayed out its person. */
export function setCorrectedRow(tx: Tx, rowId: number, { personId, extras, changes, problems }: CorrectedRow): void {
  tx.update(intakeRows)
    .set({ personId, changes: list(changes), problems: list(problems), ...(extras && { extras: JSON.parse(extras) }) })
    .where(eq(intakeRows.id, rowId))
    .run();
}
