/** How newcomers have fared over time: counts by day, and how long steps took by week. Pure. */

import { isClosed, needsSomebody, PERSON_STATES, type PersonState } from '#lib/domain/states.ts';
import { addDays, dayAt, weekOf } from './days.ts';

/** What became of those who arrived, as the chart tells them apart. */
export const OUTCOMES = ['open', 'waiting', 'attention', 'closed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

function outcomeOf(state: PersonState): Outcome {
  if (state === 'dismissed') return 'closed';
  if (isClosed(state)) return 'open';
  return needsSomebody(state) ? 'attention' : 'waiting';
}

/** People by state as the few outcomes that a picture tells apart. */
export function countByOutcome(counts: Readonly<Record<PersonState, number>>): Record<Outcome, number> {
  const sums = { open: 0, waiting: 0, attention: 0, closed: 0 };
  for (const state of PERSON_STATES) sums[outcomeOf(state)] += counts[state];
  return sums;
}

export interface DayCounts {
  /** `2026-11-27`. */
  day: string;
  /** Who arrived on that day, by what they are now. */
  arrived: Record<Outcome, number>;
  /** Mailboxes that opened on that day. */
  opened: number;
}

/** Full hours since 1970, UTC, and how many people fall into each. */
export interface HourCount {
  hour: number;
  people: number;
}

const HOUR_MS = 3_600_000;

/** One entry for each of the last `days` days, the newest last, also where nothing happened. */
export function countByDay(
  arrivals: readonly (HourCount & { state: PersonState })[],
  openings: readonly HourCount[],
  { today, days, timeZone }: { today: string; days: number; timeZone: string },
): DayCounts[] {
  const counts = new Map<string, DayCounts>();
  for (let ago = days - 1; ago >= 0; ago -= 1) {
    const day = addDays(today, -ago);
    counts.set(day, { day, arrived: { open: 0, waiting: 0, attention: 0, closed: 0 }, opened: 0 });
  }
  const dayOf = ({ hour }: HourCount) => counts.get(dayAt(hour * HOUR_MS, timeZone));
  for (const arrival of arrivals) {
    const day = dayOf(arrival);
    if (day) day.arrived[outcomeOf(arrival.state)] += arrival.people;
  }
  for (const opening of openings) {
    const day = dayOf(opening);
    if (day) day.opened += opening.people;
  }
  return [...counts.values()];
}

export interface WeekTimes {
  /** Its Monday. */
  week: string;
  people: number;
  /** Half of the people, and 19 of 20, took at most this long; ms. Null: nobody took the step in that week. */
  medianMs: number | null;
  p95Ms: number | null;
}

function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? null;
}

/** By the week in which the step ended, one entry for each of the last `weeks` weeks. `ms` below 0 is counted as 0. */
export function timesByWeek(
  steps: readonly { endedAt: number; ms: number }[],
  { today, weeks, timeZone }: { today: string; weeks: number; timeZone: string },
): WeekTimes[] {
  const thisWeek = weekOf(today);
  const known = new Map<string, number[]>();
  for (let ago = weeks - 1; ago >= 0; ago -= 1) known.set(addDays(thisWeek, -7 * ago), []);
  for (const { endedAt, ms } of steps) known.get(weekOf(dayAt(endedAt, timeZone)))?.push(Math.max(0, ms));
  return [...known].map(([week, all]) => {
    const sorted = all.sort((a, b) => a - b);
    return { week, people: sorted.length, medianMs: percentile(sorted, 0.5), p95Ms: percentile(sorted, 0.95) };
  });
}
