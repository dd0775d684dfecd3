/** Has Microsoft 365 do again what did not work for a person: claimed before it is asked, and told in the history. */
import { claimHealing, recordHealing, releaseHealing } from '#db/store/people/healing.ts';
import type { Healing, HealingAnswer } from '#lib/domain/decision/healing.ts';
import { DirectoryError } from '#lib/graph/http/errors.ts';
import type { RequestContext } from '#lib/graph/request-context.ts';
import type { CycleContext } from './cycle-context.ts';

export interface HealedPerson {
  personId: number;
  healing: Healing;
}

/** Whatever Microsoft 365 answers, nothing else follows from it: later checks see what has changed. Throws `LeaseLostError`. */
export async function heal(
  { db, run, directory, assertLease }: CycleContext,
  { personId, healing }: HealedPerson,
  requestContext: RequestContext,
): Promise<void> {
  const { kind } = healing;
  assertLease();
  if (requestContext.signal?.aborted || !claimHealing(db, personId, healing, Date.now())) return;
  const answer = await directory.askAgain(healing, requestContext).catch(unanswered);
  if (answer === null) releaseHealing(db, personId, kind);
  else db.transaction((tx) => recordHealing(tx, { personId, runId: run.id, kind }, answer, Date.now()));
}

function unanswered(error: unknown): HealingAnswer {
  if (!(error instanceof DirectoryError)) throw error;
  return { kind: 'unknown', why: error.message };
}
