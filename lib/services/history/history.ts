/** The history for the web: who did what, when and why, with before and after. */
import { z } from 'zod';
import {
  type ActorFilter,
  countStates,
  type EventFilter,
  eventKinds,
  knownOperators,
  namesOfPeople,
  newestEvents,
  peopleNamed,
  peopleWithState,
  ROW_KINDS,
} from '#db/store/events/events-read.ts';
import { readRemoved } from '#db/store/events/removed-events.ts';
import { recordExport } from '#db/store/system/operators.ts';
import { readSettings } from '#db/store/system/settings.ts';
import type { Operator } from '#lib/auth/operator.ts';
import type { EventKind } from '#lib/domain/events.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { dayEnd, dayStart } from '#lib/domain/time/days.ts';
import { readEnv } from '#lib/env.ts';
import { CSV_BOM, csvLine } from '#lib/services/http/csv.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { everyState, type Page, paged, pageSchema, textSchema } from '#lib/services/http/listing.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { HistoryEntry } from './deeds.ts';
import { HISTORY_GROUPS, isInGroup, kindText } from './history-labels.ts';
import { deedOf, type HistoryDeed, newestDeeds, toEntries } from './read-deeds.ts';

export interface History {
  query: HistoryQuery;
  /** Of Settings: the days of the query are days there. */
  timeZone: string;
  entries: HistoryDeed[];
  /** `before` of the next page; null: these are the oldest. */
  older: number | null;
  operators: { key: string; name: string }[];
  /** True where the rows of files are left out, because nobody and no group asked for them. */
  withoutRows: boolean;
  /** With a search: how many people it found, and whether there are more whose events are not shown. */
  found: { people: number; isCapped: boolean } | null;
  /** How many events retention removed from its beginning, and the time of the last of them; null: none. */
  removed: { events: number; until: number } | null;
}

const date = z.iso
  .date()
  .regex(/^[12]\d{3}-/)
  .nullable()
  .catch(null)
  .default(null);

/**
 * `?who=…&what=…&q=…&from=2026-11-01&to=2026-11-30&before=…`. `who`: `operators` (also if absent), `everyone`, `engine`, `idm` or an
 * operator's stable key. Dates are whole days in the time zone of Settings. Nonsense counts as absent.
 */
const historyQuerySchema = z.object({
  who: z.string().trim().min(1).max(200).catch('operators').default('operators'),
  what: z.enum(HISTORY_GROUPS).nullable().catch(null).default(null),
  q: textSchema,
  from: date,
  to: date,
  before: z.coerce.number().int().positive().nullable().catch(null).default(null),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

/** People whose events are shown for one search. */
const PEOPLE_LIMIT = 200;
const EXPORT_LIMIT = 100_000;
const EXPORT_SLICE = 1000;

function actorOf(who: string): ActorFilter {
  if (who === 'operators' || who === 'everyone') return { kind: who };
  return who === 'engine' || who === 'idm' ? { kind: 'machine', name: who } : { kind: 'operator', key: who };
}

const MOVED = 'person.moved' satisfies EventKind;

/** Kinds that one of these actors never has stay out: each of them may be in millions of events. */
function kindsFor(actor: ActorFilter, withRows: boolean): (kind: string) => boolean {
  const isEngine = actor.kind === 'machine' && actor.name === 'engine';
  return (kind) => {
    if (actor.kind === 'everyone') return true;
    if (ROW_KINDS.includes(kind)) return !isEngine && withRows;
    return kind !== MOVED || isEngine;
  };
}

type Filtered = { filter: EventFilter } & Pick<History, 'withoutRows' | 'found' | 'timeZone'>;

function filterOf(query: HistoryQuery): Filtered {
  const db = database();
  const { timeZone } = readSettings(db, readEnv());
  const { who, what, q, from, to } = query;
  const actor = actorOf(who);
  const named = q === null ? null : peopleNamed(db, q, PEOPLE_LIMIT + 1);
  const withRows = what === 'people' || named !== null;
  const fits = kindsFor(actor, withRows);
  const isEveryKind = actor.kind === 'everyone' && what === null;
  const kinds = eventKinds(db).filter((kind) => fits(kind) && (what === null || isInGroup(what, kind)));
  return {
    filter: {
      actor,
      kinds: isEveryKind ? null : kinds,
      personIds: named?.ids.slice(0, PEOPLE_LIMIT) ?? null,
      from: from === null ? null : dayStart(from, timeZone),
      until: to === null ? null : dayEnd(to, timeZone),
    },
    withoutRows: actor.kind !== 'everyone' && who !== 'engine' && !withRows && what === null,
    timeZone,
    found: named && {
      people: Math.min(named.ids.length, PEOPLE_LIMIT),
      isCapped: named.ids.length > PEOPLE_LIMIT || !named.isComplete,
    },
  };
}

/** One page of the history, newest first. `input` is the address's search parameters (`historyQuerySchema`). */
export function listHistory(operator: Operator | null, input: unknown): History {
  authorise(operator, 'history:read');
  const query = parseInput(historyQuerySchema, input);
  const db = database();
  const { filter, ...more } = filterOf(query);
  const removed = readRemoved(db.$client);
  return {
    query,
    ...newestDeeds(filter, query.before),
    operators: knownOperators(db),
    removed: removed && { events: removed.events, until: removed.lastAt },
    ...more,
  };
}

export interface DeedDetail {
  entry: HistoryEntry;
  /** Of Settings, as in the list. */
  timeZone: string;
  /** Whom it was done to, as they are now. */
  people: Page<{ id: number; displayName: string; userPrincipalName: string; state: PersonState }>;
  /** All of them by their state now. */
  states: Record<PersonState, number>;
  /** What was asked for, and who was left alone; null: it was for one person, or by a program or an earlier release. */
  bulk: { asked: number; matching: string | null; refused: { id: number; displayName: string; why: string }[] } | null;
}

const deedQuerySchema = z.object({ id: z.coerce.number().int().positive(), page: pageSchema });

/** One deed and what has become of its people. `input`: `{ id, page? }`, the id of one of its events. Throws `not_found`. */
export function readDeed(operator: Operator | null, input: unknown): DeedDetail {
  authorise(operator, 'history:read');
  const { id, page } = parseInput(deedQuerySchema, input);
  const deed = deedOf(id);
  if (!deed) throw new ServiceError('not_found', ['noEntry']);
  const { entry, personIds, bulk } = deed;
  const db = database();
  const left = namesOfPeople(db, bulk?.refused.map((one) => one.id) ?? []);
  return {
    entry,
    timeZone: readSettings(db, readEnv()).timeZone,
    people: paged(personIds.length, page, (offset, limit) =>
      peopleWithState(db, personIds.slice(offset, offset + limit)),
    ),
    states: everyState(countStates(db, personIds)),
    bulk: bulk && {
      asked: bulk.asked,
      matching: bulk.matching,
      refused: bulk.refused.map((one) => ({ ...one, displayName: left.get(one.id)?.displayName ?? 'somebody' })),
    },
  };
}

const HEADERS = [
  'Id',
  'Time',
  'Who',
  'Address',
  'What',
  'Name',
  'UserPrincipalName',
  'Sentence',
  'From',
  'To',
  'Changes',
  'Run',
  'File',
];

function exportLine(entry: HistoryEntry): string {
  const { person, changes } = entry;
  return csvLine([
    entry.id,
    new Date(entry.at).toISOString(),
    entry.actor,
    entry.address,
    kindText(sayIn('en', 'eventKinds'), entry.kind),
    person?.displayName ?? null,
    person?.userPrincipalName ?? null,
    entry.message,
    entry.fromState,
    entry.toState,
    changes.map(({ what, before, after }) => `${what}: ${before} → ${after}`).join('; '),
    entry.runId,
    entry.file?.name ?? null,
  ]);
}

/** The history as CSV, in slices: what the list shows, on all its pages, at most 100,000 entries; a last line says where there are more. Times are UTC. `input`: as for `listHistory`. */
export function exportHistory(operator: Operator | null, input: unknown): Iterable<string> {
  authorise(operator, 'history:read');
  const query = parseInput(historyQuerySchema, input);
  const { filter } = filterOf(query);
  recordExport(database(), operator, { what: 'history', name: null }, Date.now());
  function* slices(): Generator<string> {
    yield CSV_BOM + csvLine(HEADERS);
    let before = query.before;
    for (let exported = 0; exported < EXPORT_LIMIT; exported += EXPORT_SLICE) {
      const rows = newestEvents(database(), filter, before, EXPORT_SLICE);
      yield toEntries(rows).map(exportLine).join('');
      before = rows.at(-1)?.id ?? null;
      if (rows.length < EXPORT_SLICE || before === null) return;
    }
    if (newestEvents(database(), filter, before, 1).length > 0)
      yield csvLine(['There are older entries: a file holds 100,000. Narrow the dates to get them.']);
  }
  return slices();
}
