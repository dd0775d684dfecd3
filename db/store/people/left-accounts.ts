/** The accounts with a licence of ours that were left when a name was corrected, as they are stored. */
import { z } from 'zod';
import type { LeftAccount } from '#lib/domain/person.ts';

const leftSchema = z.object({
  id: z.string(),
  licences: z.array(z.string()),
  licensedAt: z.number().nullable().default(null),
});

/** An earlier version stored one alone. */
const stored = z.union([z.array(leftSchema), leftSchema.transform((one) => [one])]).nullable();

/** `value`: of the column, parsed. The one that was left last comes last. */
export function readLeft(value: unknown): readonly LeftAccount[] {
  return stored.parse(value) ?? [];
}
