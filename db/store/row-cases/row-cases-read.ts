/** Rows that stayed out and files refused whole, as pages, reports and logs show them. */
import { and, asc, count, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { intakeFiles, intakeRows } from '#db/schema/files.ts';
import { people } from '#db/schema/people.ts';
import { ROW_CASE_STATUSES, type RowCaseStatus, rowCases } from '#db/schema/row-cases.ts';
import { SENTENCE } from '#lib/domain/sentences/sentence.ts';
import { BY_ITSELF } from './row-cases.ts';

const CASE = {
  id: rowCases.id,
  fileId: rowCases.fileId,
  fileName: intakeFiles.name,
  receivedAt: intakeFiles.receivedAt,
  /** Why the whole file was refused; null for a row. */
  fileProblem: intakeFiles.problem,
  rowId: rowCases.rowId,
  line: intakeRows.line,
  raw: intakeRows.raw,
  status: rowCases.status,
  revision: rowCases.revision,
  problems: rowCases.problems,
  settledAt: rowCases.settledAt,
  settledBy: rowCases.settledBy,
  settledByKey: rowCases.settledByKey,
  why: rowCases.why,
  importedAsFileId: rowCases.importedAsFileId,
  personId: intakeRows.personId,
  personName: people.displayName,
};

const casesWith = (db: Tx) =>
  db
    .select(CASE)
    .from(rowCases)
    .innerJoin(intakeFiles, eq(intakeFiles.id, rowCases.fileId))
    .leftJoin(intakeRows, eq(intakeRows.id, rowCases.rowId))
    .leftJoin(people, eq(people.id, intakeRows.personId));

type StoredCase = ReturnType<ReturnType<typeof casesWith>['all']>[number];

const problemsSchema = z.array(z.object({ column: z.string().nullable(), ...SENTENCE }));
const fileProblemSchema = z.object({ line: z.number(), column: z.number().nullable(), ...SENTENCE });

function toCase(row: StoredCase) {
  return {
    ...row,
    problems: problemsSchema.safeParse(row.problems).data ?? [],
    fileProblem: fileProblemSchema.safeParse(row.fileProblem).data ?? null,
  };
}

export type CaseRow = ReturnType<typeof toCase>;

/** Null: there is no such case. */
export function caseById(db: Tx, id: number): CaseRow | null {
  const row = casesWith(db).where(eq(rowCases.id, id)).get();
  return row ? toCase(row) : null;
}

/** Those of these cases that are no longer open, by id; not those that `fileId` settled itself. */
export function settledAmong(
  db: Tx,
  ids: readonly number[],
  fileId: string | null,
): Map<number, Pick<CaseRow, 'status' | 'settledBy' | 'why'>> {
  const { id, status, settledBy, why, importedAsFileId } = rowCases;
  const found = db
    .select({ id, status, settledBy, why })
    .from(rowCases)
    .where(
      and(
        sql`${id} in (select value from json_each(${JSON.stringify(ids)}))`,
        ne(status, 'open'),
        sql`${importedAsFileId} is not ${fileId ?? ''}`,
      ),
    )
    .all();
  return new Map(found.map(({ id: one, ...settled }) => [one, settled]));
}

/** A row that stayed out, as it came. */
export interface RowOut {
  raw: string;
  line: number;
  /** When its file came. */
  receivedAt: number;
  /** The columns that kept it out; null: the row as a whole. */
  columns: readonly (string | null)[];
}

/** `why`: what it was closed with, if it had come before itself. */
export interface EarlierRow extends RowOut {
  fileId: string;
  file: string;
  header: string;
  why: string | null;
}

export interface OpenRow extends RowOut {
  id: number;
  revision: number;
}

const columnsOf = (problems: string | null) =>
  (problemsSchema.safeParse(JSON.parse(problems ?? 'null')).data ?? []).map(({ column }) => column);

/** A list that comes so seldom is another one. */
const FILES_BACK = 1000;
/** A row may be missing from the list of some nights: a source that was away, an export that broke off. */
const LISTS_BACK = 30;

/**
 * What stayed out of the files before this one that came the same way, the newest first. `isSame`: whether the header of such a file has
 * the same columns; null: it was not kept.
 */
export function earlierRowsOut(
  db: Tx,
  fileId: string,
  isSame: (header: string | null) => boolean,
  limit: number,
): EarlierRow[] {
  const lists = db
    .all<{ id: string; header: string | null }>(sql`
    with this as (select * from intake_files where id = ${fileId})
    select f.id, f.header from (select * from intake_files order by received_at desc limit ${FILES_BACK}) f, this
    where f.source = this.source and f.received_from = this.received_from
      and f.received_at <= this.received_at and f.id <> this.id and f.status = 'accepted'
    order by f.received_at desc, f.id desc`)
    .filter(({ header }) => isSame(header))
    .slice(0, LISTS_BACK);
  if (lists.length === 0) return [];
  const ids = sql.join(
    lists.map(({ id }) => sql`${id}`),
    sql`, `,
  );
  return db
    .all<Omit<EarlierRow, 'columns'> & { problems: string | null }>(sql`
    select r.raw, r.line, f.id as fileId, f.name as file, f.header, f.received_at as receivedAt, c.problems,
      case when c.status = 'closed' and c.settled_by = ${BY_ITSELF.name} and c.settled_by_key is null then c.why end as why
    from intake_files f
    join intake_rows r on r.file_id = f.id and r.verdict = 'rejected'
    join row_cases c on c.row_id = r.id
    where f.id in (${ids})
    order by f.received_at desc, f.id desc, r.line limit ${limit}`)
    .map(({ problems, ...row }) => ({ ...row, columns: columnsOf(problems) }));
}

/** The rows of a file that are still open, in the order of its lines. */
export function openRowsOut(db: Tx, fileId: string, limit: number): OpenRow[] {
  const { id, revision, problems } = rowCases;
  const { line, raw } = intakeRows;
  return db
    .select({ id, revision, line, raw, receivedAt: intakeFiles.receivedAt, problems })
    .from(rowCases)
    .innerJoin(intakeRows, eq(intakeRows.id, rowCases.rowId))
    .innerJoin(intakeFiles, eq(intakeFiles.id, rowCases.fileId))
    .where(and(eq(rowCases.fileId, fileId), eq(rowCases.status, 'open')))
    .orderBy(asc(id))
    .limit(limit)
    .all()
    .map(({ problems: found, ...row }) => ({
      ...row,
      columns: (problemsSchema.safeParse(found).data ?? []).map(({ column }) => column),
    }));
}

/** The case of a row, where it is still open. */
export function openCaseOfRow(db: Tx, rowId: number): { id: number; revision: number } | null {
  const { id, revision } = rowCases;
  const ofRow = and(eq(rowCases.rowId, rowId), eq(rowCases.status, 'open'));
  return db.select({ id, revision }).from(rowCases).where(ofRow).get() ?? null;
}

export interface CaseFilter {
  status: RowCaseStatus;
  fileId: string | null;
}

const whereOf = ({ status, fileId }: CaseFilter): SQL | undefined =>
  and(eq(rowCases.status, status), fileId === null ? undefined : eq(rowCases.fileId, fileId));

export function countCases(db: Tx, filter: CaseFilter): number {
  return db.select({ n: count() }).from(rowCases).where(whereOf(filter)).get()?.n ?? 0;
}

/** How many open cases each of these files has; a file without one is not there. */
export function countOpenCasesByFile(db: Tx, fileIds: readonly string[]): Map<string, number> {
  const ofThese = and(eq(rowCases.status, 'open'), inArray(rowCases.fileId, [...fileIds]));
  const { fileId } = rowCases;
  return new Map(
    db
      .select({ fileId, n: count() })
      .from(rowCases)
      .where(ofThese)
      .groupBy(fileId)
      .all()
      .map((row) => [row.fileId, row.n]),
  );
}

/** In order of arrival: by file, then by line. The page is found in the index, however far it is. */
export function pageOfCases(db: Tx, filter: CaseFilter, offset: number, limit: number): CaseRow[] {
  const ids = db
    .select({ id: rowCases.id })
    .from(rowCases)
    .where(whereOf(filter))
    .orderBy(asc(rowCases.fileId), asc(rowCases.id))
    .limit(limit)
    .offset(offset)
    .all()
    .map(({ id }) => id);
  return casesByIds(db, ids);
}

/** In order of arrival. */
function casesByIds(db: Tx, ids: readonly number[]): CaseRow[] {
  if (ids.length === 0) return [];
  return casesWith(db)
    .where(inArray(rowCases.id, [...ids]))
    .orderBy(asc(rowCases.fileId), asc(rowCases.id))
    .all()
    .map(toCase);
}

/** The first open cases of each of these files, however many it has. */
export function firstOpenCases(db: Tx, fileIds: readonly string[], ofEach: number): CaseRow[] {
  const ofFile = (id: string) => sql`select id from (
    select id from row_cases where status = 'open' and file_id = ${id} order by id limit ${ofEach})`;
  const ids = db.all<{ id: number }>(sql.join(fileIds.map(ofFile), sql` union all `)).map(({ id }) => id);
  return casesByIds(db, ids);
}

/** The case of a file that was refused whole; null for any other. */
export function caseOfFile(db: Tx, fileId: string): CaseRow | null {
  const row = casesWith(db)
    .where(and(eq(rowCases.fileId, fileId), isNull(rowCases.rowId)))
    .get();
  return row ? toCase(row) : null;
}

/** The newest file before this one with the same bytes that came the same way and was refused for the same reason; `why` as of a row. Null: there is none. */
export function sameFileRefused(db: Tx, fileId: string, problem: string): Pick<EarlierRow, 'file' | 'why'> | null {
  const [found = null] = db.all<Pick<EarlierRow, 'file' | 'why'>>(sql`
    select f.name as file, case when c.status = 'closed' and c.settled_by = ${BY_ITSELF.name} and c.settled_by_key is null then c.why end as why
    from intake_files this join intake_files f on f.sha256 = this.sha256 and f.id <> this.id
    join row_cases c on c.file_id = f.id and c.row_id is null
    where this.id = ${fileId} and f.status = 'rejected' and f.source = this.source and f.received_from = this.received_from
      and f.received_at <= this.received_at and json_extract(f.problem, '$.message') = ${problem}
    order by f.received_at desc, f.id desc limit 1`);
  return found;
}

export interface FileWithCases {
  fileId: string;
  fileName: string;
  receivedAt: number;
  cases: number;
}

/** The ids of files with open cases, the oldest first: one step in the index for each, however many cases it has. */
const FILES_WITH_OPEN_CASES = sql`with recursive files(id) as (
  select (select min(file_id) from row_cases where status = 'open')
  union all
  select (select min(file_id) from row_cases where status = 'open' and file_id > files.id) from files where files.id is not null)`;

/** Files with open cases, the oldest first. */
export function filesWithOpenCases(db: Tx, limit: number): FileWithCases[] {
  return db.all<FileWithCases>(sql`${FILES_WITH_OPEN_CASES}
    select f.id as fileId, f.name as fileName, f.received_at as receivedAt,
      (select count(*) from row_cases c where c.status = 'open' and c.file_id = f.id) as cases
    from (select id from files where id is not null limit ${limit}) first cross join intake_files f on f.id = first.id`);
}

/** How many files have open cases. */
export function countFilesWithOpenCases(db: Tx): number {
  return db.get<{ n: number }>(sql`${FILES_WITH_OPEN_CASES} select count(id) as n from files`).n;
}

/** The next open case of the file after this one, or its first; null: there is no other. */
export function nextOpenCase(db: Tx, { id, fileId }: { id: number; fileId: string }): number | null {
  const others = and(eq(rowCases.status, 'open'), eq(rowCases.fileId, fileId), ne(rowCases.id, id));
  const next = db
    .select({ id: rowCases.id })
    .from(rowCases)
    .where(others)
    .orderBy(sql`${rowCases.id} < ${id}`, asc(rowCases.id))
    .limit(1)
    .get();
  return next?.id ?? null;
}

const READ_AT_ONCE = 500;

/** The open cases of a file one by one in the order of its lines, read a few hundred at a time. */
export function* openCasesOfFile(db: Tx, fileId: string): Generator<CaseRow> {
  yield* inSlices(db, and(eq(rowCases.fileId, fileId), eq(rowCases.status, 'open')));
}

/** What stayed out of the files that a run imported, whatever became of it since. */
export function* casesOfRun(db: Tx, runId: string): Generator<CaseRow> {
  const files = db.select({ id: intakeFiles.id }).from(intakeFiles).where(eq(intakeFiles.runId, runId)).all();
  const anyStatus = inArray(rowCases.status, [...ROW_CASE_STATUSES]);
  for (const { id } of files) yield* inSlices(db, and(eq(rowCases.fileId, id), anyStatus));
}

/** How many those are. */
export function countCasesOfRun(db: Tx, runId: string): number {
  const { n } = db.get<{ n: number }>(sql`
    select count(*) as n from row_cases where status in ('open', 'corrected', 'closed')
      and file_id in (select id from intake_files where run_id = ${runId})`);
  return n;
}

function* inSlices(db: Tx, where: SQL | undefined): Generator<CaseRow> {
  for (let after = 0; ; ) {
    const slice = casesWith(db)
      .where(and(where, sql`${rowCases.id} > ${after}`))
      .orderBy(asc(rowCases.id))
      .limit(READ_AT_ONCE)
      .all();
    yield* slice.map(toCase);
    const last = slice.at(-1);
    if (!last || slice.length < READ_AT_ONCE) return;
    after = last.id;
  }
}

/** The rejected rows of a file, in order, with all problems of each. */
export function rejectedRows(db: Tx, fileId: string): { line: number; problems: z.infer<typeof problemsSchema> }[] {
  return db.$client
    .prepare<[string], { line: number; problems: string }>(
      `select line, c.problems from intake_rows r join row_cases c on c.row_id = r.id
       where r.file_id = ? and verdict = 'rejected' order by line`,
    )
    .all(fileId)
    .map(({ line, problems }) => ({ line, problems: problemsSchema.parse(JSON.parse(problems)) }));
}
