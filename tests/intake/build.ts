/** Builders for intake tests: bytes in any encoding, a temp folder, and what the database holds afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { extrasByName } from '#lib/intake/column-rules.ts';
import type { Encoding } from '#lib/intake/csv/encoding/formats.ts';
import { importFile, rejectedLines } from '#lib/intake/import.ts';
import { type ImportedFile, type ImportRequest, type Progress, StoppedError } from '#lib/intake/import-request.ts';
import { TASKS, type TaskContext } from '#lib/worker/tasks.ts';
import type { inThread } from '#lib/worker/thread.ts';
import { putEmptyDatabase } from '#tests/support/runner/empty-database.ts';

export const NOW = Date.UTC(2026, 2, 4, 5, 6, 7);
/** How a file of the drop folder comes to `importFile`. */
export const DROPPED = {
  name: 'people.csv',
  sourceKind: 'drop_folder',
  receivedFrom: 'idm',
  now: NOW,
  runId: null,
} as const;

const HIGH_1252 = new Map([...'€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'].map((character) => [character, byte1252(character)]));

function byte1252(character: string): number {
  const order = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
  return 0x80 + order.indexOf(character);
}

/** Text as bytes of an encoding, written here independently of the decoder under test. */
export function encode(text: string, encoding: Encoding, withMark = false): Buffer {
  const marked = withMark ? `\uFEFF${text}` : text;
  if (encoding === 'UTF-8') return Buffer.from(marked, 'utf8');
  if (encoding === 'UTF-16LE') return Buffer.from(marked, 'utf16le');
  if (encoding === 'UTF-16BE') return Buffer.from(marked, 'utf16le').swap16();
  return Buffer.from([...text].map((character) => HIGH_1252.get(character) ?? character.charCodeAt(0)));
}

export function emptyDatabase(): Db {
  const file = path.join(tempFolder(), 'test.db');
  putEmptyDatabase(file);
  const db = openDatabase(file);
  onTestFinished(() => void db.$client.close());
  return db;
}

export function tempFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'intake-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Takes text or bytes in as an upload would; bytes never change, so there is always an answer. */
export function importBytes(
  db: Db,
  content: string | Uint8Array,
  more: Partial<ImportRequest> = {},
): Omit<ImportedFile, 'rejected'> & { rejected: ReturnType<typeof rejectedLines> } {
  const source = typeof content === 'string' ? Buffer.from(content) : content;
  const base = {
    name: 'people.csv',
    sourceKind: 'upload',
    receivedFrom: 'Olga Operator',
    now: NOW,
    runId: null,
  } as const;
  const taken = importFile({ db, source, copyTo: null, ...base, ...more });
  if (!taken) throw new Error('Bytes in memory do not change.');
  return { ...taken, rejected: rejectedLines(db, taken.id) };
}

export interface StoredPerson {
  id: number;
  upnKey: string;
  displayName: string;
  employeeType: string;
  usageLocation: string | null;
  startDate: string | null;
  state: string;
  revision: number;
  message: string;
  nextCheckAt: number | null;
  mappingId: number | null;
}

export function storedPeople(db: Db): StoredPerson[] {
  return db.$client
    .prepare<[], StoredPerson>(
      `select id, upn_key as upnKey, display_name as displayName, employee_type as employeeType, usage_location as usageLocation,
         start_date as startDate, state, revision, message, next_check_at as nextCheckAt, mapping_id as mappingId from people order by id`,
    )
    .all();
}

export interface StoredRow {
  id: number;
  fileId: string;
  line: number;
  raw: string;
  extras: string | null;
  verdict: string;
  problems: string | null;
  changes: string | null;
  personId: number | null;
  duplicateOfRowId: number | null;
}

export function storedRows(db: Db): StoredRow[] {
  return db.$client
    .prepare<[], StoredRow>(
      `select id, file_id as fileId, line, raw, extras, verdict, problems, changes, person_id as personId,
         duplicate_of_row_id as duplicateOfRowId from intake_rows order by id`,
    )
    .all();
}

/** What each row says in the columns that mean nothing to us, by their names. */
export function storedExtras(db: Db): Record<string, string>[] {
  return db.$client
    .prepare<[], { extras: string | null; reading: string | null }>(
      'select extras, reading from intake_rows join intake_files f on f.id = file_id order by intake_rows.id',
    )
    .all()
    .map(({ extras, reading }) => extrasByName(JSON.parse(extras ?? 'null'), JSON.parse(reading ?? 'null')));
}

export interface StoredEvent {
  kind: string;
  personId: number | null;
  fromState: string | null;
  toState: string | null;
  message: string;
  data: string | null;
}

export function storedEvents(db: Db): StoredEvent[] {
  return db.$client
    .prepare<[], StoredEvent>(
      'select kind, person_id as personId, from_state as fromState, to_state as toState, message, data from events order by id',
    )
    .all();
}

export interface StoredFile {
  id: string;
  name: string;
  status: string;
  encoding: string | null;
  delimiter: string | null;
  rows: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  storedName: string | null;
  movedAt: number | null;
}

export function storedFiles(db: Db): StoredFile[] {
  return db.$client
    .prepare<[], StoredFile>(
      `select id, name, status, encoding, delimiter, rows, accepted, duplicates, rejected, stored_name as storedName,
         moved_at as movedAt from intake_files order by rowid`,
    )
    .all();
}

/** Carries a task out on the connection and in the thread of the test, whose triggers then see every write. */
export const inPlace: typeof inThread = async (db, name, input, { signal, onProgress } = {}) => {
  const throwIfStopped = () => {
    if (signal?.aborted) throw new StoppedError('stopped');
  };
  const yieldToWriters = (progress: Progress) => {
    throwIfStopped();
    onProgress?.(progress);
  };
  // Name and input are checked by the type of the whole function.
  const task = TASKS[name] as (context: TaskContext, input: unknown) => never;
  return task({ db, throwIfStopped, yieldToWriters, reportProgress: () => {} }, input);
};
