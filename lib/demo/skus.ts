/** The licences of the demo tenant: ids and service plans are Microsoft's. */

export interface DemoSku {
  skuId: string;
  skuPartNumber: string;
  capabilityStatus: string;
  enabled: number;
  warning: number;
  /** Seats that people outside the demo hold. */
  consumedElsewhere: number;
  servicePlans: { servicePlanId: string; servicePlanName: string }[];
}

export const PLANS = {
  EXCHANGE_S_STANDARD: '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
  EXCHANGE_S_ENTERPRISE: 'efb87545-963c-4e0d-99df-69c6916d9eb0',
  EXCHANGE_S_DESKLESS: '4a82b400-a79f-41a4-b4e2-e94f5787b113',
  EXCHANGE_S_FOUNDATION: '113feb6c-3fe4-4440-bddc-54d774bf0318',
} as const;

export const SKU_IDS = {
  EXCHANGESTANDARD: '4b9405b0-7788-4568-add1-99614e613b69',
  EXCHANGEDESKLESS: '80b2d799-d2ba-4d2a-8842-fb0d0f3a4b82',
  ENTERPRISEPACK: '6fd2c87f-b296-42f0-b197-1e91e994b900',
  SPE_F1: '66b55226-6b4f-492c-910c-a3b7a3c9d993',
  M365_F1: '44575883-256e-4a79-9da4-ebe9acabe2b2',
} as const;

const MAILBOX_PLANS: ReadonlySet<string> = new Set([
  PLANS.EXCHANGE_S_STANDARD,
  PLANS.EXCHANGE_S_ENTERPRISE,
  PLANS.EXCHANGE_S_DESKLESS,
]);

export function isMailboxPlan(servicePlanId: string): boolean {
  return MAILBOX_PLANS.has(servicePlanId);
}

export function demoSku(
  skuPartNumber: keyof typeof SKU_IDS,
  plans: (keyof typeof PLANS)[],
  seats: { enabled: number; consumedElsewhere?: number },
): DemoSku {
  return {
    skuId: SKU_IDS[skuPartNumber],
    skuPartNumber,
    capabilityStatus: 'Enabled',
    enabled: seats.enabled,
    warning: 0,
    consumedElsewhere: seats.consumedElsewhere ?? 0,
    servicePlans: plans.map((servicePlanName) => ({ servicePlanId: PLANS[servicePlanName], servicePlanName })),
  };
}
