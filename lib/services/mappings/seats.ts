/** The seats of every licence as all pages tell them. */
import type { Tx } from '#db/client.ts';
import { mappingsInForce } from '#db/store/mappings/mappings.ts';
import { knownSkus } from '#db/store/mappings/mappings-read.ts';
import { peopleGroups } from '#db/store/people/people-counts.ts';
import type { Mapping } from '#lib/domain/licences/mapping.ts';
import { PROMISED_STATES, type SeatBalance, seatBalance } from '#lib/domain/licences/seats.ts';

type KnownSku = ReturnType<typeof knownSkus>[number];

export interface LicenceSeats {
  sku: KnownSku;
  seats: SeatBalance;
  /** Keys and names of the EmployeeTypes whose mapping uses it. */
  users: { key: string; employeeType: string }[];
}

export const uses = (mapping: Mapping, skuPartNumber: string) =>
  mapping.licences.some((licence) => licence.skuPartNumber.toUpperCase() === skuPartNumber.toUpperCase());

/** Every licence of the tenant, as the last run read it and our own writes have changed it since. */
export function readSeats(db: Tx): LicenceSeats[] {
  const inForce = [...mappingsInForce(db)];
  const claims = peopleGroups(db, { states: PROMISED_STATES });
  return knownSkus(db).map((sku) => {
    const users = inForce
      .filter(([, mapping]) => uses(mapping, sku.skuPartNumber))
      .map(([key, { employeeType }]) => ({ key, employeeType }));
    const own = claims.filter(({ employeeTypeKey }) => users.some(({ key }) => key === employeeTypeKey));
    return { sku, users, seats: seatBalance(sku, own) };
  });
}
