/** The beginning of the history that retention removed: what is left of it, and what goes next. */
import type Sqlite from 'better-sqlite3';
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import type { EventKind } from '#lib/domain/events.ts';
import { CLOSED_STATES } from '#lib/domain/states.ts';
import {
  type ChainedEvent,
  earlierId,
  isLinked,
  type Place,
  prepareEvents,
  prepareHashUpTo,
  prepareNewestUpTo,
} from './event-chain.ts';

const placeSchema = z.object({ id: z.number(), at: z.number() });

const summarySchema = z.object({
  /** The first and the last event that was removed, how many there were, and between which times they lie (ms). */
  from: z.number(),
  to: z.number(),
  events: z.number(),
  firstAt: z.number(),
  lastAt: z.number(),
  /** How many of each kind. */
  kinds: z.record(z.string(), z.number()),
  /** The hashes to which later events are linked, by the id of the event. */
  hashes: z.array(z.tuple([z.number(), z.string()])),
  /** Backups that were restored: they explain older checkpoints. */
  restores: z.array(placeSchema),
});
/** What retention removed, in all. */
export type RemovedSummary = z.infer<typeof summarySchema>;

/** What a summary says; null where this is none. */
export function parseSummary(text: string): RemovedSummary | null {
  try {
    return summarySchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The last event that was removed, with its hash and the note that stands for all; null where none was. */
export function lastRemoved(client: Sqlite.Database): { id: number; hash: string; summary: string | null } | null {
  const last = client.prepare<[], { id: number; hash: string; summary: string | null }>(
    'select id, hash, summary from removed_events order by id desc limit 1',
  );
  return last.get() ?? null;
}

/** The hashes that are kept, by the id of the event. */
export function keptHashes(client: Sqlite.Database): [number, string][] {
  return client.prepare<[], [number, string]>('select id, hash from removed_events order by id').raw().all();
}

/** What was removed, as the note says it; whether it is signed is for `audit verify` to find out. */
export function readRemoved(client: Sqlite.Database): RemovedSummary | null {
  return parseSummary(lastRemoved(client)?.summary?.split('\n')[2] ?? '');
}

const DAY_MS = 24 * 3_600_000;
const CLOSED = JSON.stringify(CLOSED_STATES);

/** Everything before this time is over (ms): a day before the oldest person, row, file or upload that is still open. */
function openSince(client: Sqlite.Database): number {
  const oldest = client
    .prepare<[string], number | null>(
      `select min(at) from (
        select min(first_seen_at) as at from people where state not in (select value from json_each(?))
        union all select min(f.received_at) from row_cases c join intake_files f on f.id = c.file_id where c.status = 'open'
        union all select min(received_at) from intake_files where status = 'importing'
        union all select min(created_at) from drafts where status = 'open')`,
    )
    .pluck()
    .get(CLOSED);
  return (oldest ?? Number.MAX_SAFE_INTEGER) - DAY_MS;
}

/** The next events that may go: the oldest there are, each older than `before`, whole in the chain, and of nothing that is still open. */
function removable(client: Sqlite.Database, before: number, limit: number): ChainedEvent[] {
  const last = lastRemoved(client);
  const isOpen = client.prepare<[number, string]>(
    'select 1 from people where id = ? and state not in (select value from json_each(?))',
  );
  const until = Math.min(before, openSince(client));
  const hashUpTo = prepareHashUpTo(client);
  const found: ChainedEvent[] = [];
  let hash = last?.hash ?? null;
  for (const event of prepareEvents(client).all(last?.id ?? 0, limit)) {
    const isOver = event.at < until && (event.personId === null || !isOpen.get(event.personId, CLOSED));
    // What does not fit is evidence: it stays, with all that follows.
    if (!isOver || !isLinked(event, hash, hashUpTo.get({ id: earlierId(event.id) }) ?? null)) break;
    found.push(event);
    hash = event.hash;
  }
  return found;
}

/** What later events are linked to, where `to` is the last that was removed: itself, and what is left of its id without the lowest bits. */
function hashesFor(client: Sqlite.Database, to: number): [number, string][] {
  const upTo = prepareNewestUpTo(client);
  const hashes = new Map<number, string>();
  for (let id = to; id > 0; id = earlierId(id)) {
    const event = upTo.get({ id });
    if (event?.hash) hashes.set(event.id, event.hash);
  }
  return [...hashes].toSorted(([a], [b]) => a - b);
}

const RESTORED = 'backup.restored' satisfies EventKind;

/** What will have been removed with the next slice of events older than `before` (ms); null where none can go. */
export function nextRemoval({ $client }: Tx, before: number, limit: number): RemovedSummary | null {
  const events = removable($client, before, limit);
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return null;
  const earlier = readRemoved($client);
  if (!earlier && lastRemoved($client)) throw new Error('the summary of what retention removed cannot be read');
  const kinds = { ...earlier?.kinds };
  for (const { kind } of events) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const times = events.map(({ at }) => at);
  const restores: Place[] = events.filter(({ kind }) => kind === RESTORED).map(({ id, at }) => ({ id, at }));
  return {
    from: earlier?.from ?? first.id,
    to: last.id,
    events: (earlier?.events ?? 0) + events.length,
    firstAt: Math.min(earlier?.firstAt ?? first.at, ...times),
    lastAt: Math.max(earlier?.lastAt ?? first.at, ...times),
    kinds,
    hashes: hashesFor($client, last.id),
    restores: [...(earlier?.restores ?? []), ...restores],
  };
}

const DECISIONS = JSON.stringify(['person.edited', 'person.row_chosen', 'mapping.published'] satisfies EventKind[]);

/** Deletes the events up to `to` and gives how many; `note` is the signed summary, which stays. Call it in the transaction that asked for the summary. */
export function removeEvents({ $client }: Tx, { to, hashes }: RemovedSummary, note: string): number {
  $client
    .prepare(
      `insert into removed_decisions (event_id, at, kind, actor_key, person_id, employee_type)
       select id, at, kind, actor_key, person_id, json_extract(data, '$.employeeType') from events
       where id <= ? and kind in (select value from json_each(?))`,
    )
    .run(to, DECISIONS);
  $client.exec('delete from removed_events');
  const keep = $client.prepare('insert into removed_events (id, hash, summary) values (?, ?, ?)');
  for (const [id, hash] of hashes) keep.run(id, hash, id === to ? note : null);
  return $client.prepare('delete from events where id <= ?').run(to).changes;
}
