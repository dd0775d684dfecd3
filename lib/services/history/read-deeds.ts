/** Reads deeds: the events that are one, however many people it was done to. */
import { z } from 'zod';
import {
  type EventFilter,
  type EventRow,
  eventById,
  eventsAt,
  namesOfFiles,
  namesOfPeople,
  newestEvents,
} from '#db/store/events/events-read.ts';
import { numbersOfRuns } from '#db/store/runs/runs-read.ts';
import { operatorAddresses } from '#db/store/system/operators.ts';
import type { BulkFacts } from '#lib/domain/events.ts';
import { database } from '#lib/services/http/database.ts';
import { MOVE_LIMIT } from '#lib/services/people/actions/seen-people.ts';
import { deedKey, groupEvents, type HistoryEntry } from './deeds.ts';
import { changesOf } from './history-changes.ts';

/** One deed as the list shows it. */
export interface HistoryDeed extends HistoryEntry {
  /** How many people it was done to, of whom `people` are the first. */
  count: number;
  people: NonNullable<HistoryEntry['person']>[];
}

const PAGE = 50;
/** A page with fewer deeds goes on with the next events: one deed can take all those of a page. */
const FEWEST = 20;
const REST_SLICE = 1000;

const fileSchema = z.object({ fileId: z.string() });

/** Events with the names of whom and what they are about. */
export function toEntries(rows: readonly EventRow[]): HistoryEntry[] {
  const db = database();
  const fileOf = (row: EventRow) => fileSchema.safeParse(row.data).data?.fileId;
  const people = namesOfPeople(db, [...new Set(rows.flatMap(({ personId }) => personId ?? []))]);
  const addresses = operatorAddresses(db);
  const files = namesOfFiles(db, [...new Set(rows.flatMap((row) => fileOf(row) ?? []))]);
  const runNumbers = numbersOfRuns(
    db,
    rows.map(({ runId }) => runId),
  );
  return rows.map((row) => {
    const fileId = fileOf(row);
    const fileName = fileId === undefined ? undefined : files.get(fileId);
    return {
      id: row.id,
      at: row.at,
      actor: row.actor,
      isOperator: row.actorKey !== null,
      address: (row.actorKey !== null && addresses.get(row.actorKey)) || null,
      kind: row.kind,
      message: row.message,
      reason: row.reason,
      fromState: row.fromState,
      toState: row.toState,
      changes: changesOf(row.data),
      data: row.data,
      person: (row.personId !== null && people.get(row.personId)) || null,
      runId: row.runId,
      runNumber: (row.runId !== null && runNumbers.get(row.runId)) || null,
      file: fileId !== undefined && fileName !== undefined ? { id: fileId, name: fileName } : null,
    };
  });
}

const keyOf = (row: EventRow) => deedKey({ ...row, isOperator: row.actorKey !== null, changes: changesOf(row.data) });

/** How many more events a deed has, older than `before`, and the oldest of them; null: nothing is older than that. */
function restOf(filter: EventFilter, key: string, before: number): { more: number; oldest: number | null } {
  const db = database();
  let [more, oldest] = [0, before];
  for (;;) {
    const rows = newestEvents(db, filter, oldest, REST_SLICE);
    const end = rows.findIndex((row) => keyOf(row) !== key);
    const same = end === -1 ? rows : rows.slice(0, end);
    more += same.length;
    oldest = same.at(-1)?.id ?? oldest;
    if (end !== -1 || more >= MOVE_LIMIT) return { more, oldest };
    if (rows.length < REST_SLICE) return { more, oldest: null };
  }
}

/** A page of deeds, each of them whole, however many people it was done to. */
export function newestDeeds(
  filter: EventFilter,
  before: number | null,
): { entries: HistoryDeed[]; older: number | null } {
  const entries: HistoryDeed[] = [];
  let older = before;
  do {
    const rows = newestEvents(database(), filter, older, PAGE + 1);
    const deeds = groupEvents(toEntries(rows.slice(0, PAGE))).map(({ entry, people }) => ({
      ...entry,
      people,
      count: people.length,
    }));
    entries.push(...deeds);
    const [next, last] = [rows[PAGE], rows[PAGE - 1]];
    older = next && last ? last.id : null;
    const cut = entries.at(-1);
    if (!next || !last || !cut?.person || keyOf(next) !== keyOf(last)) continue;
    const rest = restOf(filter, keyOf(last), last.id);
    cut.count += rest.more;
    older = rest.oldest;
  } while (older !== null && entries.length < FEWEST);
  return { entries, older };
}

const bulkSchema = z.object({
  bulk: z.object({
    matching: z.string().nullable(),
    asked: z.number(),
    refused: z.array(z.object({ id: z.number(), why: z.string() })),
  }),
});

/** What was asked for, where it was asked for many people at once. */
function bulkOf(rows: readonly EventRow[]): BulkFacts | null {
  for (const { data } of rows) {
    const found = data === null ? undefined : bulkSchema.safeParse(data).data;
    if (found) return found.bulk;
  }
  return null;
}

/** The whole deed that an event belongs to, and the ids of its people in the order in which it was done; null: no such event. */
export function deedOf(eventId: number): { entry: HistoryEntry; personIds: number[]; bulk: BulkFacts | null } | null {
  const db = database();
  const event = eventById(db, eventId);
  if (!event) return null;
  const key = keyOf(event);
  const rows = event.personId === null ? [event] : eventsAt(db, event, MOVE_LIMIT).filter((row) => keyOf(row) === key);
  const deed = groupEvents(toEntries(rows))[0];
  if (!deed) return null;
  const personIds = rows.flatMap(({ personId }) => personId ?? []);
  return { entry: { ...deed.entry, id: eventId }, personIds, bulk: bulkOf(rows) };
}
