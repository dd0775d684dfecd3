/** A person's history as one list: every event, with what the run behind it asked, was answered and wrote. Pure. */
import { z } from 'zod';
import type { events } from '#db/schema/events.ts';
import type { outcomes } from '#db/schema/outcomes.ts';
import type { EarlierEventKind, EventKind, RecordChange, Written } from '#lib/domain/events.ts';
import { describeReason } from '#lib/domain/reasons/reasons.ts';
import { saidWithEvent, tell } from '#lib/domain/reasons/said.ts';
import type { PersonState } from '#lib/domain/states.ts';

const MOVED = 'person.moved' satisfies EventKind;
const ACCEPTED = 'person.accepted' satisfies EarlierEventKind;

const becauseSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('location'),
    source: z.enum(['operator', 'row', 'mapping', 'default']),
    by: z.string().nullable(),
  }),
  z.object({
    what: z.literal('licence'),
    employeeType: z.string(),
    isReassigned: z.boolean(),
    by: z.string().nullable(),
  }),
]);
const writtenSchema = z
  .array(
    z.object({
      what: z.string(),
      from: z.string().nullable(),
      to: z.string(),
      why: z.string(),
      because: becauseSchema.optional(),
    }),
  )
  .nullable()
  .catch(null);
const callSchema = z.object({
  call: z.string().catch('a call'),
  status: z.number().nullable().catch(null),
  code: z.string().nullable().catch(null),
  said: z.string().nullable().catch(null),
  requestId: z.string().nullable().catch(null),
  clientRequestId: z.string().nullable().catch(null),
  at: z.number().nullable().catch(null),
  durationMs: z.number().nullable().catch(null),
});
const callsSchema = z.array(callSchema).nullable().catch(null);

const valueChangeSchema = z.object({ column: z.string(), before: z.string().nullable(), after: z.string().nullable() });
function saidOf({ reason, data }: EventRow): Pick<TimelineEntry, 'reason' | 'said'> {
  return { reason, said: saidWithEvent(data) };
}

const changedSchema = z
  .object({ changes: z.array(valueChangeSchema) })
  .nullable()
  .catch(null);

/** One call to Microsoft Graph and its answer. */
export type Call = z.infer<typeof callSchema>;

export interface TimelineEntry {
  /** Unique within the person. */
  id: string;
  at: number;
  /** `engine`, `idm` or an operator's name. */
  actor: string;
  isOperator: boolean;
  /** The operator's; null: not known, or no operator. */
  address: string | null;
  /** Short, for example "Licensed, mailbox is opening"; null where the sentence says it all. */
  title: string | null;
  message: string;
  /** The reason whose title and sentence these are, and what the sentence is made from; null: it is none. */
  reason: string | null;
  said: unknown;
  fromState: PersonState | null;
  toState: PersonState | null;
  runId: string | null;
  written: Written[];
  /** Of an event: its kind, and what was recorded with it. */
  event: { kind: string; data: unknown } | null;
  /** How many checks this stands for, which all found everything as before; null: it is no such entry. */
  unchanged: number | null;
  /** Values of our own records that an operator or a later file changed. */
  changes: RecordChange[];
  calls: Call[];
  durationMs: number | null;
}

type EventRow = typeof events.$inferSelect;
type OutcomeRow = typeof outcomes.$inferSelect;

const NO_OPERATOR = { isOperator: false, address: null };

function operatorFacts(key: string | null, addresses: ReadonlyMap<string, string>) {
  return key === null ? NO_OPERATOR : { isOperator: true, address: addresses.get(key) || null };
}

function technical(outcome: OutcomeRow | undefined): Pick<TimelineEntry, 'written' | 'calls' | 'durationMs'> {
  return {
    written: writtenSchema.parse(outcome?.written) ?? [],
    calls: callsSchema.parse(outcome?.calls) ?? [],
    durationMs: outcome?.durationMs ?? null,
  };
}

/** The row by which a person came in. */
export interface FirstRow {
  fileName: string;
  line: number;
  receivedAt: number;
  receivedFrom: string;
  /** The stable key of the operator who brought the file; null: nobody did. */
  receivedFromKey: string | null;
  runId: string | null;
}

/**
 * Newest first. A move and the outcome of the run that caused it are one entry; a check that changed nothing is its own entry. A person
 * comes in by a row, which is its own record: `first` becomes the first entry where no event records it. Checks that found everything as
 * before are no outcomes of the person: one entry stands for all of them. `addresses`: of operators, by the stable key.
 */
export function timelineOf(
  eventRows: readonly EventRow[],
  outcomeRows: readonly OutcomeRow[],
  first: FirstRow | null,
  unchanged: UnchangedOutcomes,
  addresses: ReadonlyMap<string, string>,
): TimelineEntry[] {
  const byRun = new Map(outcomeRows.map((outcome) => [outcome.runId, outcome]));
  const shownRuns = new Set<string>();
  const entries = eventRows.map((event): TimelineEntry => {
    const isMove = event.kind === MOVED && event.runId !== null;
    const outcome = isMove && event.runId !== null ? byRun.get(event.runId) : undefined;
    if (outcome) shownRuns.add(outcome.runId);
    return {
      id: `event-${event.id}`,
      at: event.at,
      actor: event.actor,
      ...operatorFacts(event.actorKey, addresses),
      title: event.reason === null ? null : describeReason(event.reason).title,
      message: event.message,
      ...saidOf(event),
      event: { kind: event.kind, data: event.data },
      unchanged: null,
      fromState: event.fromState,
      toState: event.toState,
      runId: event.runId,
      changes: changedSchema.parse(event.data)?.changes ?? [],
      ...technical(outcome),
    };
  });
  const checks = outcomeRows
    .filter(({ runId }) => !shownRuns.has(runId))
    .map(
      (outcome): TimelineEntry => ({
        id: `outcome-${outcome.id}`,
        at: outcome.at,
        actor: 'engine',
        ...NO_OPERATOR,
        title: describeReason(outcome.reason).title,
        message: outcome.message,
        reason: outcome.reason,
        said: outcome.said,
        event: null,
        unchanged: null,
        fromState: outcome.stateBefore,
        toState: outcome.state,
        runId: outcome.runId,
        changes: [],
        ...technical(outcome),
      }),
    );
  const lastOutcomeAt = outcomeRows[0]?.at ?? 0;
  return [
    ...entries,
    ...checks,
    ...(first && !hasAcceptedEvent(eventRows) ? [arrival(first, addresses)] : []),
    ...(unchanged.lastAt !== null && unchanged.lastAt > lastOutcomeAt
      ? [checkedAgain(unchanged.n, unchanged.lastAt)]
      : []),
  ].sort((a, b) => b.at - a.at || b.id.localeCompare(a.id));
}

/** Checks that are no outcomes, and the last check of all. */
export interface UnchangedOutcomes {
  n: number;
  lastAt: number | null;
}

function checkedAgain(n: number, at: number): TimelineEntry {
  return {
    id: 'checks',
    at,
    actor: 'engine',
    ...NO_OPERATOR,
    title: 'Checked again',
    message: n > 1 ? `No changes in ${n} checks so far.` : 'No changes.',
    reason: null,
    said: null,
    event: null,
    unchanged: n,
    fromState: null,
    toState: null,
    runId: null,
    changes: [],
    ...technical(undefined),
  };
}

/** Files of earlier versions have an event for each of their people. */
function hasAcceptedEvent(eventRows: readonly EventRow[]): boolean {
  return eventRows.some(({ kind }) => kind === ACCEPTED);
}

function arrival(
  { fileName, line, receivedAt, receivedFrom, receivedFromKey, runId }: FirstRow,
  addresses: ReadonlyMap<string, string>,
): TimelineEntry {
  return {
    id: 'arrival',
    at: receivedAt,
    actor: receivedFrom,
    title: describeReason('queued').title,
    ...operatorFacts(receivedFromKey, addresses),
    message: `Accepted from ${fileName}, line ${line}.`,
    reason: 'queued',
    said: tell('queued', { row: { file: fileName, line, again: false } }).said,
    event: null,
    unchanged: null,
    fromState: null,
    toState: 'queued',
    runId,
    changes: [],
    ...technical(undefined),
  };
}
