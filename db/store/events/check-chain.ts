/** Walks the history from its beginning and says how far it is whole. */
import type Sqlite from 'better-sqlite3';
import { hashNameOf } from '#lib/domain/algorithms.ts';
import {
  type ChainedEvent,
  earlierId,
  lineHash,
  lineOf,
  linkHash,
  nextAlgorithm,
  prepareEvents,
  prepareHashUpTo,
  restOfLine,
} from './event-chain.ts';

/** An event that a walk has come to. */
export interface Place {
  id: number;
  at: number;
}

export interface ChainCheck {
  /** The number of events that are whole. */
  events: number;
  /** The first and the last of them; null where there is none. */
  from: Place | null;
  to: Place | null;
  /** The first event that is not; null where all are. */
  broken: { eventId: number; message: string } | null;
}

const SLICE = 1000;

/** Some 10 µs an event. Call it in a transaction, so that what is recorded meanwhile does not matter. */
export function checkChain(client: Sqlite.Database): ChainCheck {
  const events = prepareEvents(client);
  const hashUpTo = prepareHashUpTo(client);
  const check: ChainCheck = { events: 0, from: null, to: null, broken: null };
  let before: string | null = null;
  for (let slice = events.all(0, SLICE); slice.length > 0; slice = events.all(check.to?.id ?? 0, SLICE))
    for (const event of slice) {
      const { id, at, hash } = event;
      // Up to here all hashes are what they should be.
      const earlier = hashUpTo.get(earlierId(id)) ?? null;
      if (!fits(event, before, earlier))
        return { ...check, broken: { eventId: id, message: breakMessage(id, hash, check.to?.id ?? 0) } };
      check.events += 1;
      check.from ??= { id, at };
      check.to = { id, at };
      before = hash;
    }
  return { ...check, broken: missingEnd(client, check.to?.id ?? 0) };
}

/** True where the hash is that of the event at its place, by an algorithm that is no older than that of the link before. */
function fits(event: ChainedEvent, before: string | null, earlier: string | null): boolean {
  const algorithm = hashNameOf(event.hash ?? '');
  if (algorithm === null || nextAlgorithm(before, algorithm) !== algorithm) return false;
  const line = lineHash(algorithm, lineOf(event.id, restOfLine(event)));
  return event.hash === linkHash(algorithm, before, earlier, line);
}

function breakMessage(id: number, hash: string | null, last: number): string {
  if (hash === null) return `Event ${id} was not stored by AutoProvision.`;
  if (id > last + 1) return `Events ${last + 1} to ${id - 1} are missing, or event ${id} was changed.`;
  return `Event ${id} was changed, or put in the place of another.`;
}

/** SQLite remembers the highest id that there ever was. */
function missingEnd(client: Sqlite.Database, last: number): ChainCheck['broken'] {
  const highest =
    client.prepare<[], number>("select seq from sqlite_sequence where name = 'events'").pluck().get() ?? last;
  return highest > last
    ? { eventId: last + 1, message: `Events ${last + 1} to ${highest} are missing at the end.` }
    : null;
}

/** The newest event with its hash; null where there is none, or it has none. */
export function newestEvent(client: Sqlite.Database): { id: number; hash: string } | null {
  const newest = client
    .prepare<[], { id: number; hash: string | null }>('select id, hash from events order by id desc limit 1')
    .get();
  return newest && newest.hash !== null ? { id: newest.id, hash: newest.hash } : null;
}

/** The hash of one event; null where there is no such event, or it has none. */
export function hashOfEvent(client: Sqlite.Database, id: number): string | null {
  return client.prepare<[number], string | null>('select hash from events where id = ?').pluck().get(id) ?? null;
}

/** Backups that were restored: what the history held before and the backup did not is lost. */
export function restores(client: Sqlite.Database): Place[] {
  return client.prepare<[], Place>("select id, at from events where kind = 'backup.restored' order by id").all();
}
