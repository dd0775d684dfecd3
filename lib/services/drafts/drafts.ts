/** Uploads for the web: received as a draft, reviewed row by row, discarded or (in a file of its own) imported. */
import { rmSync } from 'node:fs';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { DraftStatus } from '#db/schema/drafts.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import {
  changeDraft,
  type Draft,
  draftById,
  fileWithBytes,
  insertDraft,
  openDrafts,
  openDraftsOf,
} from '#db/store/files/drafts.ts';
import { fileById } from '#db/store/files/files-read.ts';
import { mappingsInForce } from '#db/store/mappings/mappings.ts';
import type { Operator } from '#lib/auth/operator.ts';
import type { KnownColumn } from '#lib/domain/newcomer.ts';
import { readEnv } from '#lib/env.ts';
import { newId } from '#lib/ids.ts';
import type { FileProblem } from '#lib/intake/csv/problem.ts';
import { draftFile } from '#lib/intake/draft/draft.ts';
import type { DraftReview } from '#lib/intake/draft/draft-review.ts';
import { plainName } from '#lib/intake/import.ts';
import type { Progress } from '#lib/intake/import-request.ts';
import type { ScannedBytes } from '#lib/intake/malware.ts';
import { scanUpload } from '#lib/services/files/scan-upload.ts';
import { dropUpload, storeUpload } from '#lib/services/files/store-upload.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, type Refused, refusedText, ServiceError, whyNot } from '#lib/services/http/errors.ts';
import { JsonText } from '#lib/services/http/json-text.ts';
import type { Language } from '#lib/words/languages.ts';
import { type InWords, inWords, type SentenceInWords, sentenceIn } from '#lib/words/sentences.ts';
import type { RowInWords } from '#lib/worker/tasks.ts';
import { inThread } from '#lib/worker/thread.ts';
import { licencesText } from './draft-labels.ts';
import { assertMayChange, whyNotChange } from './draft-owner.ts';
import { rememberReview, seenReview } from './seen-reviews.ts';

export type ReviewRow = RowInWords;

export interface DraftSummary {
  id: string;
  name: string;
  sizeBytes: number;
  createdAt: number;
  createdBy: string;
  status: DraftStatus;
  revision: number;
  /** The file it became; null until it is imported. */
  fileId: string | null;
  /** A file with exactly the same bytes that was imported before. */
  importedBefore: { id: string; name: string; receivedAt: number; receivedFrom: string } | null;
  /** The last dry run; null: none yet. */
  previewRunId: string | null;
  /** Whether that dry run saw the draft as it is now. */
  isPreviewCurrent: boolean;
  /** Why the operator may not change, import or discard it; null: it may. */
  whyNot: string | null;
}

export interface DraftDetail extends DraftSummary {
  /** Why the file cannot be read at all. */
  fault: InWords<FileProblem> | null;
  encoding: string | null;
  delimiter: string | null;
  /** The column names in the file. */
  names: readonly string[];
  /** The index of each known column. */
  columns: Record<KnownColumn, number | null> | null;
  /** What keeps the rows from being validated, such as a missing column. */
  columnProblems: readonly SentenceInWords[];
  /** Columns that mean nothing here and are kept as they are, each with what it may mean. */
  unused: DraftReview['unused'];
  /** EmployeeTypes that are mapped, each with the names of its licences. */
  mapped: readonly { employeeType: string; licences: string }[];
  /** Why the operator may not map another one; null: it may. */
  whyNotMap: string | null;
  /** What was passed over or decided before the first row. */
  notes: readonly SentenceInWords[];
  counts: DraftReview['counts'];
  /** Names this review, so that the next answer can leave out what is in it. */
  reviewId: string;
  /** False: `rows` holds only those that have changed since the review that was named in the question. */
  isWhole: boolean;
  rows: ReviewRow[];
  omitted: number;
  alike: Record<string, number>;
}

const idInput = z.object({ id: z.string().min(1).max(100) });
const revisionInput = idInput.extend({ revision: z.number().int().min(0) });
const createInput = z.object({ name: z.string().trim().min(1, 'the file needs a name').max(255) });

/** Open uploads of one operator: their originals lie on the disk until each is imported or discarded. */
const QUOTA = { uploads: 50, bytes: 1024 ** 3 };

export interface DraftQuota {
  /** The operator’s own open uploads. */
  open: number;
  limit: number;
  /** Why no further one is accepted; null where one is. */
  problem: Refused | null;
}

/** How many uploads the operator may still open. */
export function readDraftQuota(operator: Operator | null): DraftQuota {
  authorise(operator, 'files:upload');
  const { uploads, bytes } = openDraftsOf(database(), operator.key);
  const megabytes = Math.round(bytes / 1024 ** 2);
  const tooMuch: Refused | null = bytes >= QUOTA.bytes ? ['tooManyMegabytes', { megabytes }] : null;
  const problem: Refused | null = uploads >= QUOTA.uploads ? ['tooManyUploads', { n: uploads }] : tooMuch;
  return { open: uploads, limit: QUOTA.uploads, problem };
}

/**
 * Stores the file beside the database and opens a draft over it: nothing is imported yet. `input`: `{ name }`; `body` is the file. Throws
 * `conflict` where the operator has too many open ones. `made`: what is known about a file that was made of rows that stayed out.
 */
export async function createDraft(
  operator: Operator | null,
  input: unknown,
  body: AsyncIterable<Uint8Array>,
  made: Partial<Pick<Draft, 'columns' | 'corrections' | 'cases'>> = {},
): Promise<{ id: string }> {
  authorise(operator, 'files:upload');
  const name = plainName(parseInput(createInput, input).name);
  assertQuota(operator);
  const now = Date.now();
  const id = newId(now);
  const { file, ...stored } = await storeUpload(id, body);
  try {
    // Others may have arrived at the same time.
    assertQuota(operator);
    if (stored.sizeBytes === 0) throw new ServiceError('invalid', ['emptyFile']);
    const scanned = await scanUpload(file);
    if (scanned?.refusal) return await refuseUpload(operator, { id, name, now, ...stored }, scanned);
    database().transaction((tx) => {
      const createdBy = { createdBy: operator.name, createdByKey: operator.key };
      insertDraft(tx, { id, name, ...stored, ...made, createdAt: now, ...createdBy });
      const message = `${operator.name} uploaded ${name} for review. Nothing has been imported yet.`;
      recordEvent(tx, { at: now, actor: operator, kind: 'draft.created', message, data: { draftId: id, name } });
    });
  } catch (error) {
    if (!fileById(database(), id)) await dropUpload(file);
    throw error;
  }
  return { id };
}

/** Keeps what the malware scanner refused as a file that was refused whole, with its case. Throws `invalid`, once that is stored. */
async function refuseUpload(
  { name: receivedFrom, key }: Operator,
  { id, name, now, storedName }: { id: string; name: string; now: number; storedName: string },
  scanned: ScannedBytes,
): Promise<never> {
  const file = { id, name, now, storedName, sourceKind: 'upload', receivedFrom, receivedFromKey: key } as const;
  const { problem } = await inThread(database(), 'importStoredUpload', {
    ...file,
    scanned,
    dataDir: readEnv().dataDir,
  });
  throw new ServiceError('invalid', (language) => {
    const why = problem ? sentenceIn(language, problem).message : '';
    return refusedText(['uploadRefused', { name, why }], language);
  });
}

function assertQuota(operator: Operator): void {
  const { problem } = readDraftQuota(operator);
  if (problem !== null) throw new ServiceError('conflict', problem);
}

const SHOWN_DRAFTS = 20;

/** Uploads that nobody has finished, newest first. */
export function listDrafts(operator: Operator | null): ReturnType<typeof openDrafts> {
  authorise(operator, 'files:upload');
  return openDrafts(database(), SHOWN_DRAFTS);
}

function summaryOf(db: Db, operator: Operator, draft: Draft, language: Language = 'en'): DraftSummary {
  const { id, name, sizeBytes, createdAt, createdBy, status, revision, fileId, previewRunId } = draft;
  const whyNot = whyNotChange(operator, draft);
  return {
    id,
    name,
    sizeBytes,
    createdAt,
    createdBy,
    status,
    revision,
    fileId,
    previewRunId,
    importedBefore: status === 'open' ? fileWithBytes(db, draft.sha256) : null,
    whyNot: whyNot && refusedText(whyNot, language),
    isPreviewCurrent: previewRunId !== null && draft.previewRevision === revision,
  };
}

/** The draft with this id. Throws `not_found`. */
function existing(db: Db, id: string): Draft {
  const draft = draftById(db, id);
  if (!draft) throw new ServiceError('not_found', ['noUpload']);
  return draft;
}

/** The summary above the rows. `input`: `{ id }`. Throws `not_found`. */
export function readDraft(operator: Operator | null, input: unknown, language: Language = 'en'): DraftSummary {
  authorise(operator, 'files:upload');
  const db = database();
  return summaryOf(db, operator, existing(db, parseInput(idInput, input).id), language);
}

function mappedTypes(db: Db, language: Language): DraftDetail['mapped'] {
  return [...mappingsInForce(db).values()]
    .map(({ employeeType, licences }) => ({
      employeeType,
      licences: licencesText(
        language,
        licences.map(({ skuPartNumber }) => skuPartNumber),
      ),
    }))
    .sort((a, b) => a.employeeType.localeCompare(b.employeeType));
}

/** Rows read so far, by draft, during a review. */
const underReview = new Map<string, number>();

/** The review that a page has already. */
export const seenReviewInput = z.object({ seen: z.string().max(100).nullable().default(null) });
const rowsInput = idInput.extend(seenReviewInput.shape);

/**
 * An open draft with its rows and their current verdicts. `input`: `{ id, seen? }`; `seen`: the `reviewId` of what the page has, whose
 * unchanged rows are left out. Throws `not_found`, and `conflict` where it is finished.
 */
export async function readDraftRows(
  operator: Operator | null,
  input: unknown,
  language: Language = 'en',
): Promise<JsonText<DraftDetail>> {
  authorise(operator, 'files:upload');
  const db = database();
  const { id, seen: seenId } = parseInput(rowsInput, input);
  const draft = existing(db, id);
  if (draft.status !== 'open') throw new ServiceError('conflict', ['uploadFinished']);
  const { dataDir } = readEnv();
  const onProgress = ({ rows }: Progress) => void underReview.set(draft.id, rows);
  try {
    const task = { dataDir, draft, seen: seenReview(seenId), language };
    const { file, rows, prints, fault, ...review } = await inThread(db, 'reviewDraft', task, { onProgress });
    rememberReview(review.reviewId, prints);
    const head = {
      ...summaryOf(db, operator, draft, language),
      ...review,
      fault: fault && inWords(language, fault),
      encoding: file?.encoding ?? null,
      delimiter: file?.delimiter ?? null,
      names: file?.names ?? [],
      columns: file?.header.at ?? null,
      columnProblems: (file?.problems ?? []).map((problem) => sentenceIn(language, problem)),
      notes: (file?.notes ?? []).map((note) => sentenceIn(language, note)),
      mapped: mappedTypes(db, language),
      whyNotMap: whyNot(operator.role, 'mappings:write', language),
    };
    return JsonText.withField<typeof head, 'rows', ReviewRow[]>(head, 'rows', rows);
  } finally {
    underReview.delete(draft.id);
  }
}

/** The progress of a review. `input`: `{ id }`. Null: no review is running. */
export function readReviewProgress(operator: Operator | null, input: unknown): { rows: number | null } {
  authorise(operator, 'files:upload');
  return { rows: underReview.get(parseInput(idInput, input).id) ?? null };
}

/**
 * Discards an upload that was not imported, and its original. `input`: `{ id, revision }`. Throws `forbidden` for an upload
 * of a colleague, `conflict` where it was changed in the meantime.
 */
export function discardDraft(operator: Operator | null, input: unknown): DraftSummary {
  authorise(operator, 'files:upload');
  const { id, revision } = parseInput(revisionInput, input);
  const db = database();
  const draft = existing(db, id);
  assertMayChange(operator, draft);
  db.transaction(
    (tx) => {
      if (!changeDraft(tx, id, revision, { status: 'discarded' }))
        throw new ServiceError('conflict', ['uploadChanged']);
      const message = `${operator.name} discarded the upload ${draft.name}. Nobody was imported.`;
      const data = { draftId: id, name: draft.name };
      recordEvent(tx, { at: Date.now(), actor: operator, kind: 'draft.discarded', message, data });
    },
    { behavior: 'immediate' },
  );
  rmSync(draftFile(readEnv().dataDir, draft), { force: true });
  return summaryOf(db, operator, existing(db, id));
}
