/** Who starts when, and which seats will be short by when. */
import type { Tx } from '#db/client.ts';
import { mappingsInForce } from '#db/store/mappings/mappings.ts';
import { knownSkus } from '#db/store/mappings/mappings-read.ts';
import { stepDurations } from '#db/store/people/cases-read.ts';
import { peopleGroups, sumByKey } from '#db/store/people/people-counts.ts';
import { plannedFrom } from '#db/store/starts/planned-starts.ts';
import {
  countStarts,
  lastAwaitingSeat,
  lastWithoutLicence,
  namedSince,
  type StartCount,
} from '#db/store/starts/starts-read.ts';
import { readSettings } from '#db/store/system/settings.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { dayAt, shortDay } from '#lib/domain/days.ts';
import { freeSeats, licenceName, type Mapping } from '#lib/domain/licences/mapping.ts';
import { endOfWeek, forecastStarts, type Shortage, type StartGroup } from '#lib/domain/licences/start-forecast.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';
import { licenceDue, type StartRules } from '#lib/domain/start-date.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { usualTime } from '#lib/domain/usual-time.ts';
import { readEnv } from '#lib/env.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise } from '#lib/services/http/errors.ts';

export interface MissingSeats {
  skuPartNumber: string;
  name: string;
  seats: number;
  /** `2026-12-03`, and as `Thu 3 Dec`. */
  buyBy: string;
  buyByText: string;
  /** Some of those who will have none. */
  people: { id: number; displayName: string }[];
  /** How many of them are in no file yet. */
  planned: number;
}

export interface ForecastWeek {
  /** Its Monday; null: those who wait already. */
  week: string | null;
  /** `Mon 30 Nov to Sun 6 Dec`, or `Waiting now`. */
  text: string;
  starts: number;
  ready: number;
  attention: number;
  short: number;
  planned: number;
  missing: MissingSeats[];
}

interface PlannedItem {
  id: number;
  employeeType: string;
  startDate: string;
  startText: string;
  people: number;
  /** How many of them a file has named since. */
  named: number;
  createdBy: string;
}

export interface StartForecast {
  weeks: ForecastWeek[];
  planned: PlannedItem[];
  /** EmployeeTypes to plan with. */
  employeeTypes: string[];
  /** The earliest day to plan for. */
  today: string;
}

/** States in which somebody without a start date, or with one that is past, is going to take a seat by itself. */
const WAITING_NOW: readonly PersonState[] = ['queued', 'awaiting_sync', 'awaiting_seat'];
const NAMES_SHOWN = 12;

interface Basis {
  db: Tx;
  now: number;
  today: string;
  rules: StartRules;
  mappings: ReadonlyMap<string, Mapping>;
  /** Whoever starts today or later. */
  starting: readonly StartCount[];
}

function licencesOf(mapping: Mapping | undefined): string[] {
  return mapping?.licences.map(({ skuPartNumber }) => skuPartNumber.toUpperCase()) ?? [];
}

function standingOf({ state, isLicensed }: StartCount, mapping: Mapping | undefined): StartGroup['standing'] {
  if (state === 'needs_attention' || state === 'held') return 'attention';
  if (isLicensed || state === 'awaiting_mailbox' || state === 'provisioned' || state === 'already_provisioned')
    return 'ready';
  return mapping ? 'open' : 'attention';
}

/** Whoever is no longer waiting for the start is looking for a seat already. */
function dueAt(state: PersonState | null, startDate: string, mapping: Mapping | undefined, basis: Basis): number {
  const isDue = state !== null && state !== 'awaiting_start' && state !== 'queued';
  const due = isDue ? null : licenceDue(startDate, mapping?.leadTime ?? basis.rules.leadTime, basis.rules);
  return Math.max(basis.now, due?.at ?? 0);
}

function dated(basis: Basis): StartGroup[] {
  return basis.starting.map((count) => {
    const mapping = basis.mappings.get(count.employeeTypeKey);
    const { employeeTypeKey: key, startDate, people, state, isLicensed } = count;
    return {
      ...{ employeeTypeKey: key, startDate, people, standing: standingOf(count, mapping) },
      dueAt: dueAt(state, startDate, mapping, basis),
      licences: isLicensed ? [] : licencesOf(mapping),
    };
  });
}

/** Everybody in these states who does not start later. */
function waitingNow(basis: Basis, states: readonly PersonState[], isOpen: boolean): StartGroup[] {
  const { db, now, mappings, starting } = basis;
  const waiting = sumByKey(peopleGroups(db, { states }), (group) => group.employeeTypeKey);
  return [...waiting].flatMap(([key, all]): StartGroup[] => {
    const later = starting.filter(({ employeeTypeKey: type, state }) => type === key && states.includes(state));
    const people = all - later.reduce((sum, { people: n }) => sum + n, 0);
    const mapping = mappings.get(key);
    const standing = isOpen && mapping ? 'open' : 'attention';
    if (people <= 0) return [];
    return [{ employeeTypeKey: key, startDate: null, dueAt: now, people, licences: licencesOf(mapping), standing }];
  });
}

function plannedItems({ db, today }: Basis): PlannedItem[] {
  return plannedFrom(db, today).map(({ id, employeeType, employeeTypeKey: key, startDate, people, ...row }) => ({
    ...{ id, employeeType, startDate, people, createdBy: row.createdBy },
    startText: shortDay(startDate),
    named: Math.min(people, namedSince(db, key, startDate, row.createdAt)),
  }));
}

function plannedGroups(items: readonly PlannedItem[], basis: Basis): StartGroup[] {
  return items.flatMap(({ employeeType, startDate, people, named }): StartGroup[] => {
    const key = employeeTypeKey(employeeType);
    const mapping = basis.mappings.get(key);
    if (people <= named) return [];
    const group = { employeeTypeKey: key, startDate, people: people - named, licences: licencesOf(mapping) };
    return [{ ...group, dueAt: dueAt(null, startDate, mapping, basis), standing: 'planned' }];
  });
}

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
  return { skuPartNumber, name, seats, buyBy, buyByText: shortDay(buyBy), people: named, planned };
}

/** Who starts from this week on, and what is missing for it. */
export function readStartForecast(operator: Operator | null): StartForecast {
  authorise(operator, 'mappings:read');
  const db = database();
  const now = Date.now();
  const { timeZone, leadTime, waitUntilEnabled } = readSettings(db, readEnv());
  const usualMailboxMs = usualTime('awaiting_mailbox', stepDurations(db))?.p95Ms ?? 0;
  const today = dayAt(now, timeZone);
  const rules = { timeZone, leadTime, waitUntilEnabled, usualMailboxMs };
  const basis: Basis = { db, now, today, rules, mappings: mappingsInForce(db), starting: countStarts(db, today) };
  const planned = plannedItems(basis);
  const groups = [
    ...waitingNow(basis, WAITING_NOW, true),
    ...waitingNow(basis, ['held'], false),
    ...dated(basis),
    ...plannedGroups(planned, basis),
  ];
  const free = new Map(knownSkus(db).map((sku) => [sku.skuPartNumber.toUpperCase(), freeSeats(sku)]));
  const weeks = forecastStarts(groups, free, { today, timeZone, usualMailboxMs });
  return {
    weeks: weeks.map(({ week, shortages, ...counts }) => ({
      week,
      text: week === null ? 'Waiting now' : `${shortDay(week)} to ${shortDay(endOfWeek(week))}`,
      ...counts,
      missing: shortages.map((shortage) => missingSeats(db, shortage)),
    })),
    planned,
    employeeTypes: [...basis.mappings.values()].map(({ employeeType }) => employeeType).sort(),
    today,
  };
}
