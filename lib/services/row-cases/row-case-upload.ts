/** Opens what stayed out of a file as an upload: its open rows, or the whole file where it was refused. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { draftOfFile } from '#db/store/files/drafts.ts';
import { type FileRow, fileById } from '#db/store/files/files-read.ts';
import { type CaseRow, openCasesOfFile } from '#db/store/row-cases/row-cases-read.ts';
import { readSettings } from '#db/store/system/settings.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { readEnv } from '#lib/env.ts';
import { composeDraft } from '#lib/intake/draft/compose.ts';
import { storedPath } from '#lib/intake/drop-folder/move.ts';
import { caseTable } from '#lib/intake/rows/case-table.ts';
import { uploadsFolder } from '#lib/intake/upload.ts';
import { createDraft } from '#lib/services/drafts/drafts.ts';
import { assertMayLeave } from '#lib/services/files/scan-upload.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';

const idInput = z.object({ fileId: z.string().min(1).max(100) });

/** So many rows are opened at once; the others stay open and can be opened afterwards. */
const ROWS_LIMIT = 5000;

/**
 * `input`: `{ fileId }`. The rows stay open until the upload is imported; what it imports settles them. Throws `conflict` where nothing is open,
 * or where the file that was refused is gone.
 */
export async function openAsUpload(operator: Operator | null, input: unknown): Promise<{ draftId: string }> {
  authorise(operator, 'files:upload');
  const { fileId } = parseInput(idInput, input);
  const db = database();
  const file = fileById(db, fileId);
  const table = caseTable(db, fileId);
  if (!file || !table) throw new ServiceError('not_found', ['noFile']);
  const rows = firstRows(openCasesOfFile(db, fileId));
  const [first] = rows;
  if (!first) throw new ServiceError('conflict', ['noRowOut']);
  if (first.rowId === null) {
    const { id } = await createDraft(operator, { name: file.name }, originalOf(file), { cases: [[0, first.id]] });
    return { draftId: id };
  }
  const { text, ...made } = composeDraft(table, rows);
  const columns = table.hasHeader ? draftOfFile(db, fileId)?.columns : undefined;
  const body = pieces(Buffer.from(`\ufeff${text}`));
  const { id } = await createDraft(operator, { name: file.name }, body, { ...made, ...(columns && { columns }) });
  return { draftId: id };
}

function firstRows(all: Iterable<CaseRow>): CaseRow[] {
  const rows: CaseRow[] = [];
  for (const row of all) if (rows.push(row) >= ROWS_LIMIT) break;
  return rows;
}

const PIECE_BYTES = 64 * 1024;

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

/** The bytes of a file that was refused, as they were when it was. */
async function* originalOf(refused: FileRow): AsyncGenerator<Uint8Array> {
  assertMayLeave(refused);
  const { name, source, storedName, sha256 } = refused;
  const env = readEnv();
  const folder = readSettings(database(), env).dropFolder;
  const stored = storedName ?? '';
  const file =
    source === 'drop_folder'
      ? storedPath({ folder, status: 'rejected', storedName: stored })
      : path.join(uploadsFolder(env.dataDir), path.basename(stored));
  const gone = () => new ServiceError('conflict', ['putAsideGone', { name }]);
  // On a share somebody may have put a link in its place.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => null);
  if (!handle) throw gone();
  const hash = createHash('sha256');
  try {
    for await (const piece of handle.createReadStream({ autoClose: false, highWaterMark: PIECE_BYTES })) {
      hash.update(piece);
      yield piece;
    }
  } finally {
    await handle.close();
  }
  if (hash.digest('hex') !== sha256) throw gone();
}
