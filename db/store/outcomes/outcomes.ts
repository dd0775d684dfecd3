/** How looks are recorded. A state changes only by compare-and-set, with its event and outcome in one transaction; who is as before costs some bytes. */
import type { Db } from '#db/client.ts';
import type { PersonOutcome } from '#lib/domain/decision/outcome.ts';
import { INCONCLUSIVE_REASONS } from '#lib/domain/reasons.ts';
import { canMove, isClosed, type PersonState } from '#lib/domain/states.ts';
import { type OutcomeStatements, outcomeStatements } from './outcome-statements.ts';

/**
 * Records looks of one run: outcome, state, event and intents of each person. A person who changed since it was read (an operator
 * was faster) keeps its state; the outcome says so. Call it inside a transaction of this handle.
 */
export function recordOutcomes(db: Db, runId: string, outcomes: readonly PersonOutcome[], now: number): void {
  const statements = outcomeStatements(db);
  const unchanged = outcomes.filter((outcome) => changesNothing(outcome) && statements.touchIfUnchanged(outcome, now));
  recordUnchanged(statements, runId, unchanged, now);
  const unchangedSet = new Set(unchanged);
  for (const outcome of outcomes) if (!unchangedSet.has(outcome)) recordOutcome(statements, runId, outcome, now);
}

/** As far as the person is known here: whether the sentence is the same too, and nobody changed anything meanwhile, the database says. */
function changesNothing({
  person,
  verdict,
  written,
  mappingId,
  licenceVerified,
  intentResult,
}: PersonOutcome): boolean {
  return (
    verdict.state === person.state &&
    verdict.reason === person.reason &&
    !INCONCLUSIVE_REASONS.includes(verdict.reason) &&
    !isClosed(person.state) &&
    person.state !== 'held' &&
    written.length === 0 &&
    mappingId === null &&
    !licenceVerified &&
    (intentResult === null || person.unsettledWriteAt === null)
  );
}

/** One row for all who are alike in state, reason and sentence. */
function recordUnchanged(
  statements: OutcomeStatements,
  runId: string,
  outcomes: readonly PersonOutcome[],
  now: number,
): void {
  const alike = Map.groupBy(outcomes, ({ verdict: { state, reason, message } }) => `${state} ${reason} ${message}`);
  for (const [first, ...others] of alike.values()) {
    if (!first) continue;
    const ids = [first, ...others].map(({ person }) => person.id).sort((a, b) => a - b);
    statements.addUnchanged(runId, now, first.verdict, ids);
  }
}

function recordOutcome(statements: OutcomeStatements, runId: string, outcome: PersonOutcome, now: number): void {
  const { person, verdict } = outcome;
  const isInconclusive = INCONCLUSIVE_REASONS.includes(verdict.reason);
  const state = canMove(person.state, verdict.state, 'cycle') ? verdict.state : person.state;
  // A look that found nothing out must not hide why a person waits or needs a human.
  const keepsReason = (isInconclusive && person.state !== 'queued') || state !== verdict.state;
  const wasApplied = statements.move(outcome, state, keepsReason, now);
  if (!wasApplied && outcome.licenceVerified) statements.keepLicenceFact(person.id, now);
  const current: PersonState = wasApplied ? state : (statements.stateOf(person.id) ?? person.state);
  statements.addOutcome(runId, outcome, current, now);
  if (outcome.intentResult !== null) statements.settleIntents(person.id, outcome.intentResult, now);
  if (wasApplied && (state !== person.state || (!keepsReason && verdict.reason !== person.reason)))
    statements.addEvent(runId, outcome, state, now);
}
