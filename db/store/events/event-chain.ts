/**
 * The chain that a change to the history breaks. Each event carries a hash over what it says, over the hash of the event before, and
 * over that of an earlier one, so that few hashes lead from any event to the newest (an append-only skip list).
 */
import { hash } from 'node:crypto';
import type Sqlite from 'better-sqlite3';
import { CHOSEN, type HashName, hashNameOf, isNewer, named } from '#lib/domain/algorithms.ts';

/** An event as it lies in its columns. */
export interface StoredEvent {
  at: number;
  actor: string;
  actorKey: string | null;
  kind: string;
  personId: number | null;
  runId: string | null;
  fromState: string | null;
  toState: string | null;
  reason: string | null;
  message: string;
  /** JSON. */
  data: string | null;
}

const digest = (algorithm: HashName, text: string) => named(algorithm, hash(algorithm, text, 'base64'));

/** What an event says but for its id, as the rest of its line. */
export function restOfLine(event: StoredEvent): string {
  const { at, actor, actorKey, kind, personId, runId, fromState, toState, reason, message } = event;
  const text = JSON.stringify({ at, actor, actorKey, kind, personId, runId, fromState, toState, reason, message });
  return `${text.slice(1, -1)},"data":${event.data ?? null}}`;
}

/** What an event says as one line of JSON, always the same to the letter: its hash begins here. */
export function lineOf(id: number, restOfIt: string): string {
  return `{"id":${id},${restOfIt}`;
}

export function lineHash(algorithm: HashName, line: string): string {
  return digest(algorithm, line);
}

/** The algorithm of the next link: the chosen one, but never an older one than the chain has come to. */
export function nextAlgorithm(before: string | null, chosen: HashName = CHOSEN.hash): HashName {
  const last = before === null ? null : hashNameOf(before);
  return last !== null && isNewer(last, chosen) ? last : chosen;
}

/** The id of the earlier event that an event is linked to: its own without the lowest bit, so that the way back halves. */
export function earlierId(id: number): number {
  return Number(BigInt(id) & BigInt(id - 1));
}

/** The hash of an event: over the hash of the event before, that of the newest up to `earlierId`, and that of its line. Null: there is none. */
export function linkHash(algorithm: HashName, before: string | null, earlier: string | null, line: string): string {
  return digest(algorithm, `${before ?? ''}\n${earlier ?? ''}\n${line}`);
}

const COLUMNS = `id, at, actor, actor_key as actorKey, kind, person_id as personId, run_id as runId, from_state as fromState,
  to_state as toState, reason, message, data, hash`;

/** An event with its place in the chain. */
export type ChainedEvent = StoredEvent & { id: number; hash: string | null };

/** An event that a walk has come to. */
export interface Place {
  id: number;
  at: number;
}

/** True where the hash is that of the event at its place, by an algorithm that is no older than that of the link before. */
export function isLinked(event: ChainedEvent, before: string | null, earlier: string | null): boolean {
  const algorithm = hashNameOf(event.hash ?? '');
  if (algorithm === null || nextAlgorithm(before, algorithm) !== algorithm) return false;
  const line = lineHash(algorithm, lineOf(event.id, restOfLine(event)));
  return event.hash === linkHash(algorithm, before, earlier, line);
}

/** Reads events in their order, after the id. */
export function prepareEvents(client: Sqlite.Database) {
  return client.prepare<[after: number, limit: number], ChainedEvent>(
    `select ${COLUMNS} from events where id > ? order by id limit ?`,
  );
}

/** Gives the newest event up to an id, also one that retention removed whose hash is kept; undefined where there is none. */
export function prepareNewestUpTo(client: Sqlite.Database) {
  return client.prepare<{ id: number }, { id: number; hash: string | null }>(
    `select id, hash from (
       select * from (select id, hash from events where id <= @id order by id desc limit 1)
       union all select * from (select id, hash from removed_events where id <= @id order by id desc limit 1))
     order by id desc limit 1`,
  );
}

/** Gives the hash of that event. */
export function prepareHashUpTo(client: Sqlite.Database) {
  return client
    .prepare<{ id: number }, string | null>(
      `select coalesce((select hash from events where id <= @id order by id desc limit 1),
         (select hash from removed_events where id <= @id order by id desc limit 1))`,
    )
    .pluck();
}

const SLICE = 1000;

/** True where no event has a hash yet, as a release before there were any left it. */
export function isUnchained(client: Sqlite.Database): boolean {
  return client.prepare('select 1 from events where hash is not null limit 1').get() === undefined;
}

/** Chains the newest events that have no hash yet: those of an earlier release, and those that a migration added. */
export function chainEvents(client: Sqlite.Database, chosen: HashName = CHOSEN.hash): void {
  const first = client
    .prepare<[], number>(
      'select min(id) from events where hash is null and id > coalesce((select max(id) from events where hash is not null), 0)',
    )
    .pluck();
  const events = prepareEvents(client);
  const hashUpTo = prepareHashUpTo(client);
  const keep = client.prepare('update events set hash = ? where id = ?');
  client
    .transaction(() => {
      let last = (first.get() ?? Number.MAX_SAFE_INTEGER) - 1;
      let before = hashUpTo.get({ id: last }) ?? null;
      for (let slice = events.all(last, SLICE); slice.length > 0; slice = events.all(last, SLICE))
        for (const event of slice) {
          last = event.id;
          const earlier = hashUpTo.get({ id: earlierId(last) }) ?? null;
          const algorithm = nextAlgorithm(before, chosen);
          before = linkHash(algorithm, before, earlier, lineHash(algorithm, lineOf(last, restOfLine(event))));
          keep.run(before, last);
        }
    })
    .immediate();
}
