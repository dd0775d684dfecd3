/** How far files are imported, and by which rules they are read to the end. */
import { desc, eq, max } from 'drizzle-orm';
import type { Db, Tx } from '#db/client.ts';
import { type FileStatus, fileRows, intakeFiles, intakeRows } from '#db/schema/files.ts';
import { people } from '#db/schema/people.ts';
import type { NewFile, RowCounts } from './import.ts';

export interface UnfinishedFile {
  file: NewFile;
  delimiter: string | null;
  header: string | null;
  rowsTotal: number;
  reading: unknown;
  counts: RowCounts;
  /** The last line stored; 0 before the first. */
  lastLine: number;
}

/** Files of which not all rows are stored yet, oldest first. */
export function unfinishedFiles(db: Db): { id: string; name: string }[] {
  return db.$client
    .prepare<[], { id: string; name: string }>(
      `select id, name from intake_files where status = 'importing' order by received_at, id`,
    )
    .all();
}

/** Where the import of a file stopped; null where it is complete. */
export function unfinishedFile(db: Db, id: string): UnfinishedFile | null {
  const stored = storedFile(db, id);
  return stored?.status === 'importing' ? stored : null;
}

/** A file and how far it is imported. */
export function storedFile(db: Db, id: string): (UnfinishedFile & { status: FileStatus }) | null {
  const row = db.select().from(intakeFiles).where(eq(intakeFiles.id, id)).get();
  if (!row) return null;
  const { delimiter, header, rowsTotal, reading, notes: _, accepted, duplicates, rejected, ...file } = row;
  const last = db
    .select({ line: max(fileRows.line) })
    .from(fileRows)
    .where(eq(fileRows.fileId, id))
    .get();
  return {
    status: row.status,
    file,
    delimiter,
    header,
    rowsTotal: rowsTotal ?? 0,
    reading,
    counts: { accepted, duplicates, rejected },
    lastLine: last?.line ?? 0,
  };
}

/** The last row of a file, with the key of the person it names. */
export function lastRowOf(db: Tx, fileId: string) {
  const { id, line, raw, personId } = intakeRows;
  return db
    .select({ id, line, raw, personId, upnKey: people.upnKey })
    .from(intakeRows)
    .leftJoin(people, eq(people.id, personId))
    .where(eq(intakeRows.fileId, fileId))
    .orderBy(desc(line))
    .limit(1)
    .get();
}

/** Whether a file with this id is stored, even in part. */
export function isStoredFile(db: Db, id: string): boolean {
  return db.select({ id: intakeFiles.id }).from(intakeFiles).where(eq(intakeFiles.id, id)).get() !== undefined;
}

/** By which rules a file is read, where more is known of them. */
export function setReading(tx: Tx, fileId: string, reading: unknown): void {
  tx.update(intakeFiles).set({ reading }).where(eq(intakeFiles.id, fileId)).run();
}
