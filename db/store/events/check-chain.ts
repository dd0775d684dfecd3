/** Walks the history from its beginning and says how far it is whole. */
import type Sqlite from 'better-sqlite3';
import { earlierId, isLinked, type Place, prepareEvents, prepareHashUpTo, prepareNewestUpTo } from './event-chain.ts';
import { lastRemoved } from './removed-events.ts';

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
  // What retention removed is told by its summary, which is checked elsewhere.
  let last = lastRemoved(client)?.id ?? 0;
  const misplaced = client.prepare<[number], number>('select id from events where id <= ? limit 1').pluck().get(last);
  if (misplaced !== undefined)
    return { ...check, broken: { eventId: misplaced, message: `Event ${misplaced} stands where there can be none.` } };
  let before = hashUpTo.get({ id: last }) ?? null;
  for (let slice = events.all(last, SLICE); slice.length > 0; slice = events.all(last, SLICE))
    for (const event of slice) {
      const { id, at, hash } = event;
      // Up to here all hashes are what they should be.
      if (!isLinked(event, before, hashUpTo.get({ id: earlierId(id) }) ?? null))
        return { ...check, broken: { eventId: id, message: breakMessage(id, hash, last) } };
      check.events += 1;
      check.from ??= { id, at };
      check.to = { id, at };
      last = id;
      before = hash;
    }
  return { ...check, broken: missingEnd(client, last) };
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

/** The hash of one event, also of a removed one where it is kept; null where it is not known. */
export function hashOfEvent(client: Sqlite.Database, id: number): string | null {
  const event = prepareNewestUpTo(client).get({ id });
  return event?.id === id ? event.hash : null;
}

/** Backups that were restored: what the history held before and the backup did not is lost. */
export function restores(client: Sqlite.Database): Place[] {
  return client.prepare<[], Place>("select id, at from events where kind = 'backup.restored' order by id").all();
}
