/** What operators request from the engine: a run now, a dry run, a re-run, and cancelling a run. */
import { z } from 'zod';
import { RE_RUN_KINDS, type ReRunKind } from '#db/schema/runs.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { mappingSpans, type OpenPerson, openPeople, type Scope } from '#db/store/runs/re-run-read.ts';
import { cancelQueuedRun, requestCancel } from '#db/store/runs/run-requests.ts';
import { queuedCycle, requestRun, readRun as runById } from '#db/store/runs/runs.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, type Refused, ServiceError } from '#lib/services/http/errors.ts';
import { mappingAt, mappingTimeOf, RE_RUN_LIMIT, scopeSchema } from './re-run-choice.ts';

const startInput = z.object({ dryRun: z.boolean().default(false), checkAll: z.boolean().default(false) });

export interface StartedRun {
  runId: string;
  /** A run was already queued; it stands in for this one. */
  wasQueued: boolean;
}

/** "Run now": queues a run unless one is queued already. `input`: `{ dryRun?, checkAll? }`. The scheduler picks it up within a second. */
export function startRun(operator: Operator | null, input: unknown): StartedRun {
  authorise(operator, 'runs:start');
  const { dryRun, checkAll } = parseInput(startInput, input);
  const now = Date.now();
  return database().transaction(
    (tx): StartedRun => {
      const queued = dryRun ? null : queuedCycle(tx);
      if (queued) return { runId: queued.id, wasQueued: true };
      const request = { trigger: 'operator', requestedBy: operator.name, dryRun, checkAll } as const;
      const runId = requestRun(tx, request, now);
      const message = dryRun ? 'Requested a dry run.' : 'Requested a run.';
      const data = { dryRun, checkAll };
      recordEvent(tx, { kind: 'run.requested', at: now, actor: operator, runId, message, data });
      return { runId, wasQueued: false };
    },
    { behavior: 'immediate' },
  );
}

const reRunInput = z.object({
  of: scopeSchema,
  kind: z.enum(RE_RUN_KINDS),
  /** For a selection: the people chosen. */
  people: z.array(z.number().int().positive()).max(RE_RUN_LIMIT, 'choose at most 5,000 people at once').default([]),
  /** The number shown before the click. */
  expected: z.number().int().min(0),
  mapping: z.enum(['now', 'then']).default('now'),
});
type ReRunInput = z.infer<typeof reRunInput>;

export interface StartedReRun {
  runId: string;
  people: number;
}

const NOBODY: Record<ReRunKind, Refused> = {
  failed: ['nobodyFailed'],
  all: ['nobodyOpen'],
  chosen: ['noneOfChosen'],
};

function choose(db: Parameters<typeof openPeople>[0], { of, kind, people }: ReRunInput): OpenPerson[] {
  const limit = RE_RUN_LIMIT + 1;
  if (kind === 'chosen') return openPeople(db, of, { ids: people, limit });
  return openPeople(db, of, kind === 'failed' ? { state: 'needs_attention', limit } : { limit });
}

/** Refuses nobody, too many, and a number other than the one shown. */
function assertExpected({ kind, expected }: ReRunInput, found: number): void {
  if (found === 0) throw new ServiceError(expected === 0 ? 'invalid' : 'conflict', NOBODY[kind]);
  if (found > RE_RUN_LIMIT) throw new ServiceError('invalid', ['tooManyAgain']);
  if (found !== expected) throw new ServiceError('conflict', ['otherNumberAgain', { now: found, seen: expected }]);
}

const KIND_LABELS: Record<ReRunKind, string> = { failed: 'failed only', all: 'all not done', chosen: 'a selection' };

function reRunOf(scope: Scope): { ofRunId: string | null; ofFileId: string | null } {
  return 'fileId' in scope ? { ofRunId: null, ofFileId: scope.fileId } : { ofRunId: scope.runId, ofFileId: null };
}

/**
 * Runs people of a run or a file again: those who failed, all who are not done, or chosen ones, fixed now. `input`: `{ of: {
 * runId } | { fileId }, kind, people?, expected, mapping? }`. Throws `not_found`, `invalid` for nobody or too many, and
 * `conflict` where the number is no longer the expected one.
 */
export function requestReRun(operator: Operator | null, input: unknown): StartedReRun {
  authorise(operator, 'runs:start');
  const request = parseInput(reRunInput, input);
  const now = Date.now();
  return database().transaction(
    (tx) => {
      const then = mappingTimeOf(tx, request.of);
      const chosen = choose(tx, request);
      assertExpected(request, chosen.length);
      const versionOf = request.mapping === 'then' ? mappingAt(mappingSpans(tx), then) : () => null;
      const people = chosen.map((person) => ({ id: person.id, mappingId: versionOf(person) }));
      const selection = { kind: request.kind, people, ...reRunOf(request.of) };
      const runId = requestRun(tx, { trigger: 'operator', requestedBy: operator.name, selection }, now);
      const { kind, mapping, of } = request;
      const message = `Requested a re-run of ${people.length} ${people.length === 1 ? 'person' : 'people'} (${KIND_LABELS[kind]}), using the ${mapping === 'then' ? 'mapping at that time' : 'current mapping'}.`;
      const data = { of, kind, mapping, people: people.length };
      recordEvent(tx, { kind: 'run.requested', at: now, actor: operator, runId, message, data });
      return { runId, people: people.length };
    },
    { behavior: 'immediate' },
  );
}

const cancelInput = z.object({ id: z.string().min(1).max(100) });

export interface CancelledRun {
  /** False: it is running, and ends as soon as work in progress is recorded. */
  hasEnded: boolean;
}

/**
 * Cancels a run: a queued one never starts, a running one starts no new write. `input`: `{ id }`. Throws `not_found`, and
 * `conflict` where it has ended.
 */
export function cancelRun(operator: Operator | null, input: unknown): CancelledRun {
  authorise(operator, 'runs:start');
  const { id } = parseInput(cancelInput, input);
  const now = Date.now();
  return database().transaction(
    (tx) => {
      const run = runById(tx, id);
      if (!run) throw new ServiceError('not_found', ['noRun']);
      if (run.finishedAt !== null) throw new ServiceError('conflict', ['runEnded']);
      if (run.cancelRequestedAt !== null) return { hasEnded: false };
      const hasEnded = cancelQueuedRun(tx, id, operator.name, now);
      if (!hasEnded && !requestCancel(tx, id, operator.name, now))
        throw new Error(`run ${id} is ${run.status} and cannot be cancelled`);
      const message = hasEnded ? 'Cancelled the run before it started.' : 'Cancelled the run.';
      const fields = { message, reason: 'cancelled', data: { hadStarted: !hasEnded } } as const;
      recordEvent(tx, { kind: 'run.cancelled', at: now, actor: operator, runId: id, ...fields });
      return { hasEnded };
    },
    { behavior: 'immediate' },
  );
}
