/** Who starts or waits and has no licence yet, in groups, and the seats they will take. */
import type { Tx } from '#db/client.ts';
import { mappingsInForce } from '#db/store/mappings/mappings.ts';
import { stepDurations } from '#db/store/people/cases-read.ts';
import { peopleGroups, sumByKey } from '#db/store/people/people-counts.ts';
import { plannedFrom } from '#db/store/starts/planned-starts.ts';
import { countStarts, namedSince, type StartCount } from '#db/store/starts/starts-read.ts';
import { readSettings } from '#db/store/system/settings.ts';
import type { Mapping } from '#lib/domain/licences/mapping.ts';
import type { ForecastRules, StartGroup } from '#lib/domain/licences/start-forecast.ts';
import { employeeTypeKey } from '#lib/domain/person.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { dayAt } from '#lib/domain/time/days.ts';
import { licenceDue, type StartRules } from '#lib/domain/time/start-date.ts';
import { usualTime } from '#lib/domain/time/usual-time.ts';
import { readEnv } from '#lib/env.ts';

export interface PlannedItem {
  id: number;
  employeeType: string;
  startDate: string;
  people: number;
  /** How many of them a file has named since. */
  named: number;
  createdBy: string;
}

/** States in which somebody without a start date, or with one that is past, is going to take a seat by itself. */
const WAITING_NOW: readonly PersonState[] = ['queued', 'awaiting_sync', 'awaiting_seat'];

interface Basis {
  db: Tx;
  now: number;
  today: string;
  rules: StartRules & ForecastRules;
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
    const { employeeTypeKey: key, startDate, people, state, isLicensed, needNoSeat } = count;
    return {
      employeeTypeKey: key,
      startDate,
      people,
      standing: standingOf(count, mapping),
      dueAt: dueAt(state, startDate, mapping, basis),
      licences: isLicensed || needNoSeat ? [] : licencesOf(mapping),
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
    id,
    employeeType,
    startDate,
    people,
    createdBy: row.createdBy,
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

/** Who has no licence yet, by EmployeeType and first day, and by what rules they get one. */
export function startGroups(db: Tx, now: number): { basis: Basis; planned: PlannedItem[]; groups: StartGroup[] } {
  const { timeZone, leadTime, waitUntilEnabled } = readSettings(db, readEnv());
  const usualMailboxMs = usualTime('awaiting_mailbox', stepDurations(db))?.p95Ms ?? 0;
  const today = dayAt(now, timeZone);
  const rules = { today, timeZone, leadTime, waitUntilEnabled, usualMailboxMs };
  const basis: Basis = { db, now, today, rules, mappings: mappingsInForce(db), starting: countStarts(db, today) };
  const planned = plannedItems(basis);
  const groups = [
    ...waitingNow(basis, WAITING_NOW, true),
    ...waitingNow(basis, ['held'], false),
    ...dated(basis),
    ...plannedGroups(planned, basis),
  ];
  return { basis, planned, groups };
}

/** Seats that will be needed beside those in use, by licence: how many from which day on. Like the forecast, it counts whom somebody has to approve first. */
export function seatsToCome(db: Tx, now: number): { skuPartNumber: string; day: string; people: number }[] {
  const { basis, groups } = startGroups(db, now);
  return groups
    .filter(({ standing }) => standing !== 'ready')
    .flatMap(({ licences, dueAt: at, people }) =>
      licences.map((skuPartNumber) => ({ skuPartNumber, day: dayAt(at, basis.rules.timeZone), people })),
    );
}
