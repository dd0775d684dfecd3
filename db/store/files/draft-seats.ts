/** The seats available to a dry run over an upload: free seats, less those that people before the upload will take. */
import { and, count, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { subscribedSkus } from '#db/schema/mappings.ts';
import { dryRunOutcomes } from '#db/schema/outcomes.ts';
import { people, upnsInOrder } from '#db/schema/people.ts';
import { mappingsInForce } from '#db/store/mappings/mappings.ts';
import { countByType } from '#db/store/people/people.ts';
import { freeSeats } from '#lib/domain/licences/mapping.ts';
import type { PersonState } from '#lib/domain/states.ts';

/** People in these states come before an upload that is not imported yet. */
const BEFORE_A_DRAFT: readonly PersonState[] = ['queued', 'awaiting_seat', 'held'];

/** Free seats by part number (upper case), less those that waiting people outside the upload will take first. */
export function seatsForDraft(db: Tx, runId: string): Map<string, number> {
  const seats = new Map<string, number>();
  for (const row of db.select().from(subscribedSkus).all()) seats.set(row.skuPartNumber.toUpperCase(), freeSeats(row));
  const mappings = mappingsInForce(db);
  const peopleInUpload = new Map(inUpload(db, runId).map((row) => [row.employeeTypeKey, row.people]));
  for (const { employeeTypeKey, people: waiting } of countByType(db, BEFORE_A_DRAFT)) {
    const ahead = waiting - (peopleInUpload.get(employeeTypeKey) ?? 0);
    for (const { skuPartNumber } of mappings.get(employeeTypeKey)?.licences ?? []) {
      const key = skuPartNumber.toUpperCase();
      const free = seats.get(key);
      if (free !== undefined) seats.set(key, Math.max(0, free - ahead));
    }
  }
  return seats;
}

function inUpload(db: Tx, runId: string): { employeeTypeKey: string; people: number }[] {
  return db
    .select({ employeeTypeKey: people.employeeTypeKey, people: count() })
    .from(dryRunOutcomes)
    .innerJoin(upnsInOrder, eq(upnsInOrder.upnKey, sql`lower(${dryRunOutcomes.userPrincipalName})`))
    .innerJoin(people, eq(people.id, upnsInOrder.personId))
    .where(and(eq(dryRunOutcomes.runId, runId), inArray(people.state, [...BEFORE_A_DRAFT])))
    .groupBy(people.employeeTypeKey)
    .all();
}
