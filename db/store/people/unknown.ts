/** People about whom a run could find nothing out because it had to stop: they wait, but not for ever without a human being asked. */
import { and, inArray, isNull, lt, lte } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { people } from '#db/schema/people.ts';
import { ENGINE } from '#lib/domain/events.ts';
import { tell } from '#lib/domain/reasons/said.ts';
import { WAITING_STATES } from '#lib/domain/states.ts';
import { movePerson } from './transition.ts';

/**
 * Notes that nothing was found out about whoever was due. Whoever has been unknown for longer than `limitMs` needs attention; `why` is what
 * stopped the run. Call it inside a transaction.
 */
export function noteUnknown(tx: Tx, runId: string, why: string, limitMs: number, now: number): void {
  const isDue = and(inArray(people.state, [...WAITING_STATES]), lte(people.nextCheckAt, now));
  tx.update(people)
    .set({ unknownSince: now })
    .where(and(isDue, isNull(people.unknownSince)))
    .run();
  const overdue = tx
    .select({ id: people.id, state: people.state, revision: people.revision, reason: people.reason })
    .from(people)
    .where(and(isDue, lt(people.unknownSince, now - limitMs)))
    .all();
  const told = tell('unknown_too_long', { why: why.replace(/\.$/, ''), hours: limitMs / 3_600_000 });
  for (const person of overdue) {
    const move = { cause: 'cycle', person, to: 'needs_attention', reason: 'unknown_too_long' } as const;
    const values = { unknownSince: null };
    const event = { kind: 'person.moved', actor: ENGINE, runId, data: null } as const;
    movePerson(tx, { ...move, ...told, nextCheckAt: now, at: now, values }, event);
  }
}
