/** The yes to an upload that was looked over: takes it in with its corrections, in the name of the operator. */
import type { Db } from '#db/client.ts';
import { addDraftEvent, changeDraft, draftById, peopleOfFile } from '#db/store/files/drafts.ts';
import { queuedCycle, requestRun } from '#db/store/runs/runs.ts';
import { WAITING_STATES } from '#lib/domain/states.ts';
import { newId } from '#lib/ids.ts';
import type { ImportHooks } from '#lib/intake/request.ts';
import { importStoredUpload } from '#lib/intake/upload.ts';
import { newcomersOfDraft } from './draft.ts';

export interface DraftConfirmation {
  draftId: string;
  /** As the operator saw it. */
  revision: number;
  operator: { name: string; key: string };
  now: number;
}

export type ImportedDraft =
  | { kind: 'taken'; fileId: string }
  /** Somebody changed or finished it meanwhile: nothing is taken in. */
  | { kind: 'changed' }
  /** No row of it can be taken in. */
  | { kind: 'nobody' };

/** People of a file up to this many rows are run by themselves; those of a longer one come with the next cycles. */
const OWN_RUN_ROWS = 5000;

class DraftChangedError extends Error {
  override name = 'DraftChangedError';
}

/** Takes the draft in; its original becomes that of the file. A long one exists from its first slice on, and its draft is finished then. */
export function importDraft(
  db: Db,
  dataDir: string,
  yes: DraftConfirmation,
  yieldToWriters: ImportHooks['yieldToWriters'],
): ImportedDraft {
  const { draftId, revision, operator, now } = yes;
  const draft = draftById(db, draftId);
  if (draft?.status !== 'open' || draft.revision !== revision) return { kind: 'changed' };
  if (newcomersOfDraft(db, dataDir, draftId, 1).length === 0) return { kind: 'nobody' };
  const { name, storedName, columns, corrections } = draft;
  const atStart = (fileId: string) => {
    if (!changeDraft(db, draftId, revision, { status: 'imported', fileId })) throw new DraftChangedError();
    const message = `${operator.name} took in the upload ${name} with ${corrections.length} corrections.`;
    const data = { draftId, fileId, previewRunId: draft.previewRunId };
    addDraftEvent(db, { at: now, actor: operator, kind: 'draft.imported', message, data });
  };
  const atEnd = (fileId: string, rows: number) => askForRun(db, operator.name, fileId, rows);
  try {
    const taken = importStoredUpload({
      ...{ db, dataDir, id: newId(now), storedName, name, now, sourceKind: 'upload' },
      ...{ receivedFrom: operator.name, receivedFromKey: operator.key, operatorCorrections: { columns, corrections } },
      hooks: { atStart, atEnd, yieldToWriters },
    });
    if (taken.status === 'rejected') throw new Error(`upload ${draftId} was sound but its file was refused`);
    return { kind: 'taken', fileId: taken.id };
  } catch (error) {
    if (error instanceof DraftChangedError) return { kind: 'changed' };
    throw error;
  }
}

function askForRun(db: Db, requestedBy: string, fileId: string, rows: number): void {
  const now = Date.now();
  if (rows > OWN_RUN_ROWS) {
    if (!queuedCycle(db)) requestRun(db, { trigger: 'operator', requestedBy }, now);
    return;
  }
  const people = peopleOfFile(db, fileId, WAITING_STATES).map((id) => ({ id, mappingId: null }));
  const selection = { kind: 'all', people, ofFileId: fileId } as const;
  if (people.length > 0) requestRun(db, { trigger: 'operator', requestedBy, selection }, now);
}
