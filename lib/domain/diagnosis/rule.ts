/** What the questions about causes share: whom each is about, and how its answer looks. Pure. */
import { MAILBOX_PLAN_IDS } from '#lib/domain/licences/service-plans.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import type { CauseCode } from './causes.ts';
import { cite, type DiagnosedAccount, type Evidence, type Facts, type Read } from './facts.ts';

/** `conclusive`: the fact alone explains it. `likely`: it usually does. `possible`: it may, where nothing else does. */
export type Strength = 'conclusive' | 'likely' | 'possible';

export type Answer =
  | { kind: 'fits'; strength: Strength; evidence: readonly [Evidence, ...Evidence[]] }
  | { kind: 'ruled_out' }
  /** A fact that decides was not read. */
  | { kind: 'open' };

export const RULED_OUT: Answer = { kind: 'ruled_out' };

export const OPEN: Answer = { kind: 'open' };

export function fits(strength: Strength, ...evidence: [Evidence, ...Evidence[]]): Answer {
  return { kind: 'fits', strength, evidence };
}

export type Rule = (facts: Facts) => Answer;

export type Account = Read<'account'> & { value: DiagnosedAccount };

/** A question about somebody without an account. */
export function withoutAccount(rule: (facts: Facts, account: Read<'account'>) => Answer): Rule {
  return (facts) => {
    const { account } = facts;
    if (account.kind === 'not_read') return OPEN;
    return account.value === null ? rule(facts, account) : RULED_OUT;
  };
}

/** A question about an account that is there. */
export function ofAccount(rule: (facts: Facts, account: Account) => Answer): Rule {
  return (facts) => {
    const { account } = facts;
    if (account.kind === 'not_read') return OPEN;
    return account.value === null ? RULED_OUT : rule(facts, { ...account, value: account.value });
  };
}

/** A licence of the tenant; null: not known. */
export function skuOf({ skus }: Facts, skuId: string) {
  return skus.kind === 'read' ? (skus.value.find((sku) => sku.skuId === skuId) ?? null) : null;
}

export const isMailboxPlan = ({ servicePlanId }: { servicePlanId: string }) => MAILBOX_PLAN_IDS.has(servicePlanId);

/** The plan with a mailbox that works. `assignedPlans` follow a new licence with a delay, so the licence itself counts as well. */
export function enabledPlan(facts: Facts, { assignedPlans, licences }: DiagnosedAccount): { at: number | null } | null {
  const working = licences.find(
    ({ skuId, error, disabledPlans }) =>
      error === null && skuOf(facts, skuId)?.mailboxPlanIds.some((plan) => !disabledPlans.includes(plan)),
  );
  // Plans of a licence that went stay on the account as deleted ones: they say nothing of a newer licence.
  const isOld = ({ status, at }: DiagnosedAccount['assignedPlans'][number]) =>
    status === 'Deleted' && at !== null && (working?.at ?? at) > at;
  const plans = assignedPlans.filter((plan) => isMailboxPlan(plan) && !isOld(plan));
  // In the last days of a subscription (Warning) it works as before.
  const enabled = plans.find(({ status }) => status === 'Enabled' || status === 'Warning');
  if (enabled || plans.length > 0) return enabled ?? null;
  return working ?? null;
}

/** The subscription that has ended, where no other one gives the account a mailbox. Accounts show it late: their plans may still be Enabled. */
export function endedSubscription(facts: Facts, { licences }: DiagnosedAccount): string | null {
  const held = licences.flatMap(({ skuId, error, disabledPlans }) => {
    const sku = error === null ? skuOf(facts, skuId) : null;
    return sku?.mailboxPlanIds.some((plan) => !disabledPlans.includes(plan)) ? sku : [];
  });
  return held.some(({ isUsable }) => isUsable) ? null : (held[0]?.name ?? null);
}

/** A question about an account on which no plan with a mailbox works, or none for long. */
export const unlicensed = (rule: (facts: Facts, account: Account) => Answer): Rule =>
  ofAccount((facts, account) =>
    enabledPlan(facts, account.value) && endedSubscription(facts, account.value) === null
      ? RULED_OUT
      : rule(facts, account),
  );

export type Plan = NonNullable<ReturnType<typeof enabledPlan>>;

/** A question about an account on which a plan with a mailbox works, and whose mailbox does not answer. */
export const licensed = (rule: (facts: Facts, account: Account, plan: Plan) => Answer): Rule =>
  ofAccount((facts, account) => {
    const isOpen = facts.mailbox.kind === 'read' && facts.mailbox.value.kind === 'answers';
    const plan = isOpen ? null : enabledPlan(facts, account.value);
    return plan ? rule(facts, account, plan) : RULED_OUT;
  });

export function citeAbsent(account: Read<'account'>, { userPrincipalName }: Facts): Evidence {
  return cite(account, 'userPrincipalName', 'noAccount', { upn: userPrincipalName });
}

export function citeAddress(
  holders: Read<'addressHolders'>,
  { displayName, userPrincipalName, address }: Read<'addressHolders'>['value'][number],
): Evidence {
  return cite(holders, 'proxyAddresses', 'hasAddress', { name: displayName, upn: userPrincipalName, address });
}

export function citeState(account: Account, { groupId, error }: DiagnosedAccount['licences'][number], name: string) {
  return cite(account, 'licenseAssignmentStates', 'licenceState', { name, groupId, error });
}

export function licenceError(errors: readonly string[], account: Account, facts: Facts): Evidence | null {
  const failed = account.value.licences.find(({ error }) => error !== null && errors.includes(error));
  return failed ? citeState(account, failed, skuOf(facts, failed.skuId)?.name ?? failed.skuId) : null;
}

/** What a human was asked about before anything was licensed, by cause: a licence that was refused shows nowhere on the account. */
const ASKED = {
  usage_location: ['usage_location_not_allowed', 'location_refused'],
  licence_conflict: ['service_plans_conflict', 'service_plan_dependency'],
  licence_suspended: ['sku_suspended'],
  licence_without_mailbox: ['makes_no_mailbox'],
  address_conflict: ['proxy_address_conflict'],
  mailbox_on_premises: ['mailbox_on_premises', 'mailbox_maybe_on_premises'],
} as const satisfies Partial<Record<CauseCode, readonly ReasonCode[]>>;

export function asked(cause: keyof typeof ASKED, account: Account, { record }: Facts): Evidence | null {
  if (record.kind === 'not_read' || record.value === null || account.value.licences.length > 0) return null;
  const { state, reason } = record.value;
  const reasons: readonly string[] = ASKED[cause];
  return state === 'needs_attention' && reasons.includes(reason)
    ? cite(record, 'state', 'ourReason', { reason })
    : null;
}

/** True where another cause says what a human was asked about. */
export function askedElsewhere({ record }: Facts): boolean {
  const known = record.kind === 'read' ? record.value : null;
  const reasons: readonly string[] = Object.values(ASKED).flat();
  return known?.state === 'needs_attention' && reasons.includes(known.reason);
}
