/** Runs for the web: the list, one run with what it did or would do, and its log. */

import { z } from 'zod';
import { RUN_STATUSES, RUN_TRIGGERS } from '#db/schema/runs.ts';
import { fileById } from '#db/store/files/files-read.ts';
import { countFilesOfRun, rowTallies } from '#db/store/files/reconciliation-read.ts';
import { countDryRunOutcomes } from '#db/store/outcomes/dry-run-outcomes.ts';
import { dryRunOutcomesByReason, pageOfDryRunOutcomes } from '#db/store/outcomes/dry-run-outcomes-read.ts';
import { countOutcomes, eachOutcome, pageOfOutcomes } from '#db/store/outcomes/outcomes-read.ts';
import { countChosen } from '#db/store/runs/re-run-read.ts';
import { readRun as runById } from '#db/store/runs/runs.ts';
import { countRuns, numberOfRun, pageOfRuns, type RunRow } from '#db/store/runs/runs-read.ts';
import { recordExport } from '#db/store/system/operators.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { licenceName } from '#lib/domain/licences/mapping.ts';
import { describeReason } from '#lib/domain/reasons/reasons.ts';
import { isClosed, PERSON_STATES, type PersonState } from '#lib/domain/states.ts';
import { rowsLeftOut } from '#lib/intake/rows/case-names.ts';
import { inBlocks, runLogLines } from '#lib/notify/run-log.ts';
import { type RowReconciliation, reconcileRows } from '#lib/services/files/reconciliation.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { type Page, paged, pagedFirst, pageSchema } from '#lib/services/http/listing.ts';
import type { Language } from '#lib/words/languages.ts';
import { type RunItem, toRunItem } from './run-item.ts';

export type { RunItem };

export interface RunList extends Page<RunItem> {
  query: RunsQuery;
}

export interface OutcomeItem {
  personId: number;
  userPrincipalName: string;
  displayName: string;
  stateBefore: PersonState;
  state: PersonState;
  reason: string;
  reasonTitle: string;
  message: string;
  /** As with people. */
  said: string | null;
  /** Of the message, where it is not in the language of its reader. */
  lang?: 'en' | undefined;
  at: number;
  /** Now neither closed nor held: the person can be run again. */
  canReRun: boolean;
}

/** The outcome of a dry run for one person: nothing was written. */
export interface DryRunOutcomeItem {
  id: number;
  /** Null for a person who is only in an upload. */
  personId: number | null;
  userPrincipalName: string;
  displayName: string;
  employeeType: string;
  state: PersonState;
  reason: string;
  reasonTitle: string;
  message: string;
  /** As with people. */
  said: string | null;
  /** Of the message, where it is not in the language of its reader. */
  lang?: 'en' | undefined;
}

export interface DryRunGroup {
  reason: string;
  title: string;
  /** By display name; for people who would be licensed. */
  licences: string[];
  n: number;
}

export interface RunDetail extends RunItem {
  query: RunQuery;
  /** Unchanged outcomes that were deleted since, as the retention in Settings demands. */
  deletedOutcomes: number;
  /** `listed`: how many are on the pages, the first ones. */
  outcomes: Page<OutcomeItem> & { listed: number };
  /** Too long to tell for all its people whether they could be run again. */
  isLong: boolean;
  /** Null for a run that writes. */
  dry: { groups: DryRunGroup[]; outcomes: Page<DryRunOutcomeItem> } | null;
  /** Numbers that always add up: `peopleChecked` = the sum of `counts`; `rows.rows` = the sum of its parts. */
  reconciliation: { peopleChecked: number; files: number; rows: RowReconciliation };
  /** The number of the run whose people this one checks again; null: of none, or it is deleted. */
  ofRunNumber: number | null;
  /** The name of the file whose people this run checks again. */
  ofFileName: string | null;
  traffic: Record<string, number>;
}

/** `?status=failed&trigger=operator&page=…`. Invalid values count as absent. */
const runsQuerySchema = z.object({
  status: z.enum(RUN_STATUSES).nullable().catch(null).default(null),
  trigger: z.enum(RUN_TRIGGERS).nullable().catch(null).default(null),
  page: pageSchema,
});
type RunsQuery = z.infer<typeof runsQuerySchema>;

/** `?state=…&reason=…&page=…` of one run: the state after it, or for a dry run the reason. */
const runQuerySchema = z.object({
  state: z.enum(PERSON_STATES).nullable().catch(null).default(null),
  reason: z.string().max(100).nullable().catch(null).default(null),
  page: pageSchema,
});
type RunQuery = z.infer<typeof runQuerySchema>;

/** For a run with more people than this, a re-run of all of them is not offered. */
const LONG_RUN = 20_000;

const idSchema = z.object({ id: z.string().min(1).max(100) });
const trafficSchema = z.record(z.string(), z.number()).nullable().catch(null);
const licencesSchema = z.array(z.string()).catch([]);

type Handle = Parameters<typeof countOutcomes>[0];

/** What is recorded of a run so far, whether it has ended or not. */
function recorded(db: Handle, row: RunRow) {
  return row.dryRun ? countDryRunOutcomes(db, row.id) : countOutcomes(db, row.id);
}

function chosenFor(db: Handle, row: RunRow): number {
  return row.selection === null ? 0 : countChosen(db, row.id);
}

/** One page of runs, newest first. `input` is the address's search parameters (`runsQuerySchema`). */
export function listRuns(operator: Operator | null, input: unknown, language: Language = 'en'): RunList {
  authorise(operator, 'runs:read');
  const query = parseInput(runsQuerySchema, input);
  return database().transaction((db) => {
    const filter = { statuses: query.status === null ? [] : [query.status], trigger: query.trigger };
    const page = paged(countRuns(db, filter), query.page, (offset, limit) =>
      pageOfRuns(db, filter, offset, limit).map((row) =>
        toRunItem(row, row.finishedAt === null ? recorded(db, row) : null, chosenFor(db, row), language),
      ),
    );
    return { ...page, query };
  });
}

function outcomePage(db: Handle, id: string, query: RunQuery, counts: RunItem['counts']): RunDetail['outcomes'] {
  const total = query.state === null ? sumOf(counts) : counts[query.state];
  return pagedFirst(total, query.page, (offset, limit) =>
    pageOfOutcomes(db, id, query.state, offset, limit).map(({ stateNow, ...outcome }) => ({
      ...outcome,
      reasonTitle: describeReason(outcome.reason).title,
      canReRun: !isClosed(stateNow) && stateNow !== 'held',
    })),
  );
}

function dryRunPart(db: Handle, id: string, query: RunQuery): NonNullable<RunDetail['dry']> {
  const groups = dryRunOutcomesByReason(db, id).map(({ reason, licences, n }) => ({
    reason,
    title: describeReason(reason).title,
    licences: licencesSchema.parse(licences).map(licenceName),
    n,
  }));
  const shown = groups.filter(({ reason }) => query.reason === null || reason === query.reason);
  const total = shown.reduce((sum, { n }) => sum + n, 0);
  const outcomes = paged(total, query.page, (offset, limit) =>
    pageOfDryRunOutcomes(db, id, query.reason, offset, limit).map(
      ({ runId: _run, line: _line, licences: _licences, usageLocation: _location, ...outcome }) => ({
        ...outcome,
        reasonTitle: describeReason(outcome.reason).title,
      }),
    ),
  );
  return { groups, outcomes };
}

function sumOf(counts: RunItem['counts']): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}

/** One run with a page of its outcomes, all read in one transaction. `input`: `{ id, state?, reason?, page? }`. Throws `not_found`. */
export function readRun(operator: Operator | null, input: unknown, language: Language = 'en'): RunDetail {
  authorise(operator, 'runs:read');
  const { id, ...query } = parseInput(idSchema.extend(runQuerySchema.shape), input);
  return database().transaction((db) => {
    const row = runById(db, id);
    if (!row) throw new ServiceError('not_found', ['noRun']);
    const item = toRunItem(row, recorded(db, row), chosenFor(db, row), language);
    const atTheEnd = row.finishedAt === null ? item : toRunItem(row, null, 0, language);
    return {
      ...item,
      query,
      deletedOutcomes: Math.max(0, sumOf(atTheEnd.counts) - sumOf(item.counts)),
      outcomes: row.dryRun ? pagedFirst(0, 1, () => []) : outcomePage(db, id, query, item.counts),
      isLong: sumOf(item.counts) > LONG_RUN,
      dry: row.dryRun ? dryRunPart(db, id, query) : null,
      reconciliation: {
        peopleChecked: sumOf(item.counts),
        files: countFilesOfRun(db, id),
        rows: reconcileRows(rowTallies(db, { runId: id })),
      },
      ofRunNumber: numberOfRun(db, row.rerunOfRunId),
      ofFileName: row.rerunOfFileId && (fileById(db, row.rerunOfFileId)?.name ?? null),
      traffic: trafficSchema.parse(row.traffic) ?? {},
    };
  });
}

/** The run's log, one line per person and per row that stayed out, a few hundred lines at a time. `input`: `{ id }`. Throws `not_found`. */
export function readRunLog(operator: Operator | null, input: unknown): { name: string; text: Iterable<string> } {
  authorise(operator, 'runs:read');
  const { id } = parseInput(idSchema, input);
  const db = database();
  const run = runById(db, id);
  if (!run) throw new ServiceError('not_found', ['noRun']);
  recordExport(db, operator, { what: 'runLog', name: `${run.number} (${id})` }, Date.now());
  function* logged() {
    yield* eachOutcome(db, id);
    yield* rowsLeftOut(db, id);
  }
  return { name: `${id}.log`, text: inBlocks(runLogLines(logged())) };
}
