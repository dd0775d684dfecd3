/** Who starts when, and which seats will be short by when. */
import type { Tx } from '#db/client.ts';
import { knownSkus } from '#db/store/mappings/mappings-read.ts';
import { lastAwaitingSeat, lastWithoutLicence } from '#db/store/starts/starts-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { freeSeats, licenceName } from '#lib/domain/licences/mapping.ts';
import { forecastStarts, type Shortage } from '#lib/domain/licences/start-forecast.ts';
import { authorise } from '#lib/services/http/errors.ts';
import { keptUntilWritten } from '#lib/services/http/kept.ts';
import { type PlannedItem, startGroups } from './start-groups.ts';

export interface MissingSeats {
  skuPartNumber: string;
  name: string;
  seats: number;
  /** `2026-12-03` */
  buyBy: string;
  /** Some of those who will have none. */
  people: { id: number; displayName: string }[];
  /** How many of them are in no file yet. */
  planned: number;
}

export interface ForecastWeek {
  /** Its Monday; null: those who wait already. */
  week: string | null;
  starts: number;
  ready: number;
  attention: number;
  short: number;
  planned: number;
  missing: MissingSeats[];
}

export interface StartForecast {
  weeks: ForecastWeek[];
  planned: PlannedItem[];
  /** EmployeeTypes to plan with. */
  employeeTypes: string[];
  /** The earliest day to plan for. */
  today: string;
}

const NAMES_SHOWN = 12;

/** Those who are in a file, by EmployeeType and first day: one question for each. */
function alike(without: Shortage['without']) {
  const sums = new Map<string, { employeeTypeKey: string; startDate: string | null; people: number }>();
  for (const { group, people } of without) {
    if (group.standing === 'planned') continue;
    const { employeeTypeKey: key, startDate } = group;
    const id = `${startDate} ${key}`;
    sums.set(id, { employeeTypeKey: key, startDate, people: (sums.get(id)?.people ?? 0) + people });
  }
  return [...sums.values()];
}

function missingSeats(db: Tx, { skuPartNumber, seats, buyBy, without }: Shortage): MissingSeats {
  const planned = without.reduce((sum, { group, people }) => sum + (group.standing === 'planned' ? people : 0), 0);
  const named: MissingSeats['people'] = [];
  for (const { employeeTypeKey: key, startDate, people } of alike(without)) {
    const limit = Math.min(people, NAMES_SHOWN - named.length);
    if (limit > 0)
      named.push(
        ...(startDate === null ? lastAwaitingSeat(db, key, limit) : lastWithoutLicence(db, key, startDate, limit)),
      );
  }
  const name = licenceName(skuPartNumber);
  return { skuPartNumber, name, seats, buyBy, people: named, planned };
}

const forecast = keptUntilWritten(forecastAt);

/** Who starts from this week on, and what is missing for it. */
export function readStartForecast(operator: Operator | null): StartForecast {
  authorise(operator, 'mappings:read');
  return forecast();
}

function forecastAt(db: Tx, now: number): StartForecast {
  const { basis, planned, groups } = startGroups(db, now);
  const { today } = basis;
  const free = new Map(knownSkus(db).map((sku) => [sku.skuPartNumber.toUpperCase(), freeSeats(sku)]));
  const weeks = forecastStarts(groups, free, basis.rules);
  return {
    weeks: weeks.map(({ week, shortages, ...counts }) => ({
      week,
      ...counts,
      missing: shortages.map((shortage) => missingSeats(db, shortage)),
    })),
    planned,
    employeeTypes: [...basis.mappings.values()].map(({ employeeType }) => employeeType).sort(),
    today,
  };
}
