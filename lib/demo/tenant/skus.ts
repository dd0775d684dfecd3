/** The licences of the demo tenant: ids of licences and mailbox plans are Microsoft's. */
import { z } from 'zod';

export const demoSkuSchema = z.strictObject({
  skuId: z.string(),
  skuPartNumber: z.string(),
  capabilityStatus: z.string(),
  /** Seats bought, and seats in their grace period. */
  enabled: z.number().int(),
  warning: z.number().int(),
  /** Seats taken by people whom the demo does not show. */
  takenElsewhere: z.number().int(),
  servicePlans: z.array(
    z.strictObject({ servicePlanId: z.string(), servicePlanName: z.string(), service: z.string() }),
  ),
});

export type DemoSku = z.infer<typeof demoSkuSchema>;

const PLANS = {
  EXCHANGE_S_STANDARD: ['9aaf7827-d63c-4b61-89c3-182f06f82e5c', 'exchange'],
  EXCHANGE_S_ENTERPRISE: ['efb87545-963c-4e0d-99df-69c6916d9eb0', 'exchange'],
  EXCHANGE_S_DESKLESS: ['4a82b400-a79f-41a4-b4e2-e94f5787b113', 'exchange'],
  EXCHANGE_S_FOUNDATION: ['113feb6c-3fe4-4440-bddc-54d774bf0318', 'exchange'],
  SHAREPOINTENTERPRISE: ['5dbe027f-2339-4123-9542-606e4d348a72', 'SharePoint'],
  SHAREPOINTDESKLESS: ['902b47e5-dcb2-4fdc-858b-c63a90a2bdb9', 'SharePoint'],
  OFFICESUBSCRIPTION: ['43de0ff5-c92c-492b-9116-175376d08c38', 'MicrosoftOffice'],
  TEAMS1: ['57ff2da0-773e-42df-b2af-ffb7a2317929', 'TeamspaceAPI'],
  FLOW_P2_VIRAL: ['50e68c76-46c6-4674-81f9-75456511b170', 'ProcessSimple'],
} as const;

type PlanName = keyof typeof PLANS;

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
} as const satisfies Record<string, readonly [string, readonly PlanName[]]>;

export type SkuPartNumber = keyof typeof CATALOGUE;

export function skuIdOf(skuPartNumber: SkuPartNumber): string {
  return CATALOGUE[skuPartNumber][0];
}

export function planIdOf(servicePlanName: PlanName): string {
  return PLANS[servicePlanName][0];
}

const MAILBOX_PLANS: ReadonlySet<string> = new Set(
  (['EXCHANGE_S_STANDARD', 'EXCHANGE_S_ENTERPRISE', 'EXCHANGE_S_DESKLESS'] as const).map(planIdOf),
);

/** True for a service plan with which Exchange Online makes a mailbox. */
export function isMailboxPlan(servicePlanId: string): boolean {
  return MAILBOX_PLANS.has(servicePlanId);
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
    servicePlans: plans.map((servicePlanName) => {
      const [servicePlanId, service] = PLANS[servicePlanName];
      return { servicePlanId, servicePlanName, service };
    }),
  };
}
