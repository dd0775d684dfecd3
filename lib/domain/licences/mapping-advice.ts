/** What to know about a mapping before publishing it: conflicts, waste, and what it will not do. */
import { freeSeats, licenceName, type Mapping, makesMailbox, type SubscribedSku } from './mapping.ts';
import { MAILBOX_PLAN_IDS, servicePlanText } from './service-plans.ts';

export interface Advice {
  /** `conflict`: Microsoft refuses it, or nobody gets a mailbox; `warning`: it works, but deserves a second look. */
  level: 'conflict' | 'warning';
  message: string;
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
    if (!sku) return [{ level: 'conflict', message: `${name} (${skuPartNumber}) is not in this tenant.` }];
    if (!['Enabled', 'Warning'].includes(sku.capabilityStatus))
      return [{ level: 'conflict', message: `The subscription of ${name} is suspended: it cannot be assigned.` }];
    if (freeSeats(sku) === 0)
      return [
        { level: 'warning', message: `${name} has no free seat at the moment: people wait until one becomes free.` },
      ];
    return [];
  });
}

function mailbox(enabled: readonly Enabled[]): Advice[] {
  const mailboxPlans = mailboxPlansOf(enabled);
  if (enabled.length > 0 && mailboxPlans.length === 0) {
    const capable = enabled
      .filter(({ sku }) => makesMailbox(sku))
      .map(({ skuPartNumber }) => licenceName(skuPartNumber));
    const why = capable.length > 0 ? ` The Exchange Online plan of ${capable.join(' and ')} is turned off.` : '';
    return [{ level: 'conflict', message: `Nobody gets a mailbox: no enabled service plan includes one.${why}` }];
  }
  const refused = exclusivePlans(mailboxPlans);
  return refused === null ? [] : [{ level: 'conflict', message: refused }];
}

function exclusivePlans(mailboxPlans: readonly Plan[]): string | null {
  const different = new Map(mailboxPlans.map((plan) => [plan.servicePlanId, servicePlanText(plan)]));
  if (different.size < 2) return null;
  const names = [...different.values()].join(' and ');
  return `${names} are mutually exclusive: Microsoft refuses to assign both. Turn one of them off.`;
}

const mailboxPlansOf = (enabled: readonly Enabled[]) =>
  enabled.flatMap(({ plans }) => plans.filter(({ servicePlanId }) => MAILBOX_PLAN_IDS.has(servicePlanId)));

/** Why Microsoft would refuse these licences whoever they are assigned to, so that they cannot be published; null: nothing known. */
export function refusalOf(licences: Licences, skus: readonly SubscribedSku[]): string | null {
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
    message: `${servicePlanText(plan)} is in ${licences.join(' and in ')}: you pay for it twice.`,
  }));
}

/** All advice on these licences, the worst first. */
export function adviceOn(licences: Licences, skus: readonly SubscribedSku[]): Advice[] {
  const enabled = enabledPlans(licences, skus);
  const all = [...availability(licences, skus), ...mailbox(enabled), ...duplicatePlans(enabled)];
  return all.sort((a, b) => (a.level === b.level ? 0 : a.level === 'conflict' ? -1 : 1));
}
