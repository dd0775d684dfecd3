/** What to know about a mapping before publishing it: conflicts, waste, and what it will not do. */
import { type Sentence, sentence } from '#lib/domain/sentences/sentence.ts';
import { freeSeats, licenceName, type Mapping, makesMailbox, type SubscribedSku } from './mapping.ts';
import { MAILBOX_PLAN_IDS, servicePlanText } from './service-plans.ts';

export interface Advice extends Sentence {
  /** `conflict`: Microsoft refuses it, or nobody gets a mailbox; `warning`: it works, but deserves a second look. */
  level: 'conflict' | 'warning';
}

type Licences = Mapping['licences'];
type Plan = SubscribedSku['servicePlans'][number];

interface Enabled {
  skuPartNumber: string;
  sku: SubscribedSku;
  plans: Plan[];
}

function enabledPlans(licences: Licences, skus: readonly SubscribedSku[]): Enabled[] {
  return licences.flatMap(({ skuPartNumber, disabledPlans }) => {
    const sku = skus.find((candidate) => candidate.skuPartNumber.toUpperCase() === skuPartNumber.toUpperCase());
    if (!sku) return [];
    return [
      {
        skuPartNumber,
        sku,
        plans: sku.servicePlans.filter(({ servicePlanId }) => !disabledPlans.includes(servicePlanId)),
      },
    ];
  });
}

function availability(licences: Licences, skus: readonly SubscribedSku[]): Advice[] {
  return licences.flatMap(({ skuPartNumber }): Advice[] => {
    const sku = skus.find((candidate) => candidate.skuPartNumber.toUpperCase() === skuPartNumber.toUpperCase());
    const name = licenceName(skuPartNumber);
    if (!sku) return [{ level: 'conflict', ...sentence('notInTenant', { name, partNumber: skuPartNumber }) }];
    if (!['Enabled', 'Warning'].includes(sku.capabilityStatus))
      return [{ level: 'conflict', ...sentence('suspended', { name }) }];
    if (freeSeats(sku) === 0) return [{ level: 'warning', ...sentence('noFreeSeat', { name }) }];
    return [];
  });
}

function mailbox(enabled: readonly Enabled[]): Advice[] {
  const mailboxPlans = mailboxPlansOf(enabled);
  if (enabled.length > 0 && mailboxPlans.length === 0) {
    const capable = enabled
      .filter(({ sku }) => makesMailbox(sku))
      .map(({ skuPartNumber }) => licenceName(skuPartNumber));
    const why =
      capable.length > 0 ? sentence('mailboxPlanTurnedOff', { licences: capable }) : sentence('noMailboxPlan');
    return [{ level: 'conflict', ...why }];
  }
  const refused = exclusivePlans(mailboxPlans);
  return refused === null ? [] : [{ level: 'conflict', ...refused }];
}

function exclusivePlans(mailboxPlans: readonly Plan[]): Sentence | null {
  const different = new Map(mailboxPlans.map((plan) => [plan.servicePlanId, servicePlanText(plan)]));
  if (different.size < 2) return null;
  return sentence('exclusivePlans', { plans: [...different.values()] });
}

const mailboxPlansOf = (enabled: readonly Enabled[]) =>
  enabled.flatMap(({ plans }) => plans.filter(({ servicePlanId }) => MAILBOX_PLAN_IDS.has(servicePlanId)));

/** Why Microsoft would refuse these licences whoever they are assigned to, so that they cannot be published; null: nothing known. */
export function refusalOf(licences: Licences, skus: readonly SubscribedSku[]): Sentence | null {
  return exclusivePlans(mailboxPlansOf(enabledPlans(licences, skus)));
}

/** Service plans that two licences contain: one of the two is paid for nothing. */
function duplicatePlans(enabled: readonly Enabled[]): Advice[] {
  const byPlan = new Map<string, { plan: Plan; licences: string[] }>();
  for (const { skuPartNumber, plans } of enabled)
    for (const plan of plans) {
      const entry = byPlan.get(plan.servicePlanId) ?? { plan, licences: [] };
      entry.licences.push(licenceName(skuPartNumber));
      byPlan.set(plan.servicePlanId, entry);
    }
  // EXCHANGE_S_FOUNDATION comes with nearly every licence and costs nothing.
  const duplicates = [...byPlan.values()].filter(
    ({ plan, licences }) => licences.length > 1 && plan.servicePlanName !== 'EXCHANGE_S_FOUNDATION',
  );
  return duplicates.map(({ plan, licences }) => ({
    level: 'warning',
    ...sentence('paidTwice', { plan: servicePlanText(plan), licences }),
  }));
}

/** All advice on these licences, the worst first. */
export function adviceOn(licences: Licences, skus: readonly SubscribedSku[]): Advice[] {
  const enabled = enabledPlans(licences, skus);
  const all = [...availability(licences, skus), ...mailbox(enabled), ...duplicatePlans(enabled)];
  return all.sort((a, b) => (a.level === b.level ? 0 : a.level === 'conflict' ? -1 : 1));
}
