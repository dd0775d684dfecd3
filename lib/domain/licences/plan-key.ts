/** What would be written for a person who waits for an operator, as one comparable text (`planKey`), and as words. */
import { z } from 'zod';
import { type LicenceToAdd, type LicenceToRemove, licenceName, licenceNames } from './mapping.ts';

interface Plan {
  addLicenses: readonly LicenceToAdd[];
  removeLicenses: readonly LicenceToRemove[];
  location: { value: string } | null;
}

/**
 * Plans are equal when their keys are. JSON: `{ licences: [{ skuPartNumber, disabledPlans }], remove?: [skuPartNumber], usageLocation }`;
 * without `remove` nothing is taken away.
 */
export function planKey({ addLicenses, removeLicenses, location }: Plan): string {
  const licences = addLicenses
    .map(({ skuPartNumber, disabledPlans }) => ({ skuPartNumber, disabledPlans: disabledPlans.toSorted() }))
    .toSorted((a, b) => (a.skuPartNumber < b.skuPartNumber ? -1 : 1));
  const remove = removeLicenses.map(({ skuPartNumber }) => skuPartNumber).toSorted();
  return JSON.stringify({ licences, ...(remove.length > 0 ? { remove } : {}), usageLocation: location?.value ?? null });
}

const planSchema = z.object({
  licences: z.array(z.object({ skuPartNumber: z.string(), disabledPlans: z.array(z.string()) })),
  remove: z.array(z.string()).default([]),
  usageLocation: z.string().nullable(),
});
export type HeldPlan = z.infer<typeof planSchema>;

/** Null where no plan was stored, or one of another version that cannot be read. */
export function readPlan(key: string | null): HeldPlan | null {
  if (key === null) return null;
  try {
    return planSchema.parse(JSON.parse(key));
  } catch {
    return null;
  }
}

function withoutPlans({ skuPartNumber, disabledPlans: { length: off } }: HeldPlan['licences'][number]): string {
  const less = off === 0 ? '' : ` without ${off === 1 ? 'one service plan' : `${off} service plans`}`;
  return `${licenceName(skuPartNumber)}${less}`;
}

const removed = ({ remove }: HeldPlan) => licenceNames(remove.map((skuPartNumber) => ({ skuPartNumber })));

/** `Exchange Online (Plan 1), usage location US`. */
export function heldPlanText(key: string | null): string {
  const plan = readPlan(key);
  if (!plan) return 'As the mapping says';
  const off = plan.remove.length === 0 ? '' : `, without ${removed(plan)}`;
  const location = plan.usageLocation === null ? '' : `, usage location ${plan.usageLocation}`;
  return `${plan.licences.map(withoutPlans).join(' and ')}${off}${location}`;
}

/** `Add Exchange Online (Plan 1), remove Exchange Online Kiosk`; null where no plan was stored. */
export function replacementText(key: string | null): string | null {
  const plan = readPlan(key);
  if (!plan) return null;
  const off = plan.remove.length === 0 ? '' : `, remove ${removed(plan)}`;
  return `Add ${plan.licences.map(withoutPlans).join(' and ')}${off}`;
}
