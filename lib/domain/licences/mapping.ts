/** EmployeeType → licences, and whether the tenant's licences can fulfil a mapping. */
import { z } from 'zod';
import type { LeadTime } from '#lib/domain/time/start-date.ts';
import { MAILBOX_PLAN_IDS } from './service-plans.ts';

const mappedLicenceSchema = z.object({
  skuPartNumber: z.string().min(1),
  disabledPlans: z.array(z.string()).default([]),
});
export const mappedLicencesSchema = z.array(mappedLicenceSchema).min(1);

export interface Mapping {
  id: number;
  employeeType: string;
  version: number;
  licences: z.infer<typeof mappedLicenceSchema>[];
  usageLocation: string | null;
  /** When people with a start date are licensed; null: as Settings say. */
  leadTime: LeadTime | null;
  /** Whether accounts are licensed that have an address, but no mailbox in Exchange Online; null: as Settings say. */
  licenseAccountsWithAddress: boolean | null;
}

/** A licence with all of its service plans. */
const whole = (skuPartNumber: KnownPartNumber) => ({ skuPartNumber, disabledPlans: [] });

/** The mappings of a new installation: those of the script this product replaces. */
export const SEEDED_MAPPINGS: readonly Pick<Mapping, 'employeeType' | 'licences' | 'usageLocation'>[] = [
  { employeeType: 'E', licences: [whole('EXCHANGESTANDARD')], usageLocation: 'US' },
  { employeeType: 'N', licences: [whole('EXCHANGEDESKLESS')], usageLocation: 'US' },
];

/** A licence of the tenant (Graph `subscribedSku`). */
export interface SubscribedSku {
  skuId: string;
  skuPartNumber: string;
  /** `Enabled` or `Warning` (in grace) can be assigned; `Suspended`, `LockedOut`, `Deleted` cannot. */
  capabilityStatus: string;
  enabledUnits: number;
  warningUnits: number;
  consumedUnits: number;
  servicePlans: { servicePlanId: string; servicePlanName: string }[];
}

/** Free seats, never below zero. Units in their grace period (`warning`) can still be assigned. */
export function freeSeats(sku: Pick<SubscribedSku, 'enabledUnits' | 'warningUnits' | 'consumedUnits'>): number {
  return Math.max(0, sku.enabledUnits + sku.warningUnits - sku.consumedUnits);
}

/** False for a subscription that has ended: what was assigned of it does nothing any more. */
export function isAssignable({ capabilityStatus }: Pick<SubscribedSku, 'capabilityStatus'>): boolean {
  return ['Enabled', 'Warning'].includes(capabilityStatus);
}

/** True where the licence, without the disabled plans, contains a service plan that includes a mailbox. */
export function makesMailbox(sku: SubscribedSku, disabledPlans: readonly string[] = []): boolean {
  return sku.servicePlans.some(
    ({ servicePlanId }) => MAILBOX_PLAN_IDS.has(servicePlanId) && !disabledPlans.includes(servicePlanId),
  );
}

export interface LicenceToAdd {
  skuId: string;
  skuPartNumber: string;
  disabledPlans: string[];
}

/** A licence to be taken away. */
export type LicenceToRemove = Pick<LicenceToAdd, 'skuId' | 'skuPartNumber'>;

/** Product names of licences, as operators know them. */
export function licenceNames(licences: readonly { skuPartNumber: string }[]): string {
  return licences.map(({ skuPartNumber }) => licenceName(skuPartNumber)).join(' and ');
}

export type ResolvedMapping =
  | { kind: 'ok'; licences: (LicenceToAdd & { makesMailbox: boolean })[] }
  | { kind: 'sku_not_in_tenant' | 'sku_suspended'; skuPartNumber: string }
  | { kind: 'makes_no_mailbox' }
  | { kind: 'service_plan_unknown'; skuPartNumber: string; servicePlanId: string };

/** Checks a mapping against the tenant's licences: SKUs present and assignable, service plans known, a mailbox among them. */
export function resolveMapping(mapping: Mapping, skus: readonly SubscribedSku[]): ResolvedMapping {
  const licences: (LicenceToAdd & { makesMailbox: boolean })[] = [];
  for (const { skuPartNumber, disabledPlans } of mapping.licences) {
    // A subscription that ended, a trial for example, may be listed beside the one in its place.
    const named = skus.filter((candidate) => candidate.skuPartNumber.toUpperCase() === skuPartNumber.toUpperCase());
    const sku = named.find(isAssignable) ?? named[0];
    if (!sku) return { kind: 'sku_not_in_tenant', skuPartNumber };
    if (!isAssignable(sku)) return { kind: 'sku_suspended', skuPartNumber };
    const plans = disabledPlans.map((id) => id.toLowerCase());
    const unknownPlan = plans.find((id) => !sku.servicePlans.some((plan) => plan.servicePlanId === id));
    if (unknownPlan) return { kind: 'service_plan_unknown', skuPartNumber, servicePlanId: unknownPlan };
    licences.push({
      skuId: sku.skuId,
      skuPartNumber: sku.skuPartNumber,
      disabledPlans: plans,
      makesMailbox: makesMailbox(sku, plans),
    });
  }
  return licences.some((licence) => licence.makesMailbox) ? { kind: 'ok', licences } : { kind: 'makes_no_mailbox' };
}

/** Part numbers that we name ourselves, with Microsoft's product names. */
const FRIENDLY_NAMES = {
  EXCHANGESTANDARD: 'Exchange Online (Plan 1)',
  EXCHANGEENTERPRISE: 'Exchange Online (Plan 2)',
  EXCHANGEDESKLESS: 'Exchange Online Kiosk',
  O365_BUSINESS_ESSENTIALS: 'Microsoft 365 Business Basic',
  O365_BUSINESS_PREMIUM: 'Microsoft 365 Business Standard',
  SPB: 'Microsoft 365 Business Premium',
  STANDARDPACK: 'Office 365 E1',
  ENTERPRISEPACK: 'Office 365 E3',
  ENTERPRISEPREMIUM: 'Office 365 E5',
  SPE_E3: 'Microsoft 365 E3',
  SPE_E5: 'Microsoft 365 E5',
  DESKLESSPACK: 'Office 365 F3',
  SPE_F1: 'Microsoft 365 F3',
  M365_F1: 'Microsoft 365 F1',
  M365_F1_COMM: 'Microsoft 365 F1',
  FLOW_FREE: 'Microsoft Power Automate Free',
  POWER_BI_STANDARD: 'Power BI (free)',
} as const;

export type KnownPartNumber = keyof typeof FRIENDLY_NAMES;

const NAMES: Record<string, string> = FRIENDLY_NAMES;

/** Microsoft's product name of a licence, or the part number where the name is not known. */
export function licenceName(skuPartNumber: string): string {
  return NAMES[skuPartNumber.toUpperCase()] ?? skuPartNumber;
}

/** The note of a version by which “License anyway” was remembered. */
export const REMEMBERED_NOTE = 'License anyway, remembered for everyone with this EmployeeType.';

/** Earlier versions noted it with another word. */
export const isRememberedNote = (note: string) => note.replace('everybody', 'everyone') === REMEMBERED_NOTE;
