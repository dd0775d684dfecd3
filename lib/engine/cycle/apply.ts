/** Carries out licence plans at Graph and establishes the result of each: read back, then probe the mailbox for the first time. */

import type { Account } from '#lib/domain/account.ts';
import { decide } from '#lib/domain/decision/decide.ts';
import type { Tenant } from '#lib/domain/decision/observation.ts';
import type { PersonOutcome } from '#lib/domain/decision/outcome.ts';
import { notWritten, refusalVerdict, refusedOf } from '#lib/domain/decision/refusal.ts';
import { classify } from '#lib/domain/decision/situation.ts';
import { type LicencePlan, stillLookedAt, verdict } from '#lib/domain/decision/verdict.ts';
import type { Written } from '#lib/domain/events.ts';
import { licenceNames, type Mapping } from '#lib/domain/licences/mapping.ts';
import { planKey } from '#lib/domain/licences/plan-key.ts';
import type { Person } from '#lib/domain/person.ts';
import { withNotes } from '#lib/domain/reasons/said.ts';
import type { Directory } from '#lib/graph/directory.ts';
import type { DirectoryError } from '#lib/graph/http/errors.ts';
import type { CallRecord } from '#lib/graph/http/transport.ts';
import type { LicenceResult } from '#lib/graph/licensing.ts';
import type { ProbedMailbox } from '#lib/graph/mailboxes.ts';
import type { RequestContext } from '#lib/graph/request-context.ts';
import type { Observed } from './observe.ts';

export interface PlannedPerson {
  person: Person;
  plan: LicencePlan;
  observed: Observed;
  mapping: Mapping;
}

export type OutcomeFacts = Omit<PersonOutcome, 'durationMs'>;

/** What was written to the account, for the history: only what Graph confirmed or accepted. */
function writtenFacts({ plan, person }: PlannedPerson, result: LicenceResult): Written[] {
  const written: Written[] = [];
  if (result.locationWritten && plan.location)
    written.push({
      what: 'usage location',
      from: plan.account.usageLocation,
      to: plan.location.value,
      why: {
        operator: `set by ${person.locationSetBy}`,
        row: 'from the row',
        mapping: 'from the mapping',
        default: 'the default in Settings',
      }[plan.location.source],
      because: { what: 'location', source: plan.location.source, by: person.locationSetBy },
    });
  if (result.kind === 'confirmed')
    written.push({
      what: 'licence',
      from: plan.removeLicenses.length === 0 ? null : licenceNames(plan.removeLicenses),
      to: licenceNames(plan.addLicenses),
      why: whyLicence(person),
      because: {
        what: 'licence',
        employeeType: person.employeeType,
        isReassigned: person.choice === 'reassign',
        by: person.choice === null ? null : person.choiceBy,
      },
    });
  return written;
}

function whyLicence({ choice, choiceBy, employeeType }: Person): string {
  if (choice === 'reassign') return `removed and reassigned, as ${choiceBy} decided`;
  const mapping = `mapping of EmployeeType ${employeeType}`;
  return choice === null ? mapping : `${mapping}, as ${choiceBy} decided`;
}

/** Graph's last answer to a write that did not get through; `why` where there is none. */
function lastAnswer(why: string, calls: readonly CallRecord[]): string {
  const last = calls.findLast(
    ({ call, status, code }) => !call.startsWith('GET') && (code !== null || (status ?? 0) >= 400),
  );
  if (!last) return why;
  const { status, code, said, requestId } = last;
  const answer = ['Graph answered', status, code, said].filter(Boolean).join(' ').replace(/\.$/, '');
  return requestId === null ? answer : `${answer}. Request id: ${requestId}`;
}

export const partNumbers = (licences: readonly { skuPartNumber: string }[]) =>
  licences.map(({ skuPartNumber }) => skuPartNumber);

/** The outcome of one plan, as the run records it. */
function outcomeAfter(
  plannedPerson: PlannedPerson,
  result: LicenceResult,
  firstProbe: ProbedMailbox | undefined,
  tenant: Tenant,
  now: number,
): OutcomeFacts {
  const { person, plan, observed, mapping } = plannedPerson;
  const facts = {
    person,
    accountId: plan.account.id,
    mappingId: mapping.id,
    licenceVerified: false,
    mailboxTouched: false,
    heldPlan: null,
    planned: null,
    written: writtenFacts(plannedPerson, result),
    ...(observed.forgets ? { forgets: true as const } : {}),
    ...(person.choice === 'reassign' && isUntouched(result) ? { staysOn: true as const } : {}),
    ...(result.kind === 'confirmed'
      ? { licences: { added: partNumbers(plan.addLicenses), removed: partNumbers(plan.removeLicenses) } }
      : {}),
    calls: [...observed.calls, ...result.calls, ...(firstProbe ? [firstProbe.call] : [])],
  };
  const unwritten = (reason: 'readback_pending' | 'write_failed', { why }: { why: string }) =>
    notWritten(person, reason, why, lastAnswer(why, result.calls), now, tenant.waiting);
  switch (result.kind) {
    case 'confirmed':
      return {
        ...facts,
        ...whenConfirmed(plannedPerson, result.account, firstProbe, tenant, now),
        intentResult: 'applied',
      };
    case 'refused': {
      const { addLicenses } = plan;
      const location = plan.location?.value ?? plan.account.usageLocation;
      const isAboutLocation = plan.location !== null && !result.locationWritten;
      const answer = lastAnswer(result.graphMessage, result.calls);
      const subject = { person, addLicenses, location, lastAnswer: answer, isAboutLocation };
      if (result.stop?.kind === 'permission_missing') {
        const missing = verdict(person.state, 'permission_missing', { permission: result.stop.permission }, now);
        return { ...facts, verdict: missing, intentResult: 'refused' };
      }
      return {
        ...facts,
        verdict: refusalVerdict(result.refusal, result.graphMessage, subject, now, tenant.waiting),
        heldPlan: planKey(withoutLocationSet(plan, result)),
        intentResult: 'refused',
      };
    }
    case 'unconfirmed':
      // It may have arrived: the intent stays open until the account is read back.
      return { ...facts, verdict: unwritten('readback_pending', result), intentResult: null };
    case 'not_sent':
      return {
        ...facts,
        verdict: unwritten('write_failed', result),
        intentResult: 'not_sent',
      };
  }
}

/** No licence was changed. */
function isUntouched({ kind, wasTakenOff }: LicenceResult): boolean {
  return (kind === 'refused' || kind === 'not_sent') && !wasTakenOff;
}

/** What is still to be written: a location that was set is there from now on. */
function withoutLocationSet(plan: LicencePlan, { locationWritten }: LicenceResult): LicencePlan {
  return locationWritten ? { ...plan, location: null } : plan;
}

/** The account shows the licence: the person is decided on like any other, with the mailbox just probed. */
function whenConfirmed(
  plannedPerson: PlannedPerson,
  account: Account,
  firstProbe: ProbedMailbox | undefined,
  tenant: Tenant,
  now: number,
) {
  const { person, plan, mapping, observed } = plannedPerson;
  const licensed: Person = { ...person, state: 'awaiting_mailbox', licensedAt: now, mailboxChecks: 0, choice: null };
  // The licence is verified; a first probe that found nothing out changes nothing about that.
  const hasAnswer = firstProbe && firstProbe.probe.kind !== 'unknown' && firstProbe.probe.kind !== 'denied';
  const probe = hasAnswer ? firstProbe.probe : { kind: 'not_probed' as const };
  const situation = classify(
    { person: licensed, lookup: { kind: 'found', account, by: 'name', twin: null }, probe, mapping },
    tenant,
  );
  const decision = decide(situation, licensed, now, tenant.waiting);
  const isLeft = observed.left === null || plan.notes.some(([note]) => note === 'licence_left');
  return {
    verdict:
      decision.kind === 'settle'
        ? withNotes(isLeft ? stillLookedAt(decision.verdict, tenant, now) : decision.verdict, plan.notes)
        : // It was taken, and is in error for want of a seat: whoever was faster shows in the next count.
          verdict('awaiting_seat', 'no_seat', { licence: licenceNames(decision.addLicenses), contradicts: true }, now),
    licenceVerified: situation.kind !== 'licence_error' && decision.kind === 'settle',
    mailboxTouched: firstProbe !== undefined,
  };
}

export interface AppliedPlan {
  outcome: OutcomeFacts;
  /** Why nobody can be written to any more; null: no reason. */
  stop: DirectoryError | null;
  /** SKU ids that have no seat left, according to Graph. */
  exhaustedSkus: string[];
}

/** Writes one plan, whose intent must already be stored, and establishes its result. Never throws for an external fault. */
export async function applyPlan(
  directory: Directory,
  plannedPerson: PlannedPerson,
  tenant: Tenant,
  requestContext: RequestContext,
): Promise<AppliedPlan> {
  const { account, addLicenses, removeLicenses, location } = plannedPerson.plan;
  const wasDenied = plannedPerson.person.reason === 'access_denied';
  const result = await directory.assign(
    { account, addLicenses, removeLicenses, usageLocation: location?.value ?? null, wasDenied },
    requestContext,
  );
  // First access seems to help a new mailbox to start. A failed probe says nothing: the licence is verified all the same.
  const toProbe = { accountIds: [account.id], others: [], inPassing: [], known: [], refusing: [], open: () => [] };
  const [firstProbe] =
    result.kind === 'confirmed' ? await directory.probeMailboxes(toProbe, requestContext).catch(() => []) : [];
  const full =
    result.kind === 'refused' && result.refusal === 'no_seat' ? refusedOf(addLicenses, result.graphMessage) : [];
  return {
    outcome: outcomeAfter(plannedPerson, result, firstProbe, tenant, Date.now()),
    stop: result.stop,
    exhaustedSkus: full.map(({ skuId }) => skuId),
  };
}
