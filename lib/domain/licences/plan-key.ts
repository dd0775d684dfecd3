/** What would be written for a person who waits for an operator, as one comparable text (`planKey`). */
import { z } from 'zod';
import type { LicenceToAdd, LicenceToRemove } from './mapping.ts';

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
