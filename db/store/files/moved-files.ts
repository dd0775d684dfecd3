/** Files of the drop folder: which of them still lie in it, and what is known of those that were moved. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { intakeFiles } from '#db/schema/files.ts';
import type { NewFile } from './import.ts';

const fileProblemSchema = z.object({ line: z.number(), column: z.number().nullable(), message: z.string() });

export interface UnmovedFile {
  id: string;
  name: string;
  sha256: string;
  /** `importing`: not all of its rows are stored yet. */
  status: 'importing' | 'accepted' | 'rejected';
  storedName: string;
  problem: z.infer<typeof fileProblemSchema> | null;
}

/** Drop-folder files that were stored but, as far as we know, not moved yet. */
export function unmovedFiles(db: Db): UnmovedFile[] {
  return db.$client
    .prepare<[], Omit<UnmovedFile, 'problem'> & { problem: string | null }>(
      `select id, name, sha256, status, stored_name as storedName, problem from intake_files
       where moved_at is null and source = 'drop_folder' and stored_name is not null order by id`,
    )
    .all()
    .map((file) => ({ ...file, problem: parsedProblem(file.problem) }));
}

function parsedProblem(problem: string | null): UnmovedFile['problem'] {
  return problem === null ? null : fileProblemSchema.parse(JSON.parse(problem));
}

export function markMoved(db: Db, fileId: string, at: number): void {
  db.$client.prepare('update intake_files set moved_at = ? where id = ?').run(at, fileId);
}

export type MovedFile = UnmovedFile & Pick<NewFile, 'sizeBytes' | 'modifiedAt'>;

/** Drop-folder files that were moved since `since`, newest first. */
export function movedFiles(db: Db, since: number, limit: number): MovedFile[] {
  return db.$client
    .prepare<[number, number], Omit<MovedFile, 'problem'> & { problem: string | null }>(
      `select id, name, sha256, status, stored_name as storedName, problem, size_bytes as sizeBytes, modified_at as modifiedAt
       from intake_files where received_at >= ? and source = 'drop_folder' and moved_at is not null
         and status <> 'importing' and stored_name is not null order by received_at desc limit ?`,
    )
    .all(since, limit)
    .map((file) => ({ ...file, problem: parsedProblem(file.problem) }));
}

/** The time of its last change, where only that is another. */
export function setModified(db: Db, fileId: string, modifiedAt: number): void {
  db.update(intakeFiles).set({ modifiedAt }).where(eq(intakeFiles.id, fileId)).run();
}
