/** Turns the observations of a chunk into plans: classified, decided, guarded. Pure: the time is passed in. */

import { isSameId, reportsOf } from '#lib/domain/account.ts';
import { decide } from '#lib/domain/decision/decide.ts';
import { type Allowance, guard } from '#lib/domain/decision/guardrails.ts';
import { givenOf } from '#lib/domain/decision/licence-difference.ts';
import type { Tenant } from '#lib/domain/decision/observation.ts';
import { classify } from '#lib/domain/decision/situation.ts';
import { withoutTaken } from '#lib/domain/decision/taken-away.ts';
import { type Decision, type LicencePlan, stillLookedAt, type Verdict, verdict } from '#lib/domain/decision/verdict.ts';
import { licenceNames, resolveMapping } from '#lib/domain/licences/mapping.ts';
import { hasArrived, type ShownLicences } from '#lib/domain/licences/sent-licences.ts';
import { type Person, upnKey } from '#lib/domain/person.ts';
import { type Note, notesText, readSaid, withNotes, withoutNotes } from '#lib/domain/reasons/said.ts';
import { isClosed } from '#lib/domain/states.ts';
import { type OutcomeFacts, type PlannedPerson, partNumbers } from './apply.ts';
import type { HealedPerson } from './heal.ts';
import type { Observed } from './observe.ts';

export interface PlanContext {
  tenant: Tenant;
  allowance: Allowance;
  safetyLimit: number;
  /** Nothing is written in this run. */
  dryRun: boolean;
  /** An unsettled write younger than this, in ms, may not show yet. */
  replicationMs: number;
  /** Whom each account, by its id, was written to for in this run, or is being written to for in another one. */
  writers: ReadonlyMap<string, number>;
}

export interface PeoplePlan {
  /** People for whom nothing is written now. */
  settled: OutcomeFacts[];
  planned: PlannedPerson[];
  /** People for whom Microsoft 365 is asked to do something again. */
  healed: HealedPerson[];
  /** Ids of people whose unsettled write is too recent to be repeated, or whose account was written to for another row: they are checked again after a short wait. */
  deferred: number[];
  allowance: Allowance;
}

/** Decides on people in the order of processing; the remaining allowance passes to the next chunk. */
export function planPeople(observed: readonly Observed[], planContext: PlanContext, now: number): PeoplePlan {
  const { tenant, safetyLimit, dryRun, replicationMs } = planContext;
  const deferred: number[] = [];
  const writers = new Map(planContext.writers);
  const proposals = observed.flatMap((seen) => {
    const one = withoutTakenLicences(seen, tenant, now);
    const { person } = one.observation;
    const decided = decide(classify(one.observation, tenant), person, now, tenant.waiting);
    const decision = withAnswer(one, decided, tenant, now);
    const isRecent = person.unsettledWriteAt !== null && now - person.unsettledWriteAt < replicationMs;
    // Two rows may lead to one account, by its name here and in Active Directory: what one gets shows before the other is decided on.
    const isShared = decision.kind === 'license' && (writers.get(accountKey(decision)) ?? person.id) !== person.id;
    if (decision.kind === 'license' && !isShared) writers.set(accountKey(decision), person.id);
    // While a licence is off to be put on again, a read may show it as it was before.
    if (isShared || (isRecent && (decision.kind === 'license' || person.choice === 'reassign'))) {
      deferred.push(person.id);
      return [];
    }
    return [{ person, decision, observed: one, keeps: seatsKept(one, decision, tenant) }];
  });
  const { proposals: guarded, allowance } = guard(proposals, planContext.allowance, safetyLimit, now);
  const settled: OutcomeFacts[] = [];
  const planned: PlannedPerson[] = [];
  const healed: HealedPerson[] = [];
  for (const { person, decision, observed: one } of guarded) {
    const { mapping } = one.observation;
    if (decision.kind === 'settle' && decision.healing && !dryRun)
      healed.push({ personId: person.id, healing: decision.healing });
    if (decision.kind === 'license' && mapping && !dryRun)
      planned.push({ person, plan: decision, observed: one, mapping });
    else {
      const settledDecision = decision.kind === 'settle' ? decision : wouldLicense(person, decision);
      settled.push(settledOutcome(one, settledDecision, now));
    }
  }
  return { settled, planned, healed, deferred, allowance };
}

/** A licence of ours that others have taken away is theirs where they give it again. */
function withoutTakenLicences(observed: Observed, { skus }: Tenant, now: number): Observed {
  const { observation, left } = observed;
  const { person, lookup } = observation;
  const own = lookup.kind === 'found' && isSameId(lookup.account.id, person.accountId ?? '') ? lookup.account : null;
  const kept = withoutTaken(person, { own, left: left ?? [] }, skus, now);
  return kept ? { ...observed, observation: { ...observation, person: kept }, forgets: true } : observed;
}

/** By what two rows that lead to one account are known. */
export function accountKey({ account }: LicencePlan): string {
  return account.id.toLowerCase();
}

/** Whoever is asked about for want of an answer is told the request id of the last one. */
function withAnswer(observed: Observed, decision: Decision, tenant: Tenant, now: number): Decision {
  const withNames = withName(observed, withoutLeftNote(observed, decision));
  const named = withReports(observed, withLeft(observed, withNames, tenant, now));
  const id = observed.calls.at(-1)?.requestId;
  if (named.kind !== 'settle' || named.verdict.reason !== 'unknown_too_long' || !id) return named;
  return { ...named, verdict: withNotes(named.verdict, [['request_id', { id }]]) };
}

/** What Exchange Online or synchronisation reports of the account is told when it is seen, in Microsoft's own words. */
function withReports({ observation: { lookup } }: Observed, decision: Decision): Decision {
  if (decision.kind !== 'settle' || lookup.kind !== 'found') return decision;
  const { state, message } = decision.verdict;
  if (isClosed(state)) return decision;
  return { ...decision, verdict: withNotes(decision.verdict, reportsOf(lookup.account, message)) };
}

/** Says where the account has another name in Microsoft 365 than in the row. */
function withName({ observation: { person, lookup } }: Observed, decision: Decision): Decision {
  if (lookup.kind !== 'found' || lookup.by === 'name') return decision;
  const { userPrincipalName } = lookup.account;
  if (upnKey(userPrincipalName) === upnKey(person.userPrincipalName)) return decision;
  const wasRenamed =
    lookup.by === 'id' && upnKey(lookup.account.onPremisesUserPrincipalName ?? '') !== upnKey(person.userPrincipalName);
  const note: Note = [wasRenamed ? 'renamed' : 'found_by_other_name', { upn: userPrincipalName }];
  return withNote(decision, note);
}

function withNote(decision: Decision, note: Note): Decision {
  if (decision.kind === 'license') return { ...decision, notes: [...decision.notes, note] };
  // Where nothing has changed, the sentence says so already.
  const isSaid = decision.verdict.message.includes(notesText([note]));
  return isSaid ? decision : { ...decision, verdict: withNotes(decision.verdict, [note]) };
}

/** The sentence of somebody for whom nothing has changed, without what it says of an account that was left: that is told anew. */
function withoutLeftNote({ observation: { person }, left }: Observed, decision: Decision): Decision {
  if (decision.kind !== 'settle' || left === null || decision.verdict.message !== person.message) return decision;
  const said = decision.verdict.said ?? readSaid(person.said, { reason: person.reason ?? '', message: person.message });
  return said ? { ...decision, verdict: withoutNotes({ ...decision.verdict, said }, 'licence_left') } : decision;
}

/**
 * Says which licence of ours is on each account that was found before the name was corrected. Whoever is done is looked at as long as it is
 * there, so that this is not said for ever.
 */
function withLeft({ observation, left }: Observed, decision: Decision, tenant: Tenant, now: number): Decision {
  const { person, lookup } = observation;
  const notes = (left ?? []).flatMap((account): Note[] => {
    if (lookup.kind === 'found' && isSameId(lookup.account.id, account.id)) return [];
    const given = person.leftAccounts.find(({ id }) => isSameId(id, account.id));
    const licences = givenOf({ givenLicences: given?.licences ?? [] }, account, tenant.skus);
    if (licences.length === 0) return [];
    return [['licence_left', { licences: licenceNames(licences), upn: account.userPrincipalName }]];
  });
  const told = notes.reduce(withNote, decision);
  if (told.kind !== 'settle' || (left !== null && notes.length === 0)) return told;
  return { ...told, verdict: stillLookedAt(told.verdict, tenant, now) };
}

/**
 * Once the licence is due by the start date, a seat is kept for a person whose account is not there yet: who starts later does not
 * get it.
 */
function seatsKept({ observation: { person, mapping } }: Observed, decision: Decision, { skus }: Tenant) {
  if (decision.kind !== 'settle' || decision.verdict.state !== 'awaiting_sync') return [];
  if (person.startDate === null || mapping === null) return [];
  const resolved = resolveMapping(mapping, skus);
  return resolved.kind === 'ok' ? resolved.licences : [];
}

type Settled = Extract<Decision, { kind: 'settle' }> & { planned?: OutcomeFacts['planned'] };

function wouldLicense(person: Person, { addLicenses, location }: LicencePlan): Settled {
  const usageLocation = location?.value ?? null;
  const facts = { licences: licenceNames(addLicenses), location: usageLocation };
  const planned = { licences: addLicenses.map(({ skuPartNumber }) => skuPartNumber), usageLocation };
  return { kind: 'settle', verdict: verdict(person.state, 'would_license', facts, null), planned };
}

/** A write whose answer was lost and that does not show after this time did not arrive. */
const SHOWS_WITHIN_MS = 3_600_000;

/** What became of an earlier write whose result is unknown, as far as the account that was just read shows it. */
function resultOfOpenWrite(
  { person, lookup }: Observed['observation'],
  shown: ShownLicences | null,
  now: number,
): OutcomeFacts['intentResult'] {
  if (shown) return 'applied';
  if (person.unsettledWriteAt === null || now - person.unsettledWriteAt < SHOWS_WITHIN_MS) return null;
  if (lookup.kind === 'absent') return 'not_applied';
  if (lookup.kind !== 'found') return null;
  // A licence that Microsoft 365 shows with an error arrived all the same.
  return hasArrived(person, lookup.account) ? 'applied' : 'not_applied';
}

/** Nobody is left with a write whose result is unknown: the person is checked again as soon as it must show. */
function untilWriteIsKnown({ observation: { person } }: Observed, verdict: Verdict, now: number): Verdict {
  if (person.unsettledWriteAt === null || isClosed(verdict.state)) return verdict;
  const shownAt = person.unsettledWriteAt + SHOWS_WITHIN_MS;
  if (shownAt <= now) return verdict;
  return { ...verdict, nextCheckAt: Math.min(verdict.nextCheckAt ?? shownAt, shownAt) };
}

/** The outcome of a person for whom nothing is written in this run. */
function settledOutcome(observed: Observed, settled: Settled, now: number): OutcomeFacts {
  const { heldPlan, planned } = settled;
  const { person, lookup, mapping } = observed.observation;
  const verdict = untilWriteIsKnown(observed, settled.verdict, now);
  const shown = observed.shown ?? null;
  const isDone = isClosed(verdict.state) && !isClosed(person.state);
  const wasJudged = isDone && (verdict.state === 'already_provisioned' || person.choice === 'keep');
  return {
    person,
    verdict,
    // An account that is somebody else's is not the person's.
    accountId: lookup.kind === 'found' && verdict.reason !== 'name_belongs_to_another' ? lookup.account.id : null,
    // By which EmployeeType somebody was found licensed: another one later is news.
    mappingId: wasJudged ? (mapping?.id ?? null) : (shown?.mappingId ?? null),
    // An earlier write of ours whose result was unknown shows on the account: the licence is ours.
    licenceVerified: shown !== null,
    ...(observed.forgets ? { forgets: true } : {}),
    ...(shown ? { licences: { added: partNumbers(shown.added), removed: partNumbers(shown.removed) } } : {}),
    mailboxTouched: verdict.state === 'awaiting_mailbox',
    heldPlan: heldPlan ?? null,
    planned: planned ?? null,
    written: [],
    calls: observed.calls,
    intentResult: resultOfOpenWrite(observed.observation, shown, now),
  };
}
