/** Carries out licence plans at Graph and finds out what became of each: read back, then the mailbox is touched for the first time. */

import type { LookResult, Written } from '#db/store/people.ts';
import type { Directory } from '#lib/directory/directory.ts';
import type { DirectoryError } from '#lib/directory/errors.ts';
import type { LicenceResult } from '#lib/directory/licensing.ts';
import type { ProbedMailbox } from '#lib/directory/mailboxes.ts';
import type { Account } from './core/account.ts';
import { decide, type LicencePlan, licenceNames, type Verdict, verdict } from './core/decide.ts';
import type { Mapping } from './core/mapping.ts';
import type { Person } from './core/person.ts';
import { refusalVerdict } from './core/refusal.ts';
import { classify, type Tenant } from './core/situation.ts';
import type { Observed } from './observe.ts';

export interface PlannedPerson {
  person: Person;
  plan: LicencePlan;
  observed: Observed;
  mapping: Mapping;
}

export type LookFacts = Omit<LookResult, 'durationMs'>;

/** What was written to the account, for the history: only what Graph confirmed or took. */
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
        default: 'the default of Settings',
      }[plan.location.source],
    });
  if (result.kind === 'confirmed')
    written.push({
      what: 'licence',
      from: null,
      to: licenceNames(plan.addLicenses),
      why: `mapping of EmployeeType ${person.employeeType}`,
    });
  return written;
}

/** What is worth knowing beside the result stands in the same sentence that every list, log and mail shows. */
function withNote(verdict: Verdict, { note }: LicencePlan): Verdict {
  return note === null ? verdict : { ...verdict, message: `${verdict.message} ${note}` };
}

/** What became of one plan, as the run records it. */
function lookAfter(
  one: PlannedPerson,
  result: LicenceResult,
  touch: ProbedMailbox | undefined,
  tenant: Tenant,
  now: number,
): LookFacts {
  const { person, plan, observed, mapping } = one;
  const facts = {
    person,
    accountId: plan.account.id,
    mappingId: mapping.id,
    licenceVerified: false,
    mailboxTouched: false,
    heldPlan: null,
    planned: null,
    written: writtenFacts(one, result),
    calls: [...observed.calls, ...result.calls, ...(touch ? [touch.call] : [])],
  };
  switch (result.kind) {
    case 'confirmed':
      return { ...facts, ...whenConfirmed(one, result.account, touch, tenant, now), intentResult: 'applied' };
    case 'refused': {
      const { account, addLicenses } = plan;
      const location = plan.location?.value ?? account.usageLocation;
      const subject = { person, account, addLicenses, location };
      return {
        ...facts,
        verdict: refusalVerdict(result.refusal, result.said, subject, now, tenant.waiting),
        intentResult: 'refused',
      };
    }
    case 'unconfirmed':
      // It may have arrived: the intent stays open until the account is read back.
      return { ...facts, verdict: verdict(person.state, 'readback_pending', {}, now), intentResult: null };
    case 'not_sent':
      return {
        ...facts,
        verdict: verdict(person.state, 'write_failed', { why: result.why }, now),
        intentResult: 'not_applied',
      };
  }
}

/** The account shows the licence: what that means is decided as for anybody else, with the mailbox just touched. */
function whenConfirmed(
  one: PlannedPerson,
  account: Account,
  touch: ProbedMailbox | undefined,
  tenant: Tenant,
  now: number,
) {
  const { person, plan, mapping } = one;
  const licensed: Person = { ...person, state: 'awaiting_mailbox', licensedAt: now, mailboxLooks: 0 };
  const probe = touch?.probe ?? { kind: 'silent' as const, code: '' };
  const situation = classify({ person: licensed, lookup: { kind: 'found', account }, probe, mapping }, tenant);
  const decision = decide(situation, licensed, now, tenant.waiting);
  return {
    verdict:
      decision.kind === 'settle'
        ? withNote(decision.verdict, plan)
        : verdict('awaiting_mailbox', 'readback_pending', {}, now),
    licenceVerified: situation.kind !== 'licence_error',
    mailboxTouched: touch !== undefined,
  };
}

/**
 * Writes the plans. The intents must be stored already. Never throws for a fault outside: `stoppedBy` says why the run must end;
 * the facts are complete all the same.
 */
export async function act(
  directory: Directory,
  planned: readonly PlannedPerson[],
  tenant: Tenant,
  signal: AbortSignal,
): Promise<{ looks: LookFacts[]; stoppedBy: DirectoryError | null; exhaustedSkus: string[] }> {
  const { results, stoppedBy } = await directory.assignLicences(
    planned.map(({ plan }) => ({
      account: plan.account,
      addLicenses: plan.addLicenses,
      usageLocation: plan.location?.value ?? null,
    })),
    signal,
  );
  const confirmedIds = planned.flatMap(({ plan }, index) =>
    results[index]?.kind === 'confirmed' ? [plan.account.id] : [],
  );
  // A touch that fails says nothing: the licence is verified all the same, and the next look touches again.
  const touched = await directory.probeMailboxes(confirmedIds, signal).catch(() => []);
  const touchOf = new Map(confirmedIds.map((id, index) => [id, touched[index]]));
  const now = Date.now();

  const notSent: LicenceResult = { kind: 'not_sent', why: 'no answer', calls: [], locationWritten: false };
  const looks = planned.map((one, index) =>
    lookAfter(one, results[index] ?? notSent, touchOf.get(one.plan.account.id), tenant, now),
  );
  const exhaustedSkus = planned.flatMap(({ plan }, index) => {
    const result = results[index];
    return result?.kind === 'refused' && result.refusal === 'no_seat' ? plan.addLicenses.map(({ skuId }) => skuId) : [];
  });
  return { looks, stoppedBy, exhaustedSkus };
}
