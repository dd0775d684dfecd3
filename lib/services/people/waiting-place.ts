/** Which place somebody has on the waiting list for a seat, and who comes before. */
import type { Tx } from '#db/client.ts';
import { placeAmongWaiting } from '#db/store/mappings/licences-read.ts';
import type { PersonRow } from '#db/store/people/people-read.ts';
import { licenceName } from '#lib/domain/licences/mapping.ts';
import type { SeatBalance } from '#lib/domain/licences/seats.ts';
import { readSeats } from '#lib/services/mappings/seats.ts';

export interface WaitingPlace {
  licence: string;
  place: number;
  of: number;
  /** Held people come first as well: a seat is kept for each. */
  held: number;
  seats: SeatBalance;
}

/** One for each licence that is mapped and of which nothing is left; empty for somebody who waits for no seat. */
export function waitingPlaces(db: Tx, { id, state, employeeTypeKey }: PersonRow): WaitingPlace[] {
  if (state !== 'awaiting_seat') return [];
  return readSeats(db)
    .filter(({ users, seats }) => seats.left === 0 && users.some(({ key }) => key === employeeTypeKey))
    .map(({ sku, users, seats }) => ({
      licence: licenceName(sku.skuPartNumber),
      ...placeAmongWaiting(
        db,
        users.map(({ key }) => key),
        id,
      ),
      held: seats.promisedTo.find((claim) => claim.state === 'held')?.people ?? 0,
      seats,
    }));
}
