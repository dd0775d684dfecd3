/** Imports a reviewed upload with its corrections, in the name of the operator who confirmed it. */
import type { Db } from '#db/client.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { changeDraft, draftById, peopleOfFile } from '#db/store/files/drafts.ts';
import { queuedCycle, requestRun } from '#db/store/runs/runs.ts';
import { WAITING_STATES } from '#lib/domain/states.ts';
import { newId } from '#lib/ids.ts';
import type { ImportHooks } from '#lib/intake/import-request.ts';
import { importStoredUpload } from '#lib/intake/upload.ts';
import { decidedRows } from './decided-rows.ts';
import { newcomersOfDraft } from './draft.ts';

export interface DraftConfirmation {
  draftId: string;
  /** As the operator saw it. */
  revision: number;
  operator: { name: string; key: string };
  now: number;
}

export type ImportedDraft =
  | { kind: 'imported'; fileId: string }
  /** Somebody changed or finished it in the meantime: nothing is imported. */
  | { kind: 'changed' }
  /** It is a file that was refused whole, and somebody has closed or imported that file. */
  | { kind: 'decided' }
  /** None of its rows can be imported. */
  | { kind: 'no_valid_rows' };

/** People of a file of up to this many rows get a run of their own; those of a longer one are processed by the next cycles. */
const OWN_RUN_ROWS = 5000;

class DraftChangedError extends Error {
  override name = 'DraftChangedError';
}

/** Imports the draft; its original becomes that of the file. A long file exists from its first slice on, and its draft is finished then. */
export function importDraft(
  db: Db,
  dataDir: string,
  confirmation: DraftConfirmation,
  hooks: Pick<ImportHooks, 'yieldToWriters' | 'throwIfStopped'>,
): ImportedDraft {
  const { draftId, revision, operator, now } = confirmation;
  const draft = draftById(db, draftId);
  if (draft?.status !== 'open' || draft.revision !== revision) return { kind: 'changed' };
  if (decidedRows(db, draft).has(0)) return { kind: 'decided' };
  const { throwIfStopped } = hooks;
  if (newcomersOfDraft(db, dataDir, draftId, { limit: 1, throwIfStopped }).length === 0)
    return { kind: 'no_valid_rows' };
  const { name, storedName, columns, corrections } = draft;
  const atStart = (fileId: string) => {
    if (!changeDraft(db, draftId, revision, { status: 'imported', fileId })) throw new DraftChangedError();
    const message = `${operator.name} imported the upload ${name} with ${corrections.length} corrections.`;
    const data = { draftId, name, fileId, previewRunId: draft.previewRunId, corrections: corrections.length };
    recordEvent(db, { at: now, actor: operator, kind: 'draft.imported', message, data });
  };
  const atEnd = (fileId: string, rows: number) => queueRun(db, operator.name, fileId, rows);
  try {
    const file = importStoredUpload({
      db,
      dataDir,
      id: newId(now),
      storedName,
      name,
      now,
      sourceKind: 'upload',
      receivedFrom: operator.name,
      receivedFromKey: operator.key,
      operatorCorrections: { columns, corrections },
      hooks: { ...hooks, atStart, atEnd },
    });
    if (file.status === 'rejected') throw new Error(`upload ${draftId} was valid but its file was refused`);
    return { kind: 'imported', fileId: file.id };
  } catch (error) {
    if (error instanceof DraftChangedError) return { kind: 'changed' };
    throw error;
  }
}

function queueRun(db: Db, requestedBy: string, fileId: string, rows: number): void {
  const now = Date.now();
  if (rows > OWN_RUN_ROWS) {
    if (!queuedCycle(db)) requestRun(db, { trigger: 'operator', requestedBy }, now);
    return;
  }
  const people = peopleOfFile(db, fileId, WAITING_STATES).map((id) => ({ id, mappingId: null }));
  const selection = { kind: 'imported', people, ofFileId: fileId } as const;
  if (people.length > 0) requestRun(db, { trigger: 'operator', requestedBy, selection }, now);
}
