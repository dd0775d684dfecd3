/** Carries out licence plans at Graph and finds out what became of each: read back, then the mailbox is touched for the first time. */

import type { LookResult, Written } from '#db/store/people.ts';
import type { Directory } from '#lib/directory/directory.ts';
import type { DirectoryError } from '#lib/directory/errors.ts';
import type { LicenceResult } from '#lib/directory/licensing.ts';
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
      why: { row: 'from the row', mapping: 'from the mapping', default: 'the default of Settings' }[
        plan.location.source
      ],
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

function unconfirmedVerdict(person: Person, result: LicenceResult, now: number): Verdict {
  if (result.kind === 'unconfirmed') return verdict(person.state, 'readback_pending', {}, now);
  const why = result.kind === 'not_sent' ? result.why : 'no answer';
  return verdict(person.state, 'write_failed', { why }, now);
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

  const looks = planned.map((one, index): LookFacts => {
    const { person, plan, observed, mapping } = one;
    const result = results[index] ?? { kind: 'not_sent', why: 'no answer', calls: [], locationWritten: false };
    const facts = {
      person,
      accountId: plan.account.id,
      mappingId: mapping.id,
      licenceVerified: false,
      mailboxTouched: false,
      written: writtenFacts(one, result),
      calls: [...observed.calls, ...result.calls],
    };
    if (result.kind === 'refused')
      return {
        ...facts,
        verdict: refusalVerdict(
          result.refusal,
          result.said,
          {
            person,
            account: plan.account,
            addLicenses: plan.addLicenses,
            location: plan.location?.value ?? plan.account.usageLocation,
          },
          now,
        ),
        intentResult: 'refused',
      };
    if (result.kind !== 'confirmed')
      return {
        ...facts,
        verdict: unconfirmedVerdict(person, result, now),
        // What was never sent is settled; what may have arrived stays open until the account is read back.
        intentResult: result.kind === 'not_sent' ? 'not_applied' : null,
      };
    const touch = touchOf.get(plan.account.id);
    const licensed: Person = { ...person, state: 'awaiting_mailbox', licensedAt: now, mailboxLooks: 0 };
    const situation = classify(
      {
        person: licensed,
        lookup: { kind: 'found', account: result.account },
        probe: touch?.probe ?? { kind: 'silent', code: '' },
        mapping,
      },
      tenant,
    );
    const decision = decide(situation, licensed, now);
    return {
      ...facts,
      calls: touch ? [...facts.calls, touch.call] : facts.calls,
      verdict:
        decision.kind === 'settle'
          ? withNote(decision.verdict, plan)
          : verdict('awaiting_mailbox', 'readback_pending', {}, now),
      licenceVerified: situation.kind !== 'licence_error',
      mailboxTouched: touch !== undefined,
      intentResult: 'applied',
    };
  });
  const exhaustedSkus = planned.flatMap(({ plan }, index) => {
    const result = results[index];
    return result?.kind === 'refused' && result.refusal === 'no_seat' ? plan.addLicenses.map(({ skuId }) => skuId) : [];
  });
  return { looks, stoppedBy, exhaustedSkus };
}
