/** The tenant's licences as runs read them. */
import { sql } from 'drizzle-orm';
import type { Db, Tx } from '#db/client.ts';
import { seatDays, subscribedSkus } from '#db/schema/mappings.ts';
import { makesMailbox, type SubscribedSku } from '#lib/domain/licences/mapping.ts';

/** Stores the tenant's licences as this run read them, and their seats of this day. */
export function saveSubscribedSkus(db: Db, skus: readonly SubscribedSku[], now: number): void {
  const day = new Date(now).toISOString().slice(0, 10);
  db.transaction((tx) => {
    tx.delete(subscribedSkus).run();
    for (const sku of skus) {
      const seats = { bought: sku.enabledUnits + sku.warningUnits, used: sku.consumedUnits };
      tx.insert(seatDays)
        .values({ day, skuPartNumber: sku.skuPartNumber, ...seats })
        .onConflictDoUpdate({ target: [seatDays.day, seatDays.skuPartNumber], set: seats })
        .run();
      tx.insert(subscribedSkus)
        .values({
          skuId: sku.skuId,
          skuPartNumber: sku.skuPartNumber,
          capabilityStatus: sku.capabilityStatus,
          enabledUnits: sku.enabledUnits,
          warningUnits: sku.warningUnits,
          consumedUnits: sku.consumedUnits,
          makesMailbox: makesMailbox(sku),
          servicePlans: sku.servicePlans,
          seenAt: now,
        })
        .run();
    }
  });
}

/** When the tenant's licences were last read; null: never. */
export function skusSeenAt(db: Tx): number | null {
  const row = db
    .select({ at: sql<number | null>`max(${subscribedSkus.seenAt})` })
    .from(subscribedSkus)
    .get();
  return row?.at ?? null;
}
