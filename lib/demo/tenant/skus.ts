/** The licences of the demo tenant: ids of licences and mailbox plans are Microsoft's. */
import { z } from 'zod';
import { isAssignable, type KnownPartNumber } from '#lib/domain/licences/mapping.ts';
import { PLAN_IDS } from '#lib/domain/licences/service-plans.ts';

export const demoSkuSchema = z.strictObject({
  skuId: z.string(),
  skuPartNumber: z.string(),
  capabilityStatus: z.string(),
  /** Seats bought, and seats in their grace period. */
  enabled: z.number().int(),
  warning: z.number().int(),
  /** Seats used by people whom the demo does not show. */
  takenElsewhere: z.number().int(),
  servicePlans: z.array(
    z.strictObject({ servicePlanId: z.string(), servicePlanName: z.string(), service: z.string() }),
  ),
});

export type DemoSku = z.infer<typeof demoSkuSchema>;

/** Units as Graph counts them: those of a subscription that has ended can be assigned to nobody (graph-facts §3). */
export function prepaidUnits({ capabilityStatus, enabled, warning }: DemoSku) {
  const none = { enabled: 0, lockedOut: 0, suspended: 0, warning: 0 };
  if (isAssignable({ capabilityStatus })) return { ...none, enabled, warning };
  return { ...none, [capabilityStatus === 'LockedOut' ? 'lockedOut' : 'suspended']: enabled + warning };
}

/** The service that each plan belongs to. */
const SERVICES = {
  EXCHANGE_S_STANDARD: 'exchange',
  EXCHANGE_S_ENTERPRISE: 'exchange',
  EXCHANGE_S_DESKLESS: 'exchange',
  EXCHANGE_S_FOUNDATION: 'exchange',
  SHAREPOINTENTERPRISE: 'SharePoint',
  SHAREPOINTDESKLESS: 'SharePoint',
  OFFICESUBSCRIPTION: 'MicrosoftOffice',
  TEAMS1: 'TeamspaceAPI',
  FLOW_P2_VIRAL: 'ProcessSimple',
} as const satisfies Record<keyof typeof PLAN_IDS, string>;

type PlanName = keyof typeof PLAN_IDS;

const CATALOGUE = {
  EXCHANGESTANDARD: ['4b9405b0-7788-4568-add1-99614e613b69', ['EXCHANGE_S_STANDARD', 'EXCHANGE_S_FOUNDATION']],
  EXCHANGEDESKLESS: ['80b2d799-d2ba-4d2a-8842-fb0d0f3a4b82', ['EXCHANGE_S_DESKLESS']],
  ENTERPRISEPACK: [
    '6fd2c87f-b296-42f0-b197-1e91e994b900',
    ['EXCHANGE_S_ENTERPRISE', 'SHAREPOINTENTERPRISE', 'OFFICESUBSCRIPTION', 'TEAMS1'],
  ],
  SPE_F1: ['66b55226-6b4f-492c-910c-a3b7a3c9d993', ['EXCHANGE_S_DESKLESS', 'SHAREPOINTDESKLESS', 'TEAMS1']],
  M365_F1: ['44575883-256e-4a79-9da4-ebe9acabe2b2', ['EXCHANGE_S_FOUNDATION', 'SHAREPOINTDESKLESS', 'TEAMS1']],
  FLOW_FREE: ['f30db892-07e9-47e9-837c-80727f46fd3d', ['FLOW_P2_VIRAL', 'EXCHANGE_S_FOUNDATION']],
} as const satisfies Partial<Record<KnownPartNumber, readonly [string, readonly PlanName[]]>>;

export type SkuPartNumber = keyof typeof CATALOGUE;

export function skuIdOf(skuPartNumber: SkuPartNumber): string {
  return CATALOGUE[skuPartNumber][0];
}

export function planIdOf(servicePlanName: PlanName): string {
  return PLAN_IDS[servicePlanName];
}

export function demoSku(skuPartNumber: SkuPartNumber, enabled: number, takenElsewhere = 0): DemoSku {
  const [skuId, plans] = CATALOGUE[skuPartNumber];
  return {
    skuId,
    skuPartNumber,
    capabilityStatus: 'Enabled',
    enabled,
    warning: 0,
    takenElsewhere,
    servicePlans: plans.map((servicePlanName) => ({
      servicePlanId: PLAN_IDS[servicePlanName],
      servicePlanName,
      service: SERVICES[servicePlanName],
    })),
  };
}
