/** The one place that writes to the history: an event is only ever added, in the transaction of what it tells of. */
import { oncePerConnection, type Tx } from '#db/client.ts';
import type { NewEvent } from '#lib/domain/events.ts';
import type { PersonState } from '#lib/domain/states.ts';

/** What an event can tell; each kind tells some of it. */
interface Told extends Pick<NewEvent, 'at' | 'actor' | 'kind' | 'message'> {
  personId?: number;
  runId?: string | null;
  fromState?: PersonState;
  toState?: PersonState;
  reason?: string | null;
  data?: unknown;
}

const insertStatement = oncePerConnection((client) =>
  client.prepare<unknown[]>(
    `insert into events (at, actor, actor_key, kind, person_id, run_id, from_state, to_state, reason, message, data)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
);

/** Adds an event; gives its id. Call it inside the transaction of what it tells of. */
export function recordEvent(tx: Tx, event: NewEvent): number {
  const { at, actor, kind, personId, runId, fromState, toState, reason, message, data }: Told = event;
  const text = data === undefined || data === null ? null : JSON.stringify(data);
  const moved = [fromState ?? null, toState ?? null, reason ?? null] as const;
  const insert = insertStatement(tx);
  const added = insert.run(at, actor.name, actor.key, kind, personId ?? null, runId ?? null, ...moved, message, text);
  return Number(added.lastInsertRowid);
}
