/** Intake files as pages show them. */
import { and, asc, count, desc, eq, gt, sql, sum } from 'drizzle-orm';
import { oncePerConnection, type Tx } from '#db/client.ts';
import {
  type FileStatus,
  fileRows,
  intakeFiles,
  intakeRows,
  type RowVerdict,
  unchangedRows,
} from '#db/schema/files.ts';
import { dryRunOutcomes } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { rowCases } from '#db/schema/row-cases.ts';
import { COMPARED_PERSON, type ComparedPerson } from '#db/store/runs/re-run-read.ts';

export type FileRow = typeof intakeFiles.$inferSelect;

const withStatus = (status: FileStatus | null) => (status === null ? undefined : eq(intakeFiles.status, status));

export function countFiles(db: Tx, status: FileStatus | null): number {
  return db.select({ n: count() }).from(intakeFiles).where(withStatus(status)).get()?.n ?? 0;
}

/** What a list says of a file: without its columns, notes and where it lies. */
const LISTED = {
  id: intakeFiles.id,
  name: intakeFiles.name,
  sha256: intakeFiles.sha256,
  sizeBytes: intakeFiles.sizeBytes,
  receivedAt: intakeFiles.receivedAt,
  source: intakeFiles.source,
  receivedFrom: intakeFiles.receivedFrom,
  status: intakeFiles.status,
  problem: intakeFiles.problem,
  rows: intakeFiles.rows,
  rowsTotal: intakeFiles.rowsTotal,
  accepted: intakeFiles.accepted,
  duplicates: intakeFiles.duplicates,
  rejected: intakeFiles.rejected,
  runId: intakeFiles.runId,
};
export type ListedFile = Pick<FileRow, keyof typeof LISTED>;

/** Newest first. */
export function pageOfFiles(db: Tx, status: FileStatus | null, offset: number, limit: number): ListedFile[] {
  return db
    .select(LISTED)
    .from(intakeFiles)
    .where(withStatus(status))
    .orderBy(desc(intakeFiles.receivedAt), desc(intakeFiles.id))
    .limit(limit)
    .offset(offset)
    .all();
}

const byId = oncePerConnection((_, tx) =>
  tx
    .select()
    .from(intakeFiles)
    .where(eq(intakeFiles.id, sql.placeholder('id')))
    .prepare(),
);

export function fileById(db: Tx, id: string): FileRow | null {
  return byId(db).get({ id }) ?? null;
}

/**
 * Where all rows of a file are: `intake_rows`, which has them in order by its index, unless some repeat earlier ones. The columns used
 * here have the same names and types in both.
 */
function rowsIn(db: Tx, fileId: string): typeof fileRows {
  return countUnchangedRows(db, fileId) > 0 ? fileRows : (intakeRows as unknown as typeof fileRows);
}

/** What a row says of itself, wherever it is shown. */
const sayings = ({ line, raw, verdict, problems, changes }: typeof fileRows) => ({
  line,
  raw,
  verdict,
  problems,
  changes,
  caseId: rowCases.id,
  caseStatus: rowCases.status,
  keptOutBy: rowCases.problems,
  settledBy: rowCases.settledBy,
  why: rowCases.why,
});

/** Rows of a file by line, with the person each one names, or what became of one that stayed out. */
export function pageOfRows(db: Tx, fileId: string, verdict: RowVerdict | null, offset: number, limit: number) {
  const rows = rowsIn(db, fileId);
  return db
    .select({
      ...sayings(rows),
      personId: rows.personId,
      userPrincipalName: people.userPrincipalName,
      displayName: people.displayName,
      state: people.state,
      reason: people.reason,
    })
    .from(rows)
    .leftJoin(people, eq(people.id, rows.personId))
    .leftJoin(rowCases, eq(rowCases.rowId, rows.id))
    .where(and(eq(rows.fileId, fileId), verdict === null ? undefined : eq(rows.verdict, verdict)))
    .orderBy(asc(rows.line))
    .limit(limit)
    .offset(offset)
    .all();
}

/** The people of a file, each once, in the order of its rows. */
export function pageOfFilePeople(db: Tx, fileId: string, offset: number, limit: number): ComparedPerson[] {
  const rows = rowsIn(db, fileId);
  return db
    .select(COMPARED_PERSON)
    .from(rows)
    .innerJoin(people, eq(people.id, rows.personId))
    .where(and(eq(rows.fileId, fileId), eq(rows.verdict, 'accepted')))
    .orderBy(asc(rows.line))
    .limit(limit)
    .offset(offset)
    .all();
}

/** The person that a line of a file names; null where there is no row in that line. */
export function rowOfLine(db: Tx, fileId: string, line: number): { id: number; personId: number | null } | null {
  const inLine = and(eq(intakeRows.fileId, fileId), eq(intakeRows.line, line));
  const { id, personId } = intakeRows;
  return db.select({ id, personId }).from(intakeRows).where(inLine).get() ?? null;
}

/** How many rows of a file repeat an earlier one word for word. */
export function countUnchangedRows(db: Tx, fileId: string): number {
  const { n } =
    db
      .select({ n: sum(unchangedRows.rows) })
      .from(unchangedRows)
      .where(eq(unchangedRows.fileId, fileId))
      .get() ?? {};
  return Number(n ?? 0);
}

/** Rows of a file after a line, in order, with the current state of their people: for the sender's own file with results. */
export function rowsWithResults(db: Tx, fileId: string, afterLine: number, limit: number) {
  const rows = rowsIn(db, fileId);
  return db
    .select({
      ...sayings(rows),
      state: people.state,
      reason: people.reason,
      message: people.message,
      licensedAt: people.licensedAt,
      mailboxReadyAt: people.mailboxReadyAt,
    })
    .from(rows)
    .leftJoin(people, eq(people.id, rows.personId))
    .leftJoin(rowCases, eq(rowCases.rowId, rows.id))
    .where(and(eq(rows.fileId, fileId), gt(rows.line, afterLine)))
    .orderBy(asc(rows.line))
    .limit(limit)
    .all();
}

/** What a dry run planned for the rows of a file, and the current state of their people. */
export function plansWithPeople(db: Tx, fileId: string, runId: string) {
  return db
    .select({
      plannedState: dryRunOutcomes.state,
      plannedReason: dryRunOutcomes.reason,
      plannedMessage: dryRunOutcomes.message,
      licences: dryRunOutcomes.licences,
      personId: people.id,
      displayName: people.displayName,
      state: people.state,
      message: people.message,
      licensedAt: people.licensedAt,
    })
    .from(dryRunOutcomes)
    .innerJoin(intakeRows, and(eq(intakeRows.fileId, fileId), eq(intakeRows.line, dryRunOutcomes.line)))
    .innerJoin(people, eq(people.id, intakeRows.personId))
    .where(eq(dryRunOutcomes.runId, runId))
    .orderBy(asc(dryRunOutcomes.line))
    .all();
}
