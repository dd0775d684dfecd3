/** The one place that writes to the history: an event is only ever added, in the transaction of what it tells of. */
import { oncePerConnection, type Tx } from '#db/client.ts';
import type { NewEvent } from '#lib/domain/events.ts';
import type { Said } from '#lib/domain/reasons/said.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { lineHash, lineOf, linkHash, nextAlgorithm, restOfLine } from './event-chain.ts';

/** What an event can tell; each kind tells some of it. */
interface Told extends Pick<NewEvent, 'at' | 'actor' | 'kind' | 'message'> {
  personId?: number;
  runId?: string | null;
  fromState?: PersonState;
  toState?: PersonState;
  reason?: string | null;
  data?: unknown;
  said?: Said | undefined;
}

const NEXT_ID = '(select coalesce(max(id), 0) + 1 from events)';

/** One statement reads the end of the chain and adds to it: no other process can come in between. */
const insertStatement = oncePerConnection((client) => {
  client.function(
    'event_hash',
    { deterministic: true },
    (id: number, before: string | null, earlier: string | null, rest: string) => {
      const algorithm = nextAlgorithm(before);
      return linkHash(algorithm, before, earlier, lineHash(algorithm, lineOf(id, rest)));
    },
  );
  return client.prepare<unknown[]>(
    `insert into events (id, at, actor, actor_key, kind, person_id, run_id, from_state, to_state, reason, message, data, hash)
     values (${NEXT_ID}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, event_hash(
       ${NEXT_ID},
       (select hash from events order by id desc limit 1),
       coalesce((select hash from events where id <= ${NEXT_ID} & ${NEXT_ID} - 1 order by id desc limit 1),
         (select hash from removed_events where id <= ${NEXT_ID} & ${NEXT_ID} - 1 order by id desc limit 1)),
       ?))`,
  );
});

/** Adds an event; gives its id. Call it inside the transaction of what it tells of. */
export function recordEvent(tx: Tx, event: NewEvent): number {
  const { at, actor, kind, personId, runId, fromState, toState, reason, message, data, said }: Told = event;
  const kept = said ? { ...(data as object | null), said } : data;
  const stored = {
    at,
    // As SQLite keeps it: half a character would come back as another one.
    actor: actor.name.toWellFormed(),
    actorKey: actor.key,
    kind,
    personId: personId ?? null,
    runId: runId ?? null,
    fromState: fromState ?? null,
    toState: toState ?? null,
    reason: reason ?? null,
    message: message.toWellFormed(),
    data: kept === undefined || kept === null ? null : JSON.stringify(kept),
  };
  const added = insertStatement(tx).run(...Object.values(stored), restOfLine(stored));
  return Number(added.lastInsertRowid);
}
