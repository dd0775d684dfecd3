/** That Microsoft 365 was asked to do something again for a person: once in a request or with a retry, and told in the history. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { people } from '#db/schema/people.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { type Healing, type HealingAnswer, type HealingKind, healingSentence } from '#lib/domain/decision/healing.ts';
import { ENGINE } from '#lib/domain/events.ts';

const ASKED_AT = { retry_provisioning: 'provisioningRetriedAt', reprocess_licences: 'licencesReprocessedAt' } as const;

/** Call it before asking. False: it has been asked since `askedAt`. */
export function claimHealing(db: Tx, personId: number, { kind, askedAt }: Healing, now: number): boolean {
  const column = ASKED_AT[kind];
  const isAsBefore = askedAt === null ? isNull(people[column]) : eq(people[column], askedAt);
  const isUnasked = and(eq(people.id, personId), isAsBefore);
  return (
    db
      .update(people)
      .set({ [column]: now })
      .where(isUnasked)
      .run().changes === 1
  );
}

/** Nothing was sent: it may be asked another time. */
export function releaseHealing(db: Tx, personId: number, kind: HealingKind): void {
  db.update(people)
    .set({ [ASKED_AT[kind]]: null })
    .where(eq(people.id, personId))
    .run();
}

/** What Microsoft 365 said, or why no answer came. */
function saidBy(answer: HealingAnswer): string | null {
  if (answer.kind === 'accepted') return null;
  return answer.kind === 'refused' ? answer.graphMessage : answer.why;
}

/** Tells in the history what came of asking. */
export function recordHealing(
  tx: Tx,
  { personId, runId, kind }: { personId: number; runId: string; kind: HealingKind },
  answer: HealingAnswer,
  at: number,
): void {
  const data = { healing: kind, answer: answer.kind, why: saidBy(answer) };
  const message = healingSentence(kind, answer);
  recordEvent(tx, { kind: 'person.asked_again', at, actor: ENGINE, personId, runId, message, data });
}
