/** The events of an evidence package, and the few hashes that lead to them from the newest event. */
import type Sqlite from 'better-sqlite3';
import { CHOSEN, hashNameOf } from '#lib/domain/algorithms.ts';
import { earlierId, lineHash, lineOf, prepareEvents, prepareNewestUpTo, restOfLine } from './event-chain.ts';

/** Whose or which events; times in ms, `until` is no longer within. */
export type EvidenceOf = { personId: number } | { runId: string } | { from: number; until: number };

/** An event on the way from the newest one: what its hash is made of. */
export interface ProofStep {
  id: number;
  before: string | null;
  earlier: string | null;
  /** The hash of its line. */
  line: string;
}

/** The newest events of somebody or something, the newest first, at most `limit`. */
export function evidenceIds(client: Sqlite.Database, of: EvidenceOf, limit: number): number[] {
  const ids = (condition: string, ...values: unknown[]) =>
    client
      .prepare<unknown[], number>(`select id from events where ${condition} order by id desc limit ?`)
      .pluck()
      .all(...values, limit);
  if ('personId' in of) return ids('person_id = ?', of.personId);
  if ('runId' in of) return ids('run_id = ?', of.runId);
  return ids('at >= ? and at < ?', of.from, of.until);
}

/** An event by its id. Throws where there is none. */
function eventReader(client: Sqlite.Database) {
  const after = prepareEvents(client);
  return (id: number) => {
    const [event] = after.all(id - 1, 1);
    if (event?.id !== id) throw new Error(`there is no event ${id}`);
    return event;
  };
}

/** Reads events, each with its line, in the order of the ids. */
export function* readLines(client: Sqlite.Database, ids: readonly number[]) {
  const read = eventReader(client);
  for (const id of ids) {
    const event = read(id);
    yield { ...event, line: lineOf(id, restOfLine(event)) };
  }
}

/** The steps from event `head` down to all of `ids`, which are descending and not above it. */
export function* proofSteps(client: Sqlite.Database, head: number, ids: readonly number[]): Generator<ProofStep> {
  const read = eventReader(client);
  const upTo = prepareNewestUpTo(client);
  const last = ids.at(-1);
  let at = head;
  for (const target of ids)
    while (at > target || at === last) {
      const [before, earlier] = [upTo.get({ id: at - 1 }), upTo.get({ id: earlierId(at) })];
      const event = read(at);
      const line = lineHash(hashNameOf(event.hash ?? '') ?? CHOSEN.hash, lineOf(at, restOfLine(event)));
      yield { id: at, before: before?.hash ?? null, earlier: earlier?.hash ?? null, line };
      if (at === last) return;
      // The longer step, where it does not lead past what is looked for.
      at = (earlier && earlier.id >= target ? earlier : before)?.id ?? 0;
    }
}
