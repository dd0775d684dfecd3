/**
 * Records outcomes. A state changes only by compare-and-set, with its event and outcome in one transaction; an unchanged
 * outcome costs a few bytes.
 */
import type { Tx } from '#db/client.ts';
import { requestDiagnosisOfLate } from '#db/store/diagnoses/diagnoses.ts';
import { movePerson, NEW_REQUEST } from '#db/store/people/transition.ts';
import { isSameId } from '#lib/domain/account.ts';
import type { PersonOutcome } from '#lib/domain/decision/outcome.ts';
import { ENGINE, type MoveEvent } from '#lib/domain/events.ts';
import { accountBefore } from '#lib/domain/person.ts';
import { INCONCLUSIVE_REASONS, QUESTIONS_ONLY } from '#lib/domain/reasons/reasons.ts';
import { canMove, isClosed, type PersonState } from '#lib/domain/states.ts';
import { type OutcomeStatements, outcomeStatements } from './outcome-statements.ts';

/**
 * Records outcomes of one run: outcome, state, event and intents of each person. A person changed since it was read (an
 * operator was faster) keeps its state, and the outcome says so. Call it inside a transaction of this handle.
 */
export function recordOutcomes(tx: Tx, runId: string, outcomes: readonly PersonOutcome[], now: number): void {
  const statements = outcomeStatements(tx);
  const unchanged = outcomes.filter((outcome) => changesNothing(outcome) && statements.touchIfUnchanged(outcome, now));
  recordUnchanged(statements, runId, unchanged, now);
  const unchangedSet = new Set(unchanged);
  for (const outcome of outcomes) if (!unchangedSet.has(outcome)) recordOutcome(tx, runId, outcome, now);
  for (const [skuPartNumber, seats] of seatsTaken(outcomes)) statements.takeSeats(skuPartNumber, seats);
}

/** How many seats more of each licence are in use: pages tell them before the next run reads them. */
function seatsTaken(outcomes: readonly PersonOutcome[]): Map<string, number> {
  const taken = new Map<string, number>();
  const count = (skuPartNumber: string, seats: number) =>
    taken.set(skuPartNumber, (taken.get(skuPartNumber) ?? 0) + seats);
  for (const { licences } of outcomes) {
    for (const skuPartNumber of licences?.added ?? []) count(skuPartNumber, 1);
    for (const skuPartNumber of licences?.removed ?? []) count(skuPartNumber, -1);
  }
  return taken;
}

/** As far as it can be told here: whether the message is the same and nobody changed the person meanwhile is up to the database. */
function changesNothing({
  person,
  verdict,
  written,
  mappingId,
  licenceVerified,
  intentResult,
  forgets,
}: PersonOutcome): boolean {
  return (
    !forgets &&
    verdict.state === person.state &&
    verdict.reason === person.reason &&
    !INCONCLUSIVE_REASONS.includes(verdict.reason) &&
    person.state !== 'held' &&
    written.length === 0 &&
    mappingId === null &&
    person.unknownSince === null &&
    !licenceVerified &&
    (intentResult === null || person.unsettledWriteAt === null)
  );
}

/** One row for all people with the same state, reason and message. */
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

/** What a look that found something out tells of the person beside its state, as SQL. */
function assignmentsOf(outcome: PersonOutcome, state: PersonState): string[] {
  const isUnknown = INCONCLUSIVE_REASONS.includes(outcome.verdict.reason);
  const assignments = ['last_check_at = @at', 'checks = checks + 1'];
  assignments.push(`unknown_since = ${isUnknown ? 'coalesce(unknown_since, @at)' : 'null'}`);
  if (outcome.accountId) assignments.push('synchronised_at = coalesce(synchronised_at, @at)');
  if (outcome.licenceVerified) assignments.push('approval_needed_since = null');
  if (outcome.licenceVerified || outcome.mailboxTouched)
    assignments.push(
      `mailbox_checks = ${outcome.licenceVerified ? '0' : 'mailbox_checks'} + ${outcome.mailboxTouched ? 1 : 0}`,
    );
  if (state === 'provisioned' || state === 'already_provisioned')
    assignments.push('mailbox_ready_at = coalesce(mailbox_ready_at, @at)');
  return assignments;
}

/** What was done for the person before no longer holds: this is a request of its own. */
function beginsAnew({ person, accountId, verdict }: PersonOutcome, to: PersonState): boolean {
  const before = accountBefore(person);
  const isOtherAccount = before !== null && accountId !== null && !isSameId(accountId, before);
  const isUndone = !QUESTIONS_ONLY.includes(verdict.reason);
  return isOtherAccount || (isClosed(person.state) && !isClosed(to) && isUndone);
}

/** States in which an operator is asked whether to write what would be written. */
const ASKED_STATES: readonly PersonState[] = ['held', 'needs_attention'];

function givenAfter({ person, licences }: PersonOutcome, isAnew: boolean): string[] {
  const { added = [], removed = [] } = licences ?? {};
  const before = isAnew ? [] : person.givenLicences.filter((partNumber) => !removed.includes(partNumber));
  return [...new Set([...before, ...added])];
}

/** An operator's answer has led to something, or a human is asked anew. What is to be kept is kept until the person is done. */
function isAnswered({ person, licenceVerified, intentResult }: PersonOutcome, state: PersonState): boolean {
  if (isClosed(state)) return true;
  if (person.choice === 'keep') return false;
  return licenceVerified || intentResult === 'applied' || state === 'needs_attention';
}

/** A check that found nothing out leaves the question as it was asked. */
function heldPlanAfter({ person, verdict, heldPlan }: PersonOutcome, state: PersonState, isPending: boolean) {
  if (!ASKED_STATES.includes(state)) return isPending ? person.heldPlan : null;
  const isSameQuestion = state === person.state && INCONCLUSIVE_REASONS.includes(verdict.reason);
  return isSameQuestion ? (heldPlan ?? person.heldPlan) : heldPlan;
}

function valuesOf(outcome: PersonOutcome, state: PersonState, now: number) {
  const { person, accountId, mappingId, licenceVerified } = outcome;
  const isAnew = beginsAnew(outcome, state);
  const isPending = person.choice !== null && !isAnew && !isAnswered(outcome, state);
  const spendsApproval = state === 'held' || licenceVerified;
  return {
    ...(outcome.forgets ? keptOf(person) : {}),
    ...(isAnew ? { ...NEW_REQUEST, firstSeenAt: now, accountId: null } : {}),
    ...(isAnew && accountId ? { synchronisedAt: now } : {}),
    ...(isAnew && isClosed(state) ? { mailboxReadyAt: now } : {}),
    ...(isAnew ? ownPast(person, accountId) : {}),
    ...(licenceVerified ? { givenLicences: JSON.stringify(givenAfter(outcome, isAnew)) } : {}),
    // A licence in the place of another one, or put on again, has a clock of its own.
    ...(licenceVerified ? { licensedAt: now } : {}),
    ...(person.choice !== null && !isPending ? { choice: null, choiceBy: null } : {}),
    heldPlan: heldPlanAfter(outcome, state, isPending),
    ...(accountId ? { accountId } : {}),
    // The corrected name leads to the account that was licensed: it was renamed.
    ...leftAccountsAfter(person, accountId),
    ...(mappingId === null ? {} : { mappingId }),
    ...(licenceVerified ? { licenseAnywayBy: null } : {}),
    // It may be taken off once: what was not done is still to be done.
    ...(outcome.staysOn ? { reassignedAt: null } : {}),
    ...(spendsApproval ? { approvedAt: null, approvedBy: null, approvedPlan: null } : {}),
  };
}

/** What is still ours of what we gave. */
function keptOf({ givenLicences, leftAccounts }: PersonOutcome['person']) {
  return {
    givenLicences: JSON.stringify(givenLicences),
    leftAccount: leftAccounts.length === 0 ? null : JSON.stringify(leftAccounts),
  };
}

/** What we gave to an account that was left, where a name corrected back leads to it again. */
function ownPast({ leftAccounts, licensedAt, givenLicences }: PersonOutcome['person'], accountId: string | null) {
  const isBack = accountId !== null && leftAccounts.some(({ id }) => isSameId(id, accountId));
  return isBack && licensedAt !== null ? { licensedAt, givenLicences: JSON.stringify(givenLicences) } : {};
}

/** Without the one that is the person's own again. */
function leftAccountsAfter(
  { leftAccounts }: PersonOutcome['person'],
  accountId: string | null,
): { leftAccount?: string | null } {
  const others = leftAccounts.filter(({ id }) => accountId === null || !isSameId(id, accountId));
  if (others.length === leftAccounts.length) return {};
  return { leftAccount: others.length === 0 ? null : JSON.stringify(others) };
}

function recordOutcome(tx: Tx, runId: string, outcome: PersonOutcome, now: number): void {
  const statements = outcomeStatements(tx);
  const { person, verdict, written } = outcome;
  const { reason, message, said, nextCheckAt } = verdict;
  const to = canMove(person.state, verdict.state, 'cycle') ? verdict.state : person.state;
  // An inconclusive check must not hide why a person waits or needs a human.
  const isInconclusive = INCONCLUSIVE_REASONS.includes(reason) && to !== 'queued';
  const keepsReason = isInconclusive || to !== verdict.state;
  const isNews = to !== person.state || (!keepsReason && reason !== person.reason);
  const data = written.length > 0 ? { written } : null;
  const event: MoveEvent | null = isNews ? { kind: 'person.moved', actor: ENGINE, runId, data } : null;
  const more = { values: valuesOf(outcome, to, now), assignments: assignmentsOf(outcome, to) };
  const transition = {
    cause: 'cycle',
    person,
    to,
    reason,
    message,
    said,
    keepsReason,
    nextCheckAt,
    at: now,
    ...more,
  } as const;
  const wasApplied = movePerson(tx, transition, event);
  if (wasApplied && isNews && reason === 'mailbox_late') requestDiagnosisOfLate(tx, person.id, now);
  if (!wasApplied && outcome.licenceVerified)
    statements.recordLicence(outcome, givenAfter(outcome, beginsAnew(outcome, to)), now);
  const current: PersonState = wasApplied ? to : (statements.stateOf(person.id) ?? person.state);
  statements.addOutcome(runId, outcome, current, now);
  if (outcome.intentResult !== null) statements.settleIntents(runId, person.id, outcome.intentResult, now);
}
