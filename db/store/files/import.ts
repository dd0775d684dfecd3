/**
 * Queries of the import: files, their rows, and the people those rows name. Prepared once per file, because a file can have a
 * million rows.
 */
import Sqlite, { type Statement } from 'better-sqlite3';
import type { Tx } from '#db/client.ts';
import type { FileSource } from '#db/schema/files.ts';
import type { Newcomer } from '#lib/domain/newcomer.ts';
import type { Sentence } from '#lib/domain/sentences/sentence.ts';
import type { PersonState } from '#lib/domain/states.ts';

export interface NewFile {
  id: string;
  name: string;
  sha256: string;
  sizeBytes: number;
  modifiedAt: number;
  receivedAt: number;
  source: FileSource;
  receivedFrom: string;
  receivedFromKey: string | null;
  encoding: string | null;
  storedName: string | null;
  movedAt: number | null;
  runId: string | null;
}

/** What is known about a table once all of it has been read. */
export interface FileShape {
  delimiter: string | null;
  header: string | null;
  rowsTotal: number | null;
  /** What was passed over or decided before the first row, in sentences. */
  notes: readonly Sentence[];
  /** By which rules it is read; kept so that it is read to the end by the same ones. */
  reading: unknown;
}

export interface RowCounts {
  accepted: number;
  duplicates: number;
  rejected: number;
}

/** What rows say of a person, as it is stored: for each known column a value, or null where no row has one. */
type SaidOfPerson = { [Field in keyof Newcomer]: Exclude<Newcomer[Field], undefined> };

export interface NewPerson extends SaidOfPerson {
  upnKey: string;
  employeeTypeKey: string;
  rowHash: number;
  fileId: string;
  message: string;
  at: number;
}

export interface KnownPerson extends SaidOfPerson {
  id: number;
  state: PersonState;
  revision: number;
  /** When a licence that we assigned was verified; null: none was. */
  licensedAt: number | null;
  nextCheckAt: number | null;
  /** The row that created this person; null where no file did. */
  firstRowId: number | null;
  /** The file that named this person last. */
  lastFileId: string | null;
  /** What the newest row said; null where it is not known. */
  rowHash: number | null;
  /** The newest row that is stored whole. */
  lastRowId: number | null;
  lastRaw: string | null;
}

export interface NewRow {
  fileId: string;
  line: number;
  raw: string;
  /** JSON. */
  extras: string | null;
  verdict: 'accepted' | 'duplicate' | 'rejected';
  problems: readonly unknown[];
  changes: readonly unknown[];
  personId: number | null;
  duplicateOfRowId: number | null;
}

export interface ListedRow {
  id: number;
  fileId: string;
  fileName: string;
  line: number;
  raw: string;
}

export type IntakeStore = ReturnType<typeof intakeStore>;

/** Lists of one header are few: one for each department, for example. */
const LISTED_BACK = 10;

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
const list = (values: readonly unknown[]): string | null => (values.length === 0 ? null : JSON.stringify(values));

/** What the trigger `people_index_insert` says. */
const IS_KNOWN = 'UNIQUE constraint failed: people.upn_key';

/** One statement for many rows: one statement per row would take twice as long. */
function bulkInsert(db: Tx, start: string, row: string): (count: number) => Statement<unknown[]> {
  const prepared = new Map<number, Statement<unknown[]>>();
  return (count) => {
    const existing = prepared.get(count);
    if (existing) return existing;
    const statement = db.$client.prepare<unknown[]>(`${start} ${Array.from({ length: count }, () => row).join(', ')}`);
    prepared.set(count, statement);
    return statement;
  };
}

/** The writes of one file's transaction. Call inside `db.$client.transaction`. */
export function intakeStore(db: Tx) {
  const insertFile = db.$client.prepare(
    `insert into intake_files (id, name, sha256, size_bytes, modified_at, received_at, source, received_from, received_from_key, encoding,
       stored_name, moved_at, run_id, status)
     values (@id, @name, @sha256, @sizeBytes, @modifiedAt, @receivedAt, @source, @receivedFrom, @receivedFromKey, @encoding,
       @storedName, @movedAt, @runId, 'importing')`,
  );
  const shapeFile = db.$client.prepare(
    `update intake_files set delimiter = @delimiter, header = @header, rows_total = @rowsTotal, notes = @notes, reading = @reading
     where id = @id`,
  );
  const countFile = db.$client.prepare(
    `update intake_files set rows = @accepted + @duplicates + @rejected, accepted = @accepted, duplicates = @duplicates,
       rejected = @rejected where id = @id`,
  );
  const reopenFile = db.$client.prepare(
    `update intake_files set status = 'importing', sha256 = @sha256, size_bytes = @sizeBytes, modified_at = @modifiedAt,
       encoding = @encoding, rows_total = @rowsTotal where id = @id`,
  );
  const endFile = db.$client.prepare('update intake_files set status = ?, problem = ? where id = ?');
  const insertPeople = bulkInsert(
    db,
    `insert into people (upn_key, user_principal_name, display_name, employee_type, employee_type_key, usage_location, start_date,
       row_hash, last_file_id, state, state_since, reason, message, first_seen_at, next_check_at) values`,
    "(?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, 'queued', ?, ?, ?)",
  );
  const selectPerson = db.$client.prepare<[string], KnownPerson>(
    `select p.id, user_principal_name as userPrincipalName, display_name as displayName, employee_type as employeeType,
       usage_location as usageLocation, start_date as startDate, state, revision, licensed_at as licensedAt, next_check_at as nextCheckAt,
       (select r.id from intake_rows r where r.person_id = p.id and r.verdict = 'accepted' order by r.id limit 1) as firstRowId,
       last_file_id as lastFileId, row_hash as rowHash, last.id as lastRowId, last.raw as lastRaw
     from people p left join intake_rows last on last.id = (select max(r.id) from intake_rows r where r.person_id = p.id)
     where p.id = (select person_id from upns_in_order where upn_key = ?)`,
  );
  // A mapping pinned and an approval for another EmployeeType do not apply to the new one (of whoever is licensed or done it says by what), "License now" not to another start date;
  // and a cycle that has read the old values must not record for them.
  const updatePerson = db.$client.prepare(
    `update people set display_name = @displayName, usage_location = @usageLocation,
       location_set_by = case when usage_location is @usageLocation then location_set_by end,
       license_now_by = case when start_date is @startDate then license_now_by end, start_date = @startDate,
       mapping_id = case when employee_type_key = @employeeTypeKey or licensed_at is not null or mailbox_ready_at is not null then mapping_id end,
       choice = case when employee_type_key = @employeeTypeKey then choice end,
       approved_at = case when employee_type_key = @employeeTypeKey then approved_at end,
       approved_by = case when employee_type_key = @employeeTypeKey then approved_by end,
       approved_plan = case when employee_type_key = @employeeTypeKey then approved_plan end,
       employee_type = @employeeType, employee_type_key = @employeeTypeKey, revision = revision + 1
     where id = @id`,
  );
  const selectListed = db.$client.prepare<[string, number, string], ListedRow>(
    `with this as (select source, received_from, header from intake_files where id = ?)
     select r.id, r.file_id as fileId, f.name as fileName, r.line, r.raw from intake_rows r join intake_files f on f.id = r.file_id, this
     where r.person_id = ? and f.id <> ? and f.source = this.source and f.received_from = this.received_from and f.header = this.header
     order by r.id desc limit ${LISTED_BACK}`,
  );
  const nameAgain = db.$client.prepare(
    'update people set last_file_id = ?, row_hash = ?, next_check_at = ? where id = ?',
  );
  const insertUnchanged = db.$client.prepare('insert into unchanged_rows (file_id, rows, repeats) values (?, ?, ?)');
  const countUnchanged = db.$client
    .prepare<[string], number>('select coalesce(sum(rows), 0) from unchanged_rows where file_id = ?')
    .pluck();
  const insertRows = bulkInsert(
    db,
    'insert into intake_rows (file_id, line, raw, extras, verdict, problems, changes, person_id, duplicate_of_row_id) values',
    '(?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    addFile(file: NewFile): void {
      insertFile.run(file);
    },
    shapeFile(id: string, { notes, reading, ...shape }: FileShape): void {
      shapeFile.run({ ...shape, notes: list(notes), reading: json(reading), id });
    },
    /** How many rows are stored so far, by verdict. */
    countFile(id: string, counts: RowCounts): void {
      countFile.run({ ...counts, id });
    },
    /** It is imported further, up to an end it did not have before. */
    reopenFile(
      id: string,
      grown: Pick<NewFile, 'sha256' | 'sizeBytes' | 'modifiedAt' | 'encoding'> & { rowsTotal: number },
    ): void {
      reopenFile.run({ ...grown, id });
    },
    endFile(id: string, status: 'accepted' | 'rejected', problem: unknown): void {
      endFile.run(status, json(problem), id);
    },
    /**
     * The id of the first of these new people, the others follow one by one; null where one of them is known already: then none
     * is added.
     */
    addPeople(people: readonly NewPerson[]): number | null {
      const values: unknown[] = [];
      for (const p of people) {
        values.push(p.upnKey, p.userPrincipalName, p.displayName, p.employeeType, p.employeeTypeKey);
        values.push(p.usageLocation, p.startDate, p.rowHash, p.fileId, p.at, p.message, p.at, p.at);
      }
      try {
        return Number(insertPeople(people.length).run(values).lastInsertRowid) - people.length + 1;
      } catch (error) {
        if (error instanceof Sqlite.SqliteError && error.message === IS_KNOWN) return null;
        throw error;
      }
    },
    findPerson(upnKey: string): KnownPerson | undefined {
      return selectPerson.get(upnKey);
    },
    /** What the lists with the header of this file that came the same way said of a person, the newest first. */
    lastListed(personId: number, fileId: string): ListedRow[] {
      return selectListed.all(fileId, personId, fileId);
    },
    updatePerson(person: Omit<SaidOfPerson, 'userPrincipalName'> & { id: number; employeeTypeKey: string }): void {
      updatePerson.run(person);
    },
    /** A row of this file named a known person. `nextCheckAt` null: only when a human asks. */
    nameAgain(personId: number, fileId: string, rowHash: number, nextCheckAt: number | null): void {
      nameAgain.run(fileId, rowHash, nextCheckAt, personId);
    },
    /** Rows that repeat stored ones: `[line, id of the stored row]`. */
    addUnchanged(fileId: string, repeats: readonly (readonly [number, number])[]): void {
      if (repeats.length > 0) insertUnchanged.run(fileId, repeats.length, JSON.stringify(repeats));
    },
    countUnchanged(fileId: string): number {
      return countUnchanged.get(fileId) ?? 0;
    },
    addRows(rows: readonly NewRow[]): void {
      const values: unknown[] = [];
      for (const r of rows) {
        values.push(r.fileId, r.line, r.raw, r.extras, r.verdict, list(r.problems), list(r.changes));
        values.push(r.personId, r.duplicateOfRowId);
      }
      insertRows(rows.length).run(values);
    },
  };
}
