/** The plan stored for a held person (`planKey`), parsed and as text. */
import { z } from 'zod';
import { licenceName } from './mapping.ts';

const planSchema = z.object({
  licences: z.array(z.object({ skuPartNumber: z.string(), disabledPlans: z.array(z.string()) })),
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

/** `Exchange Online (Plan 1), usage location US`. */
export function heldPlanText(key: string | null): string {
  const plan = readPlan(key);
  if (!plan) return 'As the mapping says';
  const licences = plan.licences.map(({ skuPartNumber, disabledPlans: { length: off } }) => {
    const less = off === 0 ? '' : ` without ${off === 1 ? 'one service plan' : `${off} service plans`}`;
    return `${licenceName(skuPartNumber)}${less}`;
  });
  return `${licences.join(' and ')}${plan.usageLocation === null ? '' : `, usage location ${plan.usageLocation}`}`;
}
