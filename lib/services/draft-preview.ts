/** The dry run over an upload, and the yes that takes it in. */
import { readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import type { RunStatus } from '#db/schema.ts';
import { seatsForDraft } from '#db/store/draft-seats.ts';
import { addDraftEvent, changeDraft, type Draft, draftById, peopleOfFile, setPreview } from '#db/store/drafts.ts';
import { listDryLooks } from '#db/store/dry-looks.ts';
import { type Run, readRun, requestRun } from '#db/store/runs.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { readEnv } from '#lib/env.ts';
import { draftFile, newcomersOfDraft } from '#lib/intake/draft.ts';
import { takeInUpload } from '#lib/intake/upload.ts';
import { licenceName } from '#lib/provisioning/core/mapping.ts';
import { describeReason, RUN_REASONS } from '#lib/provisioning/core/reasons.ts';
import { WAITING_STATES } from '#lib/provisioning/core/states.ts';
import { database } from './database.ts';
import {
  DRAFT_CHANGED,
  type PreviewGroup,
  type PreviewKind,
  previewGroups,
  previewKind,
  previewSentence,
} from './draft-words.ts';
import { authorise, parseInput, ServiceError } from './errors.ts';

export interface DraftPreview {
  runId: string;
  status: RunStatus;
  /** Whether the dry run saw the draft as it is now. */
  isCurrent: boolean;
  peopleDue: number;
  peopleDone: number;
  finishedAt: number | null;
  /** Why it did not go to its end. */
  problem: string | null;
  /** Only of a dry run that went to its end. */
  result: {
    people: number;
    groups: PreviewGroup[];
    sentence: string;
    looks: { line: number; kind: PreviewKind; title: string; message: string }[];
  } | null;
}

const idInput = z.object({ id: z.string().min(1).max(100) });
const seenInput = idInput.extend({ revision: z.number().int().min(0) });
const partNumbers = z.array(z.string()).catch([]);

function existing(id: string): Draft {
  const draft = draftById(database(), id);
  if (!draft) throw new ServiceError('not_found', 'There is no such upload.');
  return draft;
}

/** Asks the engine what would become of the people in this upload; nothing is written. `input`: `{ id, revision }`. Throws `conflict` where it was changed meanwhile. */
export function startPreview(operator: Operator | null, input: unknown): { runId: string } {
  authorise(operator, 'files:upload');
  const { id, revision } = parseInput(seenInput, input);
  return database().transaction(
    (tx) => {
      const draft = existing(id);
      if (draft.status !== 'open' || draft.revision !== revision) throw new ServiceError('conflict', DRAFT_CHANGED);
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

function problemOf({ status, reason, message }: Run): string | null {
  if (status === 'queued' || status === 'running' || status === 'completed') return null;
  const titles: Record<string, string> = RUN_REASONS;
  const why = message ?? (reason === null ? 'it ended early' : (titles[reason] ?? reason));
  return `The check did not go to its end: ${why.replace(/\.$/, '')}. Nothing was changed. Check again, or take the file in without a check.`;
}

function resultOf(run: Run): DraftPreview['result'] {
  const db = database();
  const looks = listDryLooks(db, run.id).map((look) => ({ ...look, licences: partNumbers.parse(look.licences) }));
  const groups = previewGroups(looks);
  const planned = new Map<string, number>();
  for (const part of looks.flatMap((look) => (previewKind(look) === 'licensed' ? look.licences : [])))
    planned.set(part.toUpperCase(), (planned.get(part.toUpperCase()) ?? 0) + 1);
  const free = seatsForDraft(db, run.id);
  const seats = [...planned].map(([part, n]) => ({
    name: licenceName(part),
    left: Math.max(0, (free.get(part) ?? 0) - n),
  }));
  return {
    people: looks.length,
    groups,
    sentence: previewSentence(groups, seats),
    looks: looks.map((look) => ({
      line: look.line ?? 0,
      kind: previewKind(look),
      title: describeReason(look.reason).title,
      message: look.message,
    })),
  };
}

/** How far the last dry run is, and what it found. `input`: `{ id }`. Null before the first. Throws `not_found`. */
export function readPreview(operator: Operator | null, input: unknown): DraftPreview | null {
  authorise(operator, 'files:upload');
  const draft = existing(parseInput(idInput, input).id);
  const run = draft.previewRunId === null ? null : readRun(database(), draft.previewRunId);
  if (!run) return null;
  const { id: runId, status, peopleDue, peopleDone, finishedAt } = run;
  return {
    ...{ runId, status, peopleDue, peopleDone, finishedAt },
    isCurrent: draft.previewRevision === draft.revision,
    problem: problemOf(run),
    result: status === 'completed' ? resultOf(run) : null,
  };
}

/**
 * Takes the upload in, as the drop folder would and with its corrections, and asks for a run over its people. `input`:
 * `{ id, revision }`. Throws `conflict` where it was changed meanwhile, `invalid` where nobody could be taken in.
 */
export function takeInDraft(operator: Operator | null, input: unknown): { fileId: string } {
  authorise(operator, 'files:upload');
  const { id, revision } = parseInput(seenInput, input);
  const db = database();
  const { dataDir } = readEnv();
  const original = draftFile(dataDir, existing(id));
  const fileId = db.transaction(
    (tx) => {
      const draft = existing(id);
      if (draft.status !== 'open' || draft.revision !== revision) throw new ServiceError('conflict', DRAFT_CHANGED);
      if (newcomersOfDraft(db, dataDir, id).length === 0)
        throw new ServiceError('invalid', 'No row of this file can be taken in. Mend the rows first.');
      const now = Date.now();
      const { name, columns, corrections } = draft;
      const taken = takeInUpload({
        ...{ db, dataDir, bytes: readFileSync(original), name, now, sourceKind: 'upload' },
        ...{ receivedFrom: operator.name, receivedFromKey: operator.key, mending: { columns, corrections } },
      });
      if (taken.status === 'rejected') throw new Error(`upload ${id} was sound but its file was refused`);
      if (!changeDraft(tx, id, revision, { status: 'taken_in', fileId: taken.id }))
        throw new Error(`upload ${id} changed although nothing else can write now`);
      const message = `${operator.name} took in the upload ${name} with ${corrections.length} corrections.`;
      const data = { draftId: id, fileId: taken.id, previewRunId: draft.previewRunId };
      addDraftEvent(tx, { at: now, actor: operator, kind: 'draft.taken_in', message, data });
      const people = peopleOfFile(tx, taken.id, WAITING_STATES).map((personId) => ({ id: personId, mappingId: null }));
      const selection = { kind: 'all', people, ofFileId: taken.id } as const;
      if (people.length > 0) requestRun(tx, { trigger: 'operator', requestedBy: operator.name, selection }, now);
      return taken.id;
    },
    { behavior: 'immediate' },
  );
  rmSync(original, { force: true });
  return { fileId };
}
