/** Licences for the web: bought, used, reserved by our queue, free; who waits for one, and how long they last. */

import { waitingForSeat } from '#db/store/mappings/licences-read.ts';
import { mappingsById } from '#db/store/mappings/mappings.ts';
import { assignedSince } from '#db/store/mappings/mappings-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { forecast, type SeatForecast } from '#lib/domain/licences/forecast.ts';
import { licenceName, makesMailbox } from '#lib/domain/licences/mapping.ts';
import type { SeatClaim } from '#lib/domain/licences/seats.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise } from '#lib/services/http/errors.ts';
import { readStartForecast } from '#lib/services/starts/start-forecast.ts';
import { readSeats, uses } from './seats.ts';

export interface LicenceItem {
  skuPartNumber: string;
  name: string;
  capabilityStatus: string;
  makesMailbox: boolean;
  bought: number;
  used: number;
  free: number;
  /** People in our queue who need one. */
  reserved: number;
  /** The same people by state. */
  promisedTo: readonly SeatClaim[];
  /** Free, and promised to nobody. */
  left: number;
  forecast: SeatForecast;
  /** EmployeeTypes whose mapping uses it. */
  employeeTypes: string[];
  /** The first few people waiting for a seat, in the order in which they get one. */
  waiting: { id: number; displayName: string; firstSeenAt: number; startDate: string | null }[];
  waitingTotal: number;
}

export interface Licences {
  items: LicenceItem[];
  /** When the numbers were read; null: never. */
  seenAt: number | null;
}

const PACE_DAYS = 14;
const DAY_MS = 24 * 3_600_000;
const WAITING_SHOWN = 10;

/** Every licence of the tenant, those with a mailbox first. */
export function readLicences(operator: Operator | null): Licences {
  authorise(operator, 'mappings:read');
  const db = database();
  const licences = readSeats(db);
  const now = Date.now();
  const toBuy = readStartForecast(operator).weeks.flatMap(({ missing }) => missing);
  const { since, given } = assignedSince(db, now - PACE_DAYS * DAY_MS);
  const versions = mappingsById(
    db,
    given.map(({ mappingId }) => mappingId),
  );
  const items = licences.map(({ sku, seats, users }): LicenceItem => {
    const { skuPartNumber } = sku;
    const { bought, used, free, promised: reserved, promisedTo, left } = seats;
    const recent = given.filter(({ mappingId }) => {
      const mapping = versions.get(mappingId);
      return mapping !== undefined && uses(mapping, skuPartNumber);
    });
    const keys = users.map(({ key }) => key);
    const waiting = waitingForSeat(db, keys, WAITING_SHOWN);
    return {
      skuPartNumber,
      name: licenceName(skuPartNumber),
      capabilityStatus: sku.capabilityStatus,
      makesMailbox: makesMailbox(sku),
      bought,
      used,
      free,
      reserved,
      promisedTo,
      left,
      forecast: forecast({
        free,
        reserved,
        missing: toBuy
          .filter((one) => one.skuPartNumber === skuPartNumber.toUpperCase())
          .reduce((sum, { seats: n }) => sum + n, 0),
        given: recent.reduce((sum, { people }) => sum + people, 0),
        days: (now - since) / DAY_MS,
      }),
      employeeTypes: users.map(({ employeeType }) => employeeType),
      waiting: waiting.people,
      waitingTotal: waiting.total,
    };
  });
  items.sort(
    (a, b) =>
      Number(b.makesMailbox) - Number(a.makesMailbox) || b.reserved - a.reserved || a.name.localeCompare(b.name),
  );
  return { items, seenAt: licences[0]?.sku.seenAt ?? null };
}
