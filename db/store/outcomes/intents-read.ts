/** What is being written to an account right now. */
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { intents } from '#db/schema/outcomes.ts';
import { runs } from '#db/schema/runs.ts';

const payloadSchema = z.object({
  usageLocation: z.string().optional(),
  addLicenses: z.array(z.object({ skuPartNumber: z.string() })).optional(),
});

export interface WritesInProgress {
  skuPartNumbers: string[];
  usageLocation: string | null;
  since: number;
}

/** The writes to a person's account that a running run has started and not finished; null: none. */
export function writesInProgress(db: Tx, personId: number): WritesInProgress | null {
  const open = db
    .select({ payload: intents.payload, at: intents.createdAt })
    .from(intents)
    .innerJoin(runs, eq(runs.id, intents.runId))
    .where(and(eq(intents.personId, personId), isNull(intents.settledAt), eq(runs.status, 'running')))
    .all();
  const [first] = open;
  if (!first) return null;
  const payloads = open.map(({ payload }) => payloadSchema.parse(payload));
  return {
    skuPartNumbers: payloads.flatMap(({ addLicenses }) => addLicenses?.map((licence) => licence.skuPartNumber) ?? []),
    usageLocation: payloads.find(({ usageLocation }) => usageLocation !== undefined)?.usageLocation ?? null,
    since: first.at,
  };
}
