/** Facts about one person as they may be read, and what the diagnosis makes of them. */
import { expect, test } from 'vitest';
import { type Diagnosis, diagnose } from '#lib/domain/diagnosis/diagnose.ts';
import type { DiagnosedAccount, Facts, ReadingName, ReadingValue } from '#lib/domain/diagnosis/facts.ts';
import type { Saying } from '#lib/domain/diagnosis/sayings.ts';
import { PLAN_IDS } from '#lib/domain/licences/service-plans.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const AT = Date.UTC(2026, 10, 27, 12);
export const upn = 'ada@contoso.example';

export const MAILBOX_PLAN = PLAN_IDS.EXCHANGE_S_STANDARD;
export const OTHER_PLAN = PLAN_IDS.TEAMS1;

export const licence = (change: Partial<DiagnosedAccount['licences'][number]> = {}) => ({
  skuId: 'e1',
  groupId: null,
  error: null,
  disabledPlans: [],
  at: AT - HOUR,
  ...change,
});
export const plan = (status: string, at: number | null = AT - HOUR, servicePlanId: string = MAILBOX_PLAN) => ({
  servicePlanId,
  status,
  at,
});

/** Licensed an hour ago, synchronised, and its mailbox does not answer yet. */
export const account = (change: Partial<DiagnosedAccount> = {}): DiagnosedAccount => ({
  id: 'a',
  userPrincipalName: upn,
  displayName: 'Ada Able',
  accountEnabled: true,
  isGuest: false,
  isSynchronised: true,
  usageLocation: 'DE',
  addresses: [upn],
  hireAt: null,
  licences: [licence()],
  assignedPlans: [plan('Enabled')],
  exchangePlans: [],
  synchronisationErrors: [],
  exchangeErrors: [],
  ...change,
});
export const unlicensed = (change: Partial<DiagnosedAccount> = {}) =>
  account({ licences: [], assignedPlans: [], ...change });
/** Its licence failed, so no plan came of it. */
export const failed = (error: string, change: Partial<DiagnosedAccount['licences'][number]> = {}) =>
  account({ licences: [licence({ error, ...change })], assignedPlans: [] });
export const overdue = (change: Partial<DiagnosedAccount> = {}) =>
  account({ assignedPlans: [plan('Enabled', AT - 25 * HOUR)], ...change });

export const sku = (change: Partial<ReadingValue<'skus'>[number]> = {}) => ({
  skuId: 'e1',
  partNumber: 'EXCHANGESTANDARD',
  name: 'Plan 1',
  isUsable: true,
  free: 5,
  mailboxPlanIds: [MAILBOX_PLAN],
  ...change,
});
export const TEAMS = sku({ skuId: 'teams', partNumber: 'TEAMS', name: 'Teams', mailboxPlanIds: [] });
const PHONE = sku({ skuId: 'phone', partNumber: 'PHONE', name: 'Phone', mailboxPlanIds: [] });
export const organisation = (change: Partial<ReadingValue<'organisation'>> = {}) => ({
  id: 'o',
  isSynchronised: true,
  lastSyncAt: AT - 20 * MINUTE,
  verifiedDomains: ['contoso.example', 'fabrikam.example'],
  ...change,
});
export const record = (change: Partial<NonNullable<ReadingValue<'record'>>> = {}) => ({
  state: 'queued',
  reason: 'queued',
  accountId: null,
  startDate: null,
  licensedAt: null,
  wantedSkus: ['EXCHANGESTANDARD'],
  provisioningRetriedAt: null,
  licencesReprocessedAt: null,
  ...change,
});
export const bo = { id: 'b', userPrincipalName: 'bo@contoso.example', displayName: 'Bo Baker' };
export const holder = { ...bo, address: upn };
export const deletedBo = { ...bo, deletedAt: AT - HOUR };

type Values = { [Name in ReadingName]: ReadingValue<Name> };
export type Change = Partial<{ [Name in ReadingName]: ReadingValue<Name> | 'unread' }> & { userPrincipalName?: string };

export const BASE: Values = {
  account: account(),
  namesakes: [],
  addressHolders: [],
  deleted: [],
  organisation: organisation(),
  skus: [sku(), TEAMS, PHONE],
  mailbox: { kind: 'silent', code: 'MailboxNotEnabledForRESTAPI' },
  health: { status: 'serviceOperational' },
  record: null,
};

export function facts({ userPrincipalName = upn, ...change }: Change = {}): Facts {
  const readings = Object.entries({ ...BASE, ...change }).map(([name, value]) => [
    name,
    value === 'unread'
      ? { kind: 'not_read', why: `${name} refused`, calls: [] }
      : { kind: 'read', name, value, calls: [] },
  ]);
  return { ...Object.fromEntries(readings), userPrincipalName, at: AT } as Facts;
}

/** `certain: no_seat`, or the causes with their strength, the first one first. */
export function verdict(diagnosis: Diagnosis): string {
  if (!('causes' in diagnosis)) return diagnosis.kind;
  const causes = diagnosis.causes.map(({ code, strength }) =>
    diagnosis.kind === 'certain' && strength === 'conclusive' ? code : `${code} ${strength}`,
  );
  return `${diagnosis.kind}: ${causes.join(', ')}`;
}

/** The facts that the first cause rests on, and what they say. */
export function cited(change: Change): [string, ...Saying][] {
  const diagnosis = diagnose(facts(change));
  const [first] = 'causes' in diagnosis ? diagnosis.causes : [];
  return first?.evidence.map(({ fact, saying }): [string, ...Saying] => [fact, ...saying]) ?? [];
}

export type Case = [words: string, change: Change, expected: string];
export const tried = (cases: Case[]) =>
  test.each(cases)('%s', (_, change, expected) => expect(verdict(diagnose(facts(change)))).toBe(expected));

export const NO_ACCOUNT = { account: null };
