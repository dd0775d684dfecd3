/** What is to be known about a mapping before it is published: conflicts, waste, and what it will not do. */
import { freeSeats, licenceName, MAILBOX_PLAN_IDS, type Mapping, makesMailbox, type SubscribedSku } from './mapping.ts';
import { planText } from './service-plans.ts';

export interface Advice {
  /** `conflict`: Microsoft refuses it, or nobody gets a mailbox; `warning`: it works, but look twice. */
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

function enabledOf(licences: Licences, skus: readonly SubscribedSku[]): Enabled[] {
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

function presence(licences: Licences, skus: readonly SubscribedSku[]): Advice[] {
  return licences.flatMap(({ skuPartNumber }): Advice[] => {
    const sku = skus.find((candidate) => candidate.skuPartNumber.toUpperCase() === skuPartNumber.toUpperCase());
    const name = licenceName(skuPartNumber);
    if (!sku) return [{ level: 'conflict', message: `${name} (${skuPartNumber}) is not in this tenant.` }];
    if (!['Enabled', 'Warning'].includes(sku.capabilityStatus))
      return [{ level: 'conflict', message: `The subscription of ${name} is suspended: it cannot be assigned.` }];
    if (freeSeats(sku) === 0)
      return [{ level: 'warning', message: `${name} has no free seat now: people wait until one is free.` }];
    return [];
  });
}

function mailbox(enabled: readonly Enabled[]): Advice[] {
  const makers = enabled.flatMap(({ plans }) =>
    plans.filter(({ servicePlanId }) => MAILBOX_PLAN_IDS.has(servicePlanId)),
  );
  if (enabled.length > 0 && makers.length === 0) {
    const couldMake = enabled
      .filter(({ sku }) => makesMailbox(sku))
      .map(({ skuPartNumber }) => licenceName(skuPartNumber));
    const why = couldMake.length > 0 ? ` The Exchange Online plan of ${couldMake.join(' and ')} is turned off.` : '';
    return [{ level: 'conflict', message: `Nobody gets a mailbox: no enabled service plan makes one.${why}` }];
  }
  const different = new Map(makers.map((plan) => [plan.servicePlanId, planText(plan)]));
  if (different.size < 2) return [];
  const names = [...different.values()].join(' and ');
  return [
    {
      level: 'conflict',
      message: `${names} exclude each other: Microsoft refuses them together. Turn one of them off.`,
    },
  ];
}

/** Plans that two licences bring at once: one of the two is paid for nothing. */
function waste(enabled: readonly Enabled[]): Advice[] {
  const by = new Map<string, { plan: Plan; licences: string[] }>();
  for (const { skuPartNumber, plans } of enabled)
    for (const plan of plans) {
      const entry = by.get(plan.servicePlanId) ?? { plan, licences: [] };
      entry.licences.push(licenceName(skuPartNumber));
      by.set(plan.servicePlanId, entry);
    }
  // EXCHANGE_S_FOUNDATION rides along with nearly every licence and costs nothing.
  const doubles = [...by.values()].filter(
    ({ plan, licences }) => licences.length > 1 && plan.servicePlanName !== 'EXCHANGE_S_FOUNDATION',
  );
  return doubles.map(({ plan, licences }) => ({
    level: 'warning',
    message: `${planText(plan)} is in ${licences.join(' and in ')}: it is paid twice.`,
  }));
}

/** Everything worth saying about these licences, the worst first. */
export function adviceOn(licences: Licences, skus: readonly SubscribedSku[]): Advice[] {
  const enabled = enabledOf(licences, skus);
  const all = [...presence(licences, skus), ...mailbox(enabled), ...waste(enabled)];
  return all.sort((a, b) => (a.level === b.level ? 0 : a.level === 'conflict' ? -1 : 1));
}
