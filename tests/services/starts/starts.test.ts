import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { subscribedSkus } from '#db/schema/mappings.ts';
import { people } from '#db/schema/people.ts';
import { saveSubscribedSkus } from '#db/store/mappings/licences.ts';
import { seedMappings } from '#db/store/mappings/mappings.ts';
import { addDays, dayAt, weekOf } from '#lib/domain/time/days.ts';
import { readLicences } from '#lib/services/mappings/licences.ts';
import { planStart, unplanStart } from '#lib/services/starts/planned-starts.ts';
import { readStartForecast } from '#lib/services/starts/start-forecast.ts';
import { sku } from '#tests/support/builders.ts';
import { addPerson, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
seedMappings(db, 1);
const helpdesk = operator('Operator');
const viewer = operator('Viewer');
const today = dayAt(Date.now(), 'UTC');
/** A Thursday that is not in this week. */
const thursday = addDays(weekOf(today), 17);
const seats = (free: number) => {
  db.delete(subscribedSkus).run();
  saveSubscribedSkus(db, [sku({ enabledUnits: free, consumedUnits: 0 })], Date.now());
};
const weekOfThursday = () => readStartForecast(viewer).weeks.find(({ week }) => week === weekOf(thursday));

test('with nobody waiting and nobody starting there is nothing to say', () => {
  expect(readStartForecast(viewer)).toMatchObject({ weeks: [], planned: [], employeeTypes: ['E', 'N'] });
});

test('says who starts in a week, who will be ready, and which seats to buy by when for whom', () => {
  seats(2);
  const start = { startDate: thursday, reason: 'before_start' };
  const people = ['Ada', 'Bo', 'Cy', 'Di'].map((displayName) =>
    addPerson(db, { ...start, state: 'awaiting_start', displayName }),
  );
  addPerson(db, { ...start, state: 'provisioned', reason: 'provisioned', licensedAt: 1 });
  addPerson(db, {
    ...start,
    state: 'needs_attention',
    reason: 'account_is_guest',
    employeeType: 'N',
    employeeTypeKey: 'n',
  });
  addPerson(db, { ...start, state: 'dismissed', reason: 'dismissed' });
  const week = weekOfThursday();
  expect(week).toMatchObject({ starts: 6, ready: 3, attention: 1, short: 2, planned: 0 });
  expect(week?.missing.find(({ skuPartNumber }) => skuPartNumber === 'EXCHANGESTANDARD')).toEqual({
    skuPartNumber: 'EXCHANGESTANDARD',
    name: 'Exchange Online (Plan 1)',
    seats: 2,
    buyBy: addDays(thursday, -1),
    people: [people[3], people[2]].map((person) => ({ id: person?.id, displayName: person?.displayName })),
    planned: 0,
  });
});

test('no seat is to be bought for a guest or a licence that is there, and the card of the licence says no less than the weeks', () => {
  const start = { startDate: addDays(thursday, 70), state: 'needs_attention' } as const;
  const [refused] = (
    ['proxy_address_conflict', 'account_is_guest', 'mailbox_of_nobody', 'mailbox_plan_off'] as const
  ).map((reason) => addPerson(db, { ...start, reason, displayName: reason }));
  addPerson(db, { ...start, reason: 'mailbox_on_premises' });
  seats(0);
  const week = readStartForecast(viewer).weeks.find((one) => one.week === weekOf(start.startDate));
  expect(week).toMatchObject({ starts: 5, attention: 5, missing: [{ seats: 1, people: [{ id: refused?.id }] }] });
  expect(readLicences(viewer).items).toMatchObject([{ reserved: 0, forecast: ['tooFewLater', { n: 5 }] }]);
  db.delete(people).where(eq(people.startDate, start.startDate)).run();
});

test('whoever waits for a seat already is told first, and who starts later is not counted twice', () => {
  const late = addPerson(db, { state: 'awaiting_seat', reason: 'no_seat', displayName: 'Late' });
  addPerson(db, { state: 'held', reason: 'safety_limit' });
  const [now] = readStartForecast(viewer).weeks;
  expect(now).toMatchObject({ week: null, starts: 2, attention: 1 });
  seats(0);
  const [without] = readStartForecast(viewer).weeks;
  expect(without).toMatchObject({ short: 1, missing: [{ seats: 2, people: [{ id: late.id, displayName: 'Late' }] }] });
  expect(weekOfThursday()).toMatchObject({ starts: 6, ready: 1, short: 4 });
});

test('planned newcomers count until files name them, with who planned them in the history', () => {
  const { id } = planStart(helpdesk, { employeeType: 'E', people: 3, startDate: thursday });
  expect(weekOfThursday()).toMatchObject({ starts: 9, planned: 3 });
  addPerson(db, {
    state: 'awaiting_start',
    reason: 'before_start',
    startDate: thursday,
    firstSeenAt: Date.now() + 1000,
  });
  expect(weekOfThursday()).toMatchObject({ starts: 9, planned: 2 });
  expect(readStartForecast(viewer).planned).toMatchObject([{ id, people: 3, named: 1, createdBy: 'Demo Operator' }]);
  unplanStart(helpdesk, { id });
  expect(weekOfThursday()).toMatchObject({ starts: 7, planned: 0 });
  expect(db.select().from(events).all()).toMatchObject([
    {
      kind: 'start.planned',
      actor: 'Demo Operator',
      data: { after: { employeeType: 'E', startDate: thursday, people: 3 } },
    },
    { kind: 'start.unplanned', actor: 'Demo Operator' },
  ]);
  expect(() => unplanStart(helpdesk, { id })).toThrow(expect.objectContaining({ code: 'not_found' }));
});

test.each([
  [{ people: 0 }, /whole number/],
  [{ people: 1.5 }, /whole number/],
  [{ employeeType: ' ' }, /choose an EmployeeType/],
  [{ startDate: '2020-01-01' }, /is in the past/],
  [{ startDate: 'soon' }, /choose a day/],
])('what cannot be planned is refused in words: %j', (change, words) => {
  expect(() => planStart(helpdesk, { employeeType: 'E', people: 3, startDate: thursday, ...change })).toThrow(words);
});
