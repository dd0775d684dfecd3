/** Runs for the web: the list, one run with its outcomes, its log, and "Run now". */
import { z } from 'zod';
import { RUN_STATUSES, type RunStatus, type RunTrigger } from '#db/schema.ts';
import { listOutcomes } from '#db/store/listing.ts';
import { queuedCycle, requestRun, readRun as runById } from '#db/store/runs.ts';
import {
  countRuns,
  filesOfRun,
  openRun,
  outcomesByState,
  pageOfOutcomes,
  pageOfRuns,
  pulseOf,
  type RunRow,
} from '#db/store/runs-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { runLogLines } from '#lib/notify/run-log.ts';
import { describeReason, RUN_REASONS } from '#lib/provisioning/core/reasons.ts';
import { PERSON_STATES, type PersonState } from '#lib/provisioning/core/states.ts';
import { database } from './database.ts';
import { authorise, parseInput, ServiceError } from './errors.ts';
import { everyState, type Page, paged, pageSchema } from './listing.ts';

export interface RunItem {
  id: string;
  trigger: RunTrigger;
  status: RunStatus;
  requestedBy: string;
  requestedAt: number;
  startedAt: number | null;
  finishedAt: number | null;
  dryRun: boolean;
  lookAtAll: boolean;
  /** The progress bar: people the run set out to look at, and how many are done. */
  peopleDue: number;
  peopleDone: number;
  /** People looked at so far, by the state they ended in; of a dry run: the state they would end in. */
  counts: Record<PersonState, number>;
  /** For a run that did not go to its end: a title and a sentence. */
  reasonTitle: string | null;
  message: string | null;
  warnings: string[];
}

export interface RunList extends Page<RunItem> {
  query: RunsQuery;
}

export interface OutcomeItem {
  id: number;
  personId: number;
  userPrincipalName: string;
  displayName: string;
  stateBefore: PersonState;
  state: PersonState;
  reason: string;
  reasonTitle: string;
  message: string;
  at: number;
}

export interface RunDetail extends RunItem {
  query: RunQuery;
  outcomes: Page<OutcomeItem>;
  /** Numbers that always add up: `peopleLookedAt` = the sum of `counts`; `rows` = `accepted` + `duplicates` + `rejected`. */
  equation: {
    peopleLookedAt: number;
    files: number;
    rows: number;
    accepted: number;
    duplicates: number;
    rejected: number;
  };
  traffic: Record<string, number>;
}

/** `?status=failed&page=…`. Nonsense counts as absent. */
export const runsQuerySchema = z.object({
  status: z.enum(RUN_STATUSES).nullable().catch(null).default(null),
  page: pageSchema,
});
export type RunsQuery = z.infer<typeof runsQuerySchema>;

/** `?state=…&page=…` of one run's outcomes. */
export const runQuerySchema = z.object({
  state: z.enum(PERSON_STATES).nullable().catch(null).default(null),
  page: pageSchema,
});
export type RunQuery = z.infer<typeof runQuerySchema>;

const idSchema = z.object({ id: z.string().min(1).max(100) });
const countsSchema = z.partialRecord(z.enum(PERSON_STATES), z.number()).nullable().catch(null);
const warningsSchema = z.array(z.string()).nullable().catch(null);
const trafficSchema = z.record(z.string(), z.number()).nullable().catch(null);

function titleOf(reason: string | null): string | null {
  if (reason === null) return null;
  const titles: Record<string, string> = RUN_REASONS;
  return titles[reason] ?? describeReason(reason).title;
}

function toItem(row: RunRow, counts: ReadonlyMap<PersonState, number>): RunItem {
  return {
    id: row.id,
    trigger: row.trigger,
    status: row.status,
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    dryRun: row.dryRun,
    lookAtAll: row.lookAtAll,
    peopleDue: row.peopleDue,
    peopleDone: row.peopleDone,
    counts: everyState(counts),
    reasonTitle: titleOf(row.reason),
    message: row.message,
    warnings: warningsSchema.parse(row.warnings) ?? [],
  };
}

/** The numbers kept with a run when it ended: those of its outcomes, or of what a dry run would do (it stores no outcomes). */
function keptCounts(row: RunRow): ReadonlyMap<PersonState, number> {
  const counts = countsSchema.parse(row.counts) ?? {};
  return new Map(PERSON_STATES.map((state) => [state, counts[state] ?? 0]));
}

/** One page of runs, newest first. `input` is the address's search parameters (`runsQuerySchema`). */
export function listRuns(operator: Operator | null, input: unknown): RunList {
  authorise(operator, 'runs:read');
  const query = parseInput(runsQuerySchema, input);
  const db = database();
  const statuses = query.status === null ? [] : [query.status];
  const page = paged(countRuns(db, statuses), query.page, (offset, limit) =>
    pageOfRuns(db, statuses, offset, limit).map((row) =>
      toItem(row, row.finishedAt === null ? outcomesByState(db, row.id) : keptCounts(row)),
    ),
  );
  return { ...page, query };
}

/** One run with a page of its outcomes. `input`: `{ id, state?, page? }`. Throws `not_found`. */
export function readRun(operator: Operator | null, input: unknown): RunDetail {
  authorise(operator, 'runs:read');
  const { id, ...query } = parseInput(idSchema.extend(runQuerySchema.shape), input);
  const db = database();
  const row = runById(db, id);
  if (!row) throw new ServiceError('not_found', 'There is no such run.');
  const recorded = outcomesByState(db, id);
  const looked = [...recorded.values()].reduce((sum, n) => sum + n, 0);
  const counts = row.dryRun ? keptCounts(row) : recorded;
  const total = query.state === null ? looked : (recorded.get(query.state) ?? 0);
  return {
    ...toItem(row, counts),
    query,
    outcomes: paged(total, query.page, (offset, limit) =>
      pageOfOutcomes(db, id, query.state, offset, limit).map((outcome) => ({
        ...outcome,
        reasonTitle: describeReason(outcome.reason).title,
      })),
    ),
    equation: { peopleLookedAt: [...counts.values()].reduce((sum, n) => sum + n, 0), ...filesOfRun(db, id) },
    traffic: trafficSchema.parse(row.traffic) ?? {},
  };
}

const startInput = z.object({ dryRun: z.boolean().default(false), lookAtAll: z.boolean().default(false) });

export interface StartedRun {
  runId: string;
  /** A run was waiting to start already; it stands for this one. */
  wasQueued: boolean;
}

/** "Run now": queues a run unless one waits already. `input`: `{ dryRun?, lookAtAll? }`. The scheduler picks it up within a second. */
export function startRun(operator: Operator | null, input: unknown): StartedRun {
  authorise(operator, 'runs:start');
  const { dryRun, lookAtAll } = parseInput(startInput, input);
  return database().transaction(
    (tx): StartedRun => {
      const queued = dryRun ? null : queuedCycle(tx);
      if (queued) return { runId: queued.id, wasQueued: true };
      const request = { trigger: 'operator', requestedBy: operator.name, dryRun, lookAtAll } as const;
      return { runId: requestRun(tx, request, Date.now()), wasQueued: false };
    },
    { behavior: 'immediate' },
  );
}

/** The run's log as text, one line per person. `input`: `{ id }`. Throws `not_found`. */
export function readRunLog(operator: Operator | null, input: unknown): { name: string; text: string } {
  authorise(operator, 'runs:read');
  const { id } = parseInput(idSchema, input);
  const db = database();
  if (!runById(db, id)) throw new ServiceError('not_found', 'There is no such run.');
  return { name: `${id}.log`, text: [...runLogLines(listOutcomes(db, id))].join('') };
}

export interface Pulse {
  /** Changes when anything that a page shows may have changed. */
  version: string;
  openRun: { id: string; status: RunStatus; peopleDue: number; peopleDone: number } | null;
}

/** A cheap answer to "is there anything new?", asked every few seconds. */
export function readPulse(operator: Operator | null): Pulse {
  authorise(operator, 'runs:read');
  const db = database();
  const open = openRun(db);
  const { event, outcome, file, mail } = pulseOf(db);
  const run = open && { id: open.id, status: open.status, peopleDue: open.peopleDue, peopleDone: open.peopleDone };
  const last = pageOfRuns(db, [], 0, 1)[0];
  const progress = run ? `${run.id}:${run.status}:${run.peopleDone}/${run.peopleDue}` : '';
  return { version: [event, outcome, file, mail, last?.id, last?.status, progress].join('|'), openRun: run };
}
