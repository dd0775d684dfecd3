/** Intake files for the web: the list, one file with its rows, and the upload. */
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { FILE_STATUSES, type FileSource, type FileStatus, ROW_VERDICTS, type RowVerdict } from '#db/schema/files.ts';
import type { RowCaseStatus } from '#db/schema/row-cases.ts';
import {
  countFiles,
  countUnchangedRows,
  fileById,
  type ListedFile,
  pageOfFiles,
  pageOfRows,
} from '#db/store/files/files-read.ts';
import { rowTallies } from '#db/store/files/reconciliation-read.ts';
import { countByState } from '#db/store/people/people-counts.ts';
import { caseOfFile, countCases, countOpenCasesByFile, nextOpenCase } from '#db/store/row-cases/row-cases-read.ts';
import { numberOfRun } from '#db/store/runs/runs-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { describeReason } from '#lib/domain/reasons/reasons.ts';
import { SENTENCE, sentenceSchema } from '#lib/domain/sentences/sentence.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { readEnv } from '#lib/env.ts';
import { newId } from '#lib/ids.ts';
import type { FileProblem } from '#lib/intake/csv/problem.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { everyState, type Page, paged, pageSchema } from '#lib/services/http/listing.ts';
import { type RowCaseItem, toItems } from '#lib/services/row-cases/case-item.ts';
import type { Language } from '#lib/words/languages.ts';
import { type InWords, inWords, type SentenceInWords, sentenceIn, whyClosedIn } from '#lib/words/sentences.ts';
import { valueChangeIn } from '#lib/words/value-changes.ts';
import { inThread } from '#lib/worker/thread.ts';
import { type RowReconciliation, reconcileRows } from './reconciliation.ts';
import { rowChangesSchema, rowProblemsSchema } from './row-changes.ts';
import { scanUpload } from './scan-upload.ts';
import { dropUpload, storeUpload } from './store-upload.ts';

export interface FileItem {
  id: string;
  name: string;
  sha256: string;
  sizeBytes: number;
  receivedAt: number;
  source: FileSource;
  /** An operator's name, or `idm`. */
  receivedFrom: string;
  status: FileStatus;
  /** Why the whole file was rejected; null for an accepted one. */
  problem: InWords<FileProblem> | null;
  /** `rows` = `accepted` + `duplicates` + `rejected`, always; during an import, those stored so far. */
  rows: number;
  /** Rows of a long file; null where they were not counted before they were stored. */
  rowsTotal: number | null;
  accepted: number;
  duplicates: number;
  rejected: number;
  runId: string | null;
  /** Rows that stay out and nobody has corrected or closed; 1 for a file that was refused whole. */
  openCases: number;
}

export interface FileList extends Page<FileItem> {
  query: FilesQuery;
}

export interface RowItem {
  line: number;
  /** As it is in the file. */
  raw: string;
  verdict: RowVerdict;
  problems: ({ column: string | null } & SentenceInWords)[];
  /** `lang`: of `what`, where it is not in the language of its reader. */
  changes: ({ column: string; from: string; to: string } & ReturnType<typeof valueChangeIn>)[];
  /** For a row that was rejected: what became of it. */
  rowCase: { id: number; status: RowCaseStatus; settledBy: string | null; why: string | null } | null;
  /** Null for a row that stays out. */
  person: {
    id: number;
    userPrincipalName: string;
    displayName: string;
    state: PersonState;
    reasonTitle: string;
  } | null;
}

export interface FileDetail extends FileItem {
  /** Null: no run imported it, or retention has deleted that since. */
  runNumber: number | null;
  query: FileQuery;
  encoding: string | null;
  delimiter: string | null;
  /** Name under `Processed/` or `Rejected/` (or of the stored upload). */
  storedName: string | null;
  movedAt: number | null;
  /** Rows that repeat an earlier one word for word: nobody was reopened for them. */
  unchanged: number;
  /** What was passed over or decided before the first row. */
  notes: SentenceInWords[];
  rowPage: Page<RowItem>;
  /** Too long for a page to wait for numbers about its people. */
  isLong: boolean;
  /** The id of the first of them; null: there is none. */
  firstOpenCase: number | null;
  /** The case of a file that was refused whole. */
  fileCase: RowCaseItem | null;
  /** The result of every row. */
  reconciliation: RowReconciliation;
  /** The people this file names, new and already known, by their current state. Their sum is `people`. */
  people: number;
  byState: Record<PersonState, number>;
}

/** `?status=rejected&page=…`. Invalid values count as absent. */
const filesQuerySchema = z.object({
  status: z.enum(FILE_STATUSES).nullable().catch(null).default(null),
  page: pageSchema,
});
type FilesQuery = z.infer<typeof filesQuerySchema>;

/** `?verdict=rejected&page=…` of one file's rows. */
const fileQuerySchema = z.object({
  verdict: z.enum(ROW_VERDICTS).nullable().catch(null).default(null),
  page: pageSchema,
});
type FileQuery = z.infer<typeof fileQuerySchema>;

const fileProblemSchema = z
  .object({ line: z.number(), column: z.number().nullable(), ...SENTENCE, signature: z.string().optional() })
  .nullable()
  .catch(null);
const notesSchema = z.array(sentenceSchema).nullable().catch(null);

function toItem(row: ListedFile, openCases: number, language: Language): FileItem {
  const problem = fileProblemSchema.parse(row.problem);
  return {
    id: row.id,
    name: row.name,
    sha256: row.sha256,
    sizeBytes: row.sizeBytes,
    receivedAt: row.receivedAt,
    source: row.source,
    receivedFrom: row.receivedFrom,
    status: row.status,
    problem: problem && inWords(language, problem),
    rows: row.rows,
    rowsTotal: row.rowsTotal,
    accepted: row.accepted,
    duplicates: row.duplicates,
    rejected: row.rejected,
    runId: row.runId,
    openCases,
  };
}

function toRowItem(row: ReturnType<typeof pageOfRows>[number], language: Language): RowItem {
  const { line, raw, verdict, personId, userPrincipalName, displayName, state, reason } = row;
  const { caseId, caseStatus, settledBy, why } = row;
  const isKnown =
    personId !== null && userPrincipalName !== null && displayName !== null && state !== null && reason !== null;
  return {
    line,
    raw,
    verdict,
    problems: (rowProblemsSchema.parse(row.keptOutBy ?? row.problems) ?? []).map((one) => inWords(language, one)),
    changes: (rowChangesSchema.parse(row.changes) ?? []).map((one) => ({
      ...one,
      ...valueChangeIn(language, one.what),
    })),
    rowCase:
      caseId !== null && caseStatus !== null
        ? { id: caseId, status: caseStatus, settledBy, why: why && whyClosedIn(language, why) }
        : null,
    person: isKnown
      ? { id: personId, userPrincipalName, displayName, state, reasonTitle: describeReason(reason).title }
      : null,
  };
}

/** One page of files, newest first. `input` is the address's search parameters (`filesQuerySchema`). */
export function listFiles(operator: Operator | null, input: unknown, language: Language = 'en'): FileList {
  authorise(operator, 'files:read');
  const query = parseInput(filesQuerySchema, input);
  const db = database();
  const page = paged(countFiles(db, query.status), query.page, (offset, limit) => {
    const rows = pageOfFiles(db, query.status, offset, limit);
    const open = countOpenCasesByFile(
      db,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => toItem(row, open.get(row.id) ?? 0, language));
  });
  return { ...page, query };
}

function wholeFileCase(db: Db, fileId: string, language: Language): RowCaseItem | null {
  const row = caseOfFile(db, fileId);
  return row && (toItems(db, [row], language)[0] ?? null);
}

/** For a file with more rows than this, a re-run of its people is not offered. */
export const LONG_ROWS = 20_000;

/** One file with a page of its rows. `input`: `{ id, verdict?, page? }`. Throws `not_found`. */
export function readFile(operator: Operator | null, input: unknown, language: Language = 'en'): FileDetail {
  authorise(operator, 'files:read');
  const idSchema = z.object({ id: z.string().min(1).max(100) });
  const { id, ...query } = parseInput(idSchema.extend(fileQuerySchema.shape), input);
  const db = database();
  const row = fileById(db, id);
  if (!row) throw new ServiceError('not_found', ['noFile']);
  const isStored = row.status !== 'importing';
  const byState = everyState(isStored ? countByState(db, { fileId: id }) : new Map());
  const counts = { accepted: row.accepted, duplicate: row.duplicates, rejected: row.rejected };
  const total = query.verdict === null ? row.rows : counts[query.verdict];
  return {
    ...toItem(row, countCases(db, { status: 'open', fileId: id }), language),
    runNumber: numberOfRun(db, row.runId),
    query,
    encoding: row.encoding,
    delimiter: row.delimiter,
    storedName: row.storedName,
    movedAt: row.movedAt,
    unchanged: countUnchangedRows(db, id),
    notes: (notesSchema.parse(row.notes) ?? []).map((note) => sentenceIn(language, note)),
    rowPage: paged(total, query.page, (offset, limit) =>
      pageOfRows(db, id, query.verdict, offset, limit).map((one) => toRowItem(one, language)),
    ),
    isLong: row.rows > LONG_ROWS,
    firstOpenCase: nextOpenCase(db, { id: 0, fileId: id }),
    fileCase: row.status === 'rejected' ? wholeFileCase(db, id, language) : null,
    reconciliation: reconcileRows(isStored ? rowTallies(db, { fileId: id }) : []),
    people: Object.values(byState).reduce((sum, n) => sum + n, 0),
    byState,
  };
}

const uploadInput = z.object({ name: z.string().trim().min(1, 'the file needs a name').max(255) });

/**
 * Imports a CSV as the drop folder would. `input`: `{ name }`; `body` is the file. A bad file is a result (`status: 'rejected'`
 * with its `problem`), not an error; its people are checked by the next cycle.
 */
export async function uploadFile(
  operator: Operator | null,
  input: unknown,
  body: AsyncIterable<Uint8Array>,
): Promise<FileItem> {
  authorise(operator, 'files:upload');
  const { name } = parseInput(uploadInput, input);
  const db = database();
  const { dataDir } = readEnv();
  const now = Date.now();
  const id = newId(now);
  const { storedName, file } = await storeUpload(id, body);
  try {
    const scanned = await scanUpload(file);
    await inThread(db, 'importStoredUpload', {
      scanned,
      dataDir,
      id,
      storedName,
      name,
      now,
      sourceKind: 'upload',
      receivedFrom: operator.name,
      receivedFromKey: operator.key,
    });
  } catch (error) {
    if (!fileById(db, id)) await dropUpload(file);
    throw error;
  }
  const row = fileById(db, id);
  if (!row) throw new Error(`file ${id} was imported but is not stored`);
  return toItem(row, countCases(db, { status: 'open', fileId: id }), 'en');
}
