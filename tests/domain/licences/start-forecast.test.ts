import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOfWeek, forecastStarts, type StartGroup, type StartWeek } from '#lib/domain/licences/start-forecast.ts';
import { addDays, dayStart, weekOf } from '#lib/domain/time/days.ts';

const TODAY = '2026-11-27';
const RULES = { today: TODAY, timeZone: 'Europe/Berlin', usualMailboxMs: 30 * 60_000 };
const NOW = dayStart(TODAY, RULES.timeZone);
const HOUR = 3_600_000;
const SKUS = ['PLAN_1', 'KIOSK', 'E3'];

function group(change: Partial<StartGroup> = {}): StartGroup {
  return {
    employeeTypeKey: 'e',
    startDate: '2026-12-04',
    dueAt: NOW,
    people: 1,
    licences: ['PLAN_1'],
    standing: 'open',
    ...change,
  };
}

const weeksOf = (groups: StartGroup[], free: Record<string, number>) =>
  forecastStarts(groups, new Map(Object.entries(free)), RULES);

test('says how many seats are short for a week, by when to buy them, and for whom', () => {
  const early = group({ people: 5, startDate: '2026-11-30' });
  const late = group({ people: 20, startDate: '2026-12-04' });
  expect(weeksOf([late, early], { PLAN_1: 13 })).toEqual([
    {
      week: '2026-11-30',
      starts: 25,
      ready: 13,
      attention: 0,
      short: 12,
      planned: 0,
      shortages: [{ skuPartNumber: 'PLAN_1', seats: 12, buyBy: '2026-12-03', without: [{ group: late, people: 12 }] }],
    },
  ]);
});

test('whoever is licensed takes no seat, whoever needs attention keeps one and is not called ready', () => {
  const weeks = weeksOf(
    [group({ standing: 'ready', people: 3 }), group({ standing: 'attention', people: 2 }), group()],
    { PLAN_1: 2 },
  );
  expect(weeks).toMatchObject([{ starts: 6, ready: 3, attention: 2, short: 1, shortages: [{ seats: 1 }] }]);
});

test('who waits already comes first and needs the seats today; planned newcomers count like others and are told apart', () => {
  const weeks = weeksOf([group({ standing: 'planned', people: 4 }), group({ startDate: null, people: 3 })], {
    PLAN_1: 2,
  });
  expect(weeks).toMatchObject([
    { week: null, starts: 3, ready: 2, short: 1, shortages: [{ buyBy: TODAY, seats: 1 }] },
    { week: '2026-11-30', starts: 4, short: 4, planned: 4 },
  ]);
});

test('somebody whose licence is due earlier has the seat, although another starts before', () => {
  const dueNow = group({ startDate: '2026-12-20', dueAt: NOW });
  const dueLater = group({ startDate: '2026-12-10', dueAt: NOW + 24 * HOUR });
  expect(weeksOf([dueLater, dueNow], { PLAN_1: 1 })).toMatchObject([
    { week: '2026-12-07', short: 1 },
    { week: '2026-12-14', ready: 1 },
  ]);
});

test('without usual times buying is early enough on the day before; of a start today or past, today', () => {
  const of = (startDate: string) => weeksOf([group({ startDate })], {})[0]?.shortages[0]?.buyBy;
  expect([of('2026-12-01'), of(TODAY), of('2026-11-28')]).toEqual(['2026-11-30', TODAY, TODAY]);
});

const anyGroup = fc.record({
  employeeTypeKey: fc.constantFrom('e', 'n'),
  startDate: fc.option(
    fc.integer({ min: 0, max: 60 }).map((days) => addDays(TODAY, days)),
    { nil: null, freq: 5 },
  ),
  dueAt: fc.integer({ min: 0, max: 40 }).map((hours) => NOW + hours * HOUR),
  people: fc.integer({ min: 1, max: 40 }),
  licences: fc.uniqueArray(fc.constantFrom(...SKUS), { maxLength: 3 }),
  standing: fc.constantFrom('ready', 'open', 'attention', 'planned'),
}) satisfies fc.Arbitrary<StartGroup>;
const anyFree = fc.record({
  PLAN_1: fc.integer({ min: 0, max: 120 }),
  KIOSK: fc.integer({ min: 0, max: 120 }),
  E3: fc.integer({ min: 0, max: 120 }),
});

const shortOf = (weeks: readonly StartWeek[], sku: string) =>
  weeks
    .flatMap(({ shortages }) => shortages)
    .filter(({ skuPartNumber }) => skuPartNumber === sku)
    .reduce((sum, { seats }) => sum + seats, 0);
const needOf = (groups: readonly StartGroup[], sku: string) =>
  groups
    .filter(({ standing, licences }) => standing !== 'ready' && licences.includes(sku))
    .reduce((sum, { people }) => sum + people, 0);

test('every person is counted once; what is called short is exactly what is missing, and buying it is enough', () => {
  fc.assert(
    fc.property(fc.array(anyGroup, { maxLength: 20 }), anyFree, (groups, free) => {
      const weeks = weeksOf(groups, free);
      for (const { starts, ready, attention, short } of weeks) expect(ready + attention + short).toBe(starts);
      const all = groups.reduce((sum, { people }) => sum + people, 0);
      expect(weeks.reduce((sum, { starts }) => sum + starts, 0)).toBe(all);
      const bought: Record<string, number> = { ...free };
      for (const sku of ['PLAN_1', 'KIOSK', 'E3'] as const) {
        expect(shortOf(weeks, sku)).toBe(Math.max(0, needOf(groups, sku) - free[sku]));
        bought[sku] = free[sku] + shortOf(weeks, sku);
      }
      const after = weeksOf(groups, bought);
      expect(after.flatMap(({ shortages }) => shortages)).toEqual([]);
      expect(after.every(({ short }) => short === 0)).toBe(true);
      for (const sku of SKUS.filter((one) => shortOf(weeks, one) > 0))
        expect(shortOf(weeksOf(groups, { ...bought, [sku]: (bought[sku] ?? 0) - 1 }), sku)).toBe(1);
    }),
  );
});

test('seats go in order: nobody is without one while somebody whose turn is later has one of the same licence', () => {
  fc.assert(
    fc.property(fc.array(anyGroup, { maxLength: 20 }), anyFree, (groups, free) => {
      const turn = ({ dueAt, startDate }: StartGroup) => `${dueAt} ${startDate ?? ''}`;
      const weeks = weeksOf(groups, free);
      for (const sku of SKUS) {
        const without = weeks
          .flatMap(({ shortages }) => shortages)
          .filter(({ skuPartNumber }) => skuPartNumber === sku)
          .flatMap(({ without: some }) => some);
        const first = without.map(({ group: one }) => turn(one)).sort()[0];
        if (first === undefined) continue;
        const later = groups.filter(
          (one) => one.standing !== 'ready' && one.licences.includes(sku) && turn(one) > first,
        );
        for (const one of later)
          expect(without.filter(({ group: other }) => other === one).map(({ people }) => people)).toEqual([one.people]);
      }
    }),
  );
});

test('each shortage is bought in time for the first of those concerned, and never later than their week', () => {
  fc.assert(
    fc.property(fc.array(anyGroup, { maxLength: 20 }), anyFree, (groups, free) => {
      for (const { week, shortages } of weeksOf(groups, free))
        for (const { buyBy, without } of shortages) {
          expect(buyBy >= TODAY).toBe(true);
          const first = without.map(({ group: { startDate } }) => startDate ?? TODAY).sort()[0] ?? '';
          expect(buyBy <= first).toBe(true);
          expect(
            without.every(({ group: { startDate } }) => (startDate === null ? null : weekOf(startDate)) === week),
          ).toBe(true);
        }
    }),
  );
});

test('a licence that is short for several groups of a week is told once, for all of them, in time for the first', () => {
  const late = group({ people: 20, startDate: '2026-12-04', dueAt: NOW });
  const early = group({ people: 5, startDate: '2026-12-01', dueAt: NOW + HOUR });
  for (const groups of [
    [late, early],
    [
      { ...late, dueAt: early.dueAt },
      { ...early, dueAt: late.dueAt },
    ],
  ])
    expect(weeksOf(groups, {})).toMatchObject([
      { short: 25, shortages: [{ skuPartNumber: 'PLAN_1', seats: 25, buyBy: '2026-11-30', without: [{}, {}] }] },
    ]);
});

test('of those who start on one day, whoever came first has the seat', () => {
  const first = group({ employeeTypeKey: 'first' });
  const second = group({ employeeTypeKey: 'second' });
  for (const groups of [
    [first, second],
    [second, first],
  ])
    expect(weeksOf(groups, { PLAN_1: 1 })).toMatchObject([{ shortages: [{ without: [{ group: groups[1] }] }] }]);
});

test('where mailboxes take no time, the day before is the last one to buy', () => {
  const [week] = forecastStarts([group()], new Map(), { ...RULES, usualMailboxMs: 0 });
  expect(week?.shortages[0]?.buyBy).toBe('2026-12-03');
});

test('a week ends on its Sunday', () => {
  expect(endOfWeek('2026-11-30')).toBe('2026-12-06');
});
