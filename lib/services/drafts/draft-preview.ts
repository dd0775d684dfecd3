/** The dry run over an upload, and its import. */
import { z } from 'zod';
import type { RunStatus } from '#db/schema/runs.ts';
import { seatsForDraft } from '#db/store/files/draft-seats.ts';
import { type Draft, draftById, setPreview } from '#db/store/files/drafts.ts';
import { listDryRunOutcomes } from '#db/store/outcomes/dry-run-outcomes.ts';
import { type Run, readRun, requestRun } from '#db/store/runs/runs.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { licenceName } from '#lib/domain/licences/mapping.ts';
import { readEnv } from '#lib/env.ts';
import type { ImportedDraft } from '#lib/intake/draft/draft-import.ts';
import type { Progress } from '#lib/intake/import-request.ts';
import { log } from '#lib/log.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';
import { reasonsIn } from '#lib/words/reasons.ts';
import { inThread } from '#lib/worker/thread.ts';
import { type PreviewGroup, type PreviewKind, previewGroups, previewKind, previewSentence } from './draft-labels.ts';
import { assertMayChange } from './draft-owner.ts';

export interface DraftPreview {
  runId: string;
  status: RunStatus;
  /** Whether the dry run saw the draft as it is now. */
  isCurrent: boolean;
  peopleDue: number;
  peopleDone: number;
  finishedAt: number | null;
  /** Why it ended early. */
  problem: string | null;
  /** Only for a dry run that completed. */
  result: {
    people: number;
    groups: PreviewGroup[];
    sentence: string;
    /** Each once: thousands of people have the same. */
    findings: { kind: PreviewKind; title: string; message: string }[];
    /** The line of each person, and which of the findings is theirs. */
    outcomes: [line: number, finding: number][];
  } | null;
}

const idInput = z.object({ id: z.string().min(1).max(100) });
const seenInput = idInput.extend({ revision: z.number().int().min(0) });
/** The import of a file up to this size is awaited; for a longer one the page shows progress. */
const AWAITED_BYTES = 1024 * 1024;
const partNumbers = z.array(z.string()).catch([]);

function existing(id: string): Draft {
  const draft = draftById(database(), id);
  if (!draft) throw new ServiceError('not_found', ['noUpload']);
  return draft;
}

/**
 * Requests a dry run over the people in this upload; nothing is written. `input`: `{ id, revision }`. Throws `conflict` where
 * it was changed in the meantime.
 */
export function startPreview(operator: Operator | null, input: unknown): { runId: string } {
  authorise(operator, 'files:upload');
  const { id, revision } = parseInput(seenInput, input);
  return database().transaction(
    (tx) => {
      const draft = existing(id);
      if (draft.status !== 'open' || draft.revision !== revision) throw new ServiceError('conflict', ['uploadChanged']);
      const last = draft.previewRevision === revision && draft.previewRunId ? readRun(tx, draft.previewRunId) : null;
      if (last && last.finishedAt === null) return { runId: last.id };
      const now = Date.now();
      const request = { trigger: 'operator', requestedBy: operator.name, dryRun: true, draftId: id } as const;
      const runId = requestRun(tx, request, now);
      setPreview(tx, id, runId, revision);
      return { runId };
    },
    { behavior: 'immediate' },
  );
}

function problemOf({ status, reason, message }: Run, language: Language): string | null {
  const say = sayIn(language, 'previews');
  if (status === 'queued' || status === 'running' || status === 'completed') return null;
  const why = message ?? (reason === null ? say('endedEarly') : reasonsIn(language).runTitle(reason));
  return say('unfinished', { why: why.replace(/\.$/, '') });
}

function resultOf(run: Run, language: Language): DraftPreview['result'] {
  const db = database();
  const outcomes = listDryRunOutcomes(db, run.id).map((outcome) => ({
    ...outcome,
    licences: partNumbers.parse(outcome.licences),
  }));
  const groups = previewGroups(outcomes, language);
  const sayReason = reasonsIn(language);
  const planned = new Map<string, number>();
  for (const part of outcomes.flatMap((outcome) => (previewKind(outcome) === 'licensed' ? outcome.licences : [])))
    planned.set(part.toUpperCase(), (planned.get(part.toUpperCase()) ?? 0) + 1);
  const free = seatsForDraft(db, run.id);
  const seats = [...planned].map(([part, n]) => ({
    name: licenceName(part),
    left: Math.max(0, (free.get(part) ?? 0) - n),
  }));
  const findings = new Map<string, number>();
  const found = outcomes.map((outcome): [number, number] => {
    const { message } = sayReason.sentence(outcome);
    const finding = JSON.stringify({ kind: previewKind(outcome), title: sayReason.title(outcome.reason), message });
    const at = findings.get(finding) ?? findings.size;
    findings.set(finding, at);
    return [outcome.line ?? 0, at];
  });
  return {
    people: outcomes.length,
    groups,
    sentence: previewSentence(groups, seats, language),
    findings: [...findings.keys()].map((finding) => JSON.parse(finding)),
    outcomes: found,
  };
}

/** The progress of the last dry run, and its result. `input`: `{ id }`. Null before the first. Throws `not_found`. */
export function readPreview(operator: Operator | null, input: unknown, language: Language = 'en'): DraftPreview | null {
  authorise(operator, 'files:upload');
  const draft = existing(parseInput(idInput, input).id);
  const run = draft.previewRunId === null ? null : readRun(database(), draft.previewRunId);
  if (!run) return null;
  const { id: runId, status, peopleDue, peopleDone, finishedAt } = run;
  return {
    runId,
    status,
    peopleDue,
    peopleDone,
    finishedAt,
    isCurrent: draft.previewRevision === draft.revision,
    problem: problemOf(run, language),
    result: status === 'completed' ? resultOf(run, language) : null,
  };
}

/**
 * Imports the upload as the drop folder would, with its corrections, and requests a run over its people. `input`: `{ id,
 * revision }`. Returns the file once all its rows are stored, or, for a long one, as soon as the import has started. Throws
 * `forbidden` for an upload of a colleague, `conflict` where it was changed in the meantime, `invalid` where nobody could be imported.
 */
export async function importDraft(operator: Operator | null, input: unknown): Promise<{ fileId: string }> {
  authorise(operator, 'files:upload');
  const { id, revision } = parseInput(seenInput, input);
  const draft = existing(id);
  assertMayChange(operator, draft);
  const { name, key } = operator;
  const started = Promise.withResolvers<ImportedDraft>();
  const confirmation = { draftId: id, revision, operator: { name, key }, now: Date.now(), dataDir: readEnv().dataDir };
  const onProgress = ({ fileId }: Progress) => {
    if (draft.sizeBytes > AWAITED_BYTES) started.resolve({ kind: 'imported', fileId });
  };
  const work = inThread(database(), 'importDraft', confirmation, { onProgress });
  work.catch((error: unknown) => log.error({ draftId: id, err: error }, 'the import of an upload failed'));
  const imported = await Promise.race([work, started.promise]);
  if (imported.kind === 'changed') throw new ServiceError('conflict', ['uploadChanged']);
  if (imported.kind === 'decided') throw new ServiceError('conflict', ['fileDecided', { name: draft.name }]);
  if (imported.kind === 'no_valid_rows') throw new ServiceError('invalid', ['nobodyToImport']);
  return { fileId: imported.fileId };
}
