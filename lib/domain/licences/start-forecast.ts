/** Who starts in which week, who will be ready, and which seats are short by when. Pure. */
import { addDays, dayAt, dayStart, weekOf } from '#lib/domain/time/days.ts';

/** People alike: same EmployeeType, first day and prospects. */
export interface StartGroup {
  employeeTypeKey: string;
  /** The first day at work; null: they wait already, and named none or one that is past. */
  startDate: string | null;
  /** From when a seat is kept for them, ms UTC. */
  dueAt: number;
  people: number;
  /** Part numbers of the licences they need. */
  licences: readonly string[];
  /**
   * `ready`: licensed, or with a mailbox. `open`: licensed by itself once a seat is free. `attention`: somebody has to act first.
   * `planned`: in no file yet.
   */
  standing: 'ready' | 'open' | 'attention' | 'planned';
}

/** Seats of one licence that are missing for people who start in one week. */
export interface Shortage {
  skuPartNumber: string;
  seats: number;
  /** The last day on which buying is early enough for the first of them. */
  buyBy: string;
  /** Who is left without: of each group those who came last. */
  without: { group: StartGroup; people: number }[];
}

export interface StartWeek {
  /** Its Monday; null: those who wait already. */
  week: string | null;
  /** `starts` = `ready` + `attention` + `short`. */
  starts: number;
  /** Has a mailbox or a licence, or will get one in time with the seats that there are. */
  ready: number;
  /** Somebody has to act before they can be licensed. */
  attention: number;
  /** For want of a seat. */
  short: number;
  /** How many of them are in no file yet. */
  planned: number;
  shortages: Shortage[];
}

export interface ForecastRules {
  today: string;
  timeZone: string;
  /** How long 19 of 20 mailboxes take after the licence, in ms. */
  usualMailboxMs: number;
}

/** Buying on this day is early enough for somebody who starts then. */
function lastDayToBuy(startDate: string | null, { today, timeZone, usualMailboxMs }: ForecastRules): string {
  if (startDate === null) return today;
  const day = dayAt(dayStart(startDate, timeZone) - usualMailboxMs - 1, timeZone);
  return day < today ? today : day;
}

const NOBODY = { starts: 0, ready: 0, attention: 0, short: 0, planned: 0 };

/** In the order in which seats are given: from the day a licence is due, to whoever starts first. */
function inSeatOrder(groups: readonly StartGroup[]): StartGroup[] {
  const day = ({ startDate }: StartGroup) => startDate ?? '';
  return groups.toSorted((a, b) => a.dueAt - b.dueAt || day(a).localeCompare(day(b)));
}

/**
 * The weeks in which somebody starts, in order, and before them those who wait already. `free`: seats by part number. Seats of two
 * licences that somebody needs are given independently: what is said to be short is what has to be bought for everybody to be ready.
 */
export function forecastStarts(
  groups: readonly StartGroup[],
  free: ReadonlyMap<string, number>,
  rules: ForecastRules,
): StartWeek[] {
  const left = new Map(free);
  const weeks = new Map<string | null, StartWeek>();
  for (const group of inSeatOrder(groups)) {
    const week = group.startDate === null ? null : weekOf(group.startDate);
    const known = weeks.get(week) ?? { week, ...NOBODY, shortages: [] };
    weeks.set(week, known);
    const short = group.standing === 'ready' ? 0 : takeSeats(group, left, known.shortages, rules);
    addPeople(known, group, short);
  }
  return [...weeks.values()].sort((a, b) => (a.week ?? '').localeCompare(b.week ?? ''));
}

/** Takes the seats a group needs; returns for how many of its people one is missing, and notes it. */
function takeSeats(group: StartGroup, left: Map<string, number>, shortages: Shortage[], rules: ForecastRules): number {
  let most = 0;
  for (const skuPartNumber of new Set(group.licences)) {
    const seats = left.get(skuPartNumber) ?? 0;
    const missing = Math.max(0, group.people - seats);
    left.set(skuPartNumber, seats - (group.people - missing));
    most = Math.max(most, missing);
    if (missing > 0) noteShortage(shortages, skuPartNumber, group, missing, rules);
  }
  return most;
}

function noteShortage(
  shortages: Shortage[],
  skuPartNumber: string,
  group: StartGroup,
  missing: number,
  rules: ForecastRules,
): void {
  const buyBy = lastDayToBuy(group.startDate, rules);
  const known = shortages.find((one) => one.skuPartNumber === skuPartNumber);
  if (!known) {
    shortages.push({ skuPartNumber, seats: missing, buyBy, without: [{ group, people: missing }] });
    return;
  }
  known.seats += missing;
  known.without.push({ group, people: missing });
  if (buyBy < known.buyBy) known.buyBy = buyBy;
}

function addPeople(week: StartWeek, { people, standing }: StartGroup, short: number): void {
  week.starts += people;
  if (standing === 'planned') week.planned += people;
  if (standing === 'attention') week.attention += people;
  else {
    week.short += short;
    week.ready += people - short;
  }
}

/** The Sunday of a week that begins on this Monday. */
export function endOfWeek(monday: string): string {
  return addDays(monday, 6);
}
