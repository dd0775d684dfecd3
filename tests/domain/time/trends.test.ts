import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PERSON_STATES, type PersonState } from '#lib/domain/states.ts';
import { addDays, dayAt, dayStart } from '#lib/domain/time/days.ts';
import { countByDay, countByOutcome, OUTCOMES, timesByWeek } from '#lib/domain/time/trends.ts';

const HOUR_MS = 3_600_000;
const range = { today: '2026-11-27', days: 30, timeZone: 'Europe/Berlin' };

test('everybody who arrived in the range is counted once, on the day that clocks in the zone showed', () => {
  const from = dayStart(addDays(range.today, -29), range.timeZone) / HOUR_MS;
  const arrival = fc.record({
    hour: fc.integer({ min: from, max: from + 30 * 24 - 1 }),
    people: fc.integer({ min: 1, max: 9 }),
    state: fc.constantFrom(...PERSON_STATES),
  });
  fc.assert(
    fc.property(fc.array(arrival), fc.array(arrival), (arrivals, openings) => {
      const days = countByDay(arrivals, openings, range);
      expect(days.map(({ day }) => day)).toEqual(Array.from({ length: 30 }, (_, n) => addDays('2026-10-29', n)));
      for (const { day, arrived, opened } of days) {
        const ofDay = ({ hour }: { hour: number }) => dayAt(hour * HOUR_MS, range.timeZone) === day;
        const sum = (all: readonly { hour: number; people: number }[]) =>
          all.filter(ofDay).reduce((total, { people }) => total + people, 0);
        expect(OUTCOMES.reduce((total, outcome) => total + arrived[outcome], 0)).toBe(sum(arrivals));
        expect(opened).toBe(sum(openings));
      }
    }),
  );
});

test('who needs a human, waits, is done or was closed are told apart', () => {
  const hour = dayStart(range.today, range.timeZone) / HOUR_MS;
  const arrivals = PERSON_STATES.map((state) => ({ hour, people: 1, state }));
  expect(countByDay(arrivals, [], range).at(-1)?.arrived).toEqual({ open: 2, waiting: 4, attention: 3, closed: 1 });
});

test('half and 19 of 20 of a week are real waits of that week; an empty week says nothing', () => {
  const endedAt = dayStart('2026-11-17', range.timeZone);
  const steps = Array.from({ length: 20 }, (_, n) => ({ endedAt, ms: (n + 1) * 1000 }));
  const weeks = timesByWeek([...steps, { endedAt, ms: -5 }], { ...range, weeks: 3 });
  expect(weeks).toEqual([
    { week: '2026-11-09', people: 0, medianMs: null, p95Ms: null },
    { week: '2026-11-16', people: 21, medianMs: 10_000, p95Ms: 19_000 },
    { week: '2026-11-23', people: 0, medianMs: null, p95Ms: null },
  ]);
});

test('who arrived or was done outside of the range is not counted in it', () => {
  const hour = dayStart(addDays(range.today, -30), range.timeZone) / HOUR_MS;
  const days = countByDay([{ hour, people: 3, state: 'queued' }], [{ hour, people: 3 }], range);
  expect(days.map(({ arrived, opened }) => [arrived.waiting, opened])).toEqual(Array(30).fill([0, 0]));
  const weeks = timesByWeek([{ endedAt: hour * HOUR_MS, ms: 1 }], { ...range, weeks: 2 });
  expect(weeks.map(({ people }) => people)).toEqual([0, 0]);
});

test('people by state are the same people by outcome', () => {
  const counts = Object.fromEntries(PERSON_STATES.map((state, at) => [state, 2 ** at])) as Record<PersonState, number>;
  const sums = countByOutcome(counts);
  expect(sums.open).toBe(counts.provisioned + counts.already_provisioned);
  expect(sums.attention).toBe(counts.held + counts.needs_attention + counts.awaiting_seat);
  expect(sums.closed).toBe(counts.dismissed);
  expect(OUTCOMES.reduce((sum, outcome) => sum + sums[outcome], 0)).toBe(2 ** PERSON_STATES.length - 1);
});
