import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { events, intakeRows, mappings, outcomes, people, runPeople, runs } from '#db/schema.ts';
import { insertMapping, seedMappings } from '#db/store/mappings.ts';
import { saveSubscribedSkus } from '#db/store/runs.ts';
import { readLicences } from '#lib/services/licences.ts';
import { previewMapping, publishMapping, removeMapping } from '#lib/services/mapping-changes.ts';
import { listMappings, readMappingEditor, readMappingHistory } from '#lib/services/mappings.ts';
import { KIOSK, sku } from '#tests/support/builders.ts';
import { addPerson, openServicesDatabase, operator } from './world.ts';

const db = openServicesDatabase();
const admin = operator('Admin');
const viewer = operator('Viewer');
const PLAN_1 = { skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: [] };
const DESKLESS = '4a82b400-a79f-41a4-b4e2-e94f5787b113';

beforeEach(() => {
  for (const table of [runPeople, events, outcomes, intakeRows, runs, people, mappings]) db.delete(table).run();
  seedMappings(db, 1_000);
  saveSubscribedSkus(
    db,
    [
      sku({ enabledUnits: 10, consumedUnits: 4 }),
      sku({
        skuId: KIOSK,
        skuPartNumber: 'EXCHANGEDESKLESS',
        enabledUnits: 5,
        consumedUnits: 5,
        servicePlans: [{ servicePlanId: DESKLESS, servicePlanName: 'EXCHANGE_S_DESKLESS' }],
      }),
    ],
    2_000,
  );
});

const unmapped = () =>
  addPerson(db, { employeeType: 'Ex', employeeTypeKey: 'ex', reason: 'type_unmapped', message: 'EmployeeType Ex …' });

test('types that people have but nobody mapped are listed with what they are like', () => {
  unmapped();
  unmapped();
  addPerson(db, { employeeType: 'Z', employeeTypeKey: 'z', state: 'dismissed' });
  expect(listMappings(viewer).unmapped).toEqual([
    { employeeType: 'Ex', people: 2, near: [{ employeeType: 'E', licences: 'Exchange Online (Plan 1)' }] },
  ]);
});

test('each mapping in force says its seats, its people and what is wrong with it', () => {
  addPerson(db, { state: 'awaiting_sync' });
  const { inForce } = listMappings(viewer);
  expect(inForce.map(({ employeeType, openPeople, problem }) => ({ employeeType, openPeople, problem }))).toEqual([
    { employeeType: 'E', openPeople: 1, problem: null },
    {
      employeeType: 'N',
      openPeople: 0,
      problem: 'Exchange Online Kiosk has no free seat now: people wait until one is free.',
    },
  ]);
  expect(inForce[0]?.licences[0]).toMatchObject({ name: 'Exchange Online (Plan 1)', freeSeats: 6, makesMailbox: true });
});

describe('a draft', () => {
  test('tells its impact and changes nothing', () => {
    unmapped();
    addPerson(db, { employeeType: 'Ex', employeeTypeKey: 'ex', state: 'provisioned', licensedAt: 5, reason: 'x' });
    addPerson(db, { employeeType: 'Ex', employeeTypeKey: 'ex', state: 'queued', firstSeenAt: Date.now() });
    const impact = previewMapping(admin, { employeeType: 'ex', licences: [PLAN_1], usageLocation: 'de' });
    expect(impact).toMatchObject({
      advice: [],
      waitingPeople: 2,
      licensedPeople: 1,
      seats: [{ name: 'Exchange Online (Plan 1)', needed: 2, free: 6 }],
      last90Days: { arrived: 1, before: null, after: 'Exchange Online (Plan 1)' },
      releasable: 1,
    });
    expect(db.select().from(mappings).where(eq(mappings.employeeTypeKey, 'ex')).all()).toEqual([]);
  });

  test.each([
    [{ licences: [] }, /choose at least one licence/],
    [{ licences: [PLAN_1, PLAN_1] }, /stands twice/],
    [{ employeeType: ' ' }, /name the EmployeeType/],
    [{ usageLocation: 'Germany' }, /country code/],
  ])('is refused in words: %j', (change, message) => {
    const draft = { employeeType: 'Ex', licences: [PLAN_1], usageLocation: null, ...change };
    expect(() => previewMapping(admin, draft)).toThrow(message);
  });
});

describe('publishing', () => {
  const draft = { employeeType: 'Ex', licences: [PLAN_1], usageLocation: 'DE' };

  test('with release looks at once at everybody whom only the mapping held up, and keeps before and after', () => {
    const person = unmapped();
    const other = addPerson(db, { employeeType: 'Ex', employeeTypeKey: 'ex', reason: 'account_disabled' });
    expect(publishMapping(admin, { ...draft, baseId: null, note: 'Externals', release: true })).toMatchObject({
      employeeType: 'Ex',
      version: 1,
      released: 1,
    });
    const stateOf = (id: number) => db.select().from(people).where(eq(people.id, id)).get()?.state;
    expect([stateOf(person.id), stateOf(other.id)]).toEqual(['queued', 'needs_attention']);
    expect(db.select().from(runPeople).all()).toMatchObject([{ personId: person.id }]);
    const event = db.select().from(events).where(eq(events.kind, 'mapping.published')).get();
    expect(event).toMatchObject({
      actor: 'Demo Admin',
      data: { before: null, after: { licences: [PLAN_1], usageLocation: 'DE', note: 'Externals' } },
    });
  });

  test('two editors at once: the second is told who was faster, and nothing is overwritten', () => {
    const { baseId } = readMappingEditor(admin, { type: 'E' });
    const kiosk = [{ skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [] }];
    publishMapping(admin, { employeeType: 'E', licences: kiosk, usageLocation: null, baseId });
    expect(() => publishMapping(admin, { employeeType: 'e', licences: [PLAN_1], usageLocation: null, baseId })).toThrow(
      /Demo Admin published version 2 meanwhile\. Nothing was overwritten/,
    );
    expect(() => publishMapping(admin, { ...draft, employeeType: 'E', baseId: null })).toThrow(/meanwhile/);
    expect(
      readMappingHistory(viewer, { type: 'E' }).map(({ version, retiredAt }) => [version, retiredAt === null]),
    ).toEqual([
      [2, true],
      [1, false],
    ]);
  });

  test('an old version can be brought back as a new one', () => {
    const { baseId } = readMappingEditor(admin, { type: 'E' });
    const kiosk = [{ skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [DESKLESS] }];
    publishMapping(admin, { employeeType: 'E', licences: kiosk, usageLocation: null, baseId });
    const old = readMappingHistory(viewer, { type: 'E' }).find(({ version }) => version === 1);
    const editor = readMappingEditor(admin, { type: 'E', from: old?.id });
    expect(editor.draft.licences).toEqual([PLAN_1]);
    publishMapping(admin, { employeeType: 'E', ...editor.draft, baseId: editor.baseId });
    expect(readMappingHistory(viewer, { type: 'E' })[0]).toMatchObject({ version: 3, licences: [PLAN_1] });
  });

  test('a removed mapping leaves its versions behind', () => {
    const { baseId } = readMappingEditor(admin, { type: 'N' });
    removeMapping(admin, { employeeType: 'N', baseId });
    expect(listMappings(viewer).inForce.map(({ employeeType }) => employeeType)).toEqual(['E']);
    expect(readMappingHistory(viewer, { type: 'N' })).toHaveLength(1);
    expect(() => removeMapping(admin, { employeeType: 'N', baseId })).toThrow(/removed this mapping meanwhile/);
  });
});

test('licences tell what the queue reserves, who waits in order, and how far the seats reach', () => {
  const waiting = [30, 10, 20].map((firstSeenAt) =>
    addPerson(db, { employeeType: 'N', employeeTypeKey: 'n', state: 'awaiting_seat', reason: 'no_seat', firstSeenAt }),
  );
  addPerson(db, { state: 'queued' });
  const versionE = readMappingHistory(viewer, { type: 'E' })[0]?.id ?? 0;
  for (let n = 0; n < 7; n += 1)
    addPerson(db, { state: 'provisioned', reason: 'provisioned', licensedAt: Date.now(), mappingId: versionE });
  const { items } = readLicences(viewer);
  const [plan1, kiosk] = ['EXCHANGESTANDARD', 'EXCHANGEDESKLESS'].map((name) =>
    items.find(({ skuPartNumber }) => skuPartNumber === name),
  );
  expect(plan1).toMatchObject({ bought: 10, used: 4, free: 6, reserved: 1, employeeTypes: ['E'] });
  expect(plan1?.forecast).toBe('Enough for what is queued. Lasts about 10 days at the recent pace.');
  expect(kiosk).toMatchObject({ free: 0, reserved: 3, forecast: 'Short by 3 for what is queued.', waitingTotal: 3 });
  expect(kiosk?.waiting.map(({ id }) => id)).toEqual([waiting[1]?.id, waiting[2]?.id, waiting[0]?.id]);
});

test('a mapping of two licences reserves a seat of each', () => {
  db.transaction((tx) =>
    insertMapping(
      tx,
      {
        employeeType: 'E',
        licences: [PLAN_1, { skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [DESKLESS] }],
        usageLocation: null,
      },
      'Demo Admin',
      3_000,
    ),
  );
  addPerson(db, { state: 'held', reason: 'safety_limit' });
  expect(readLicences(viewer).items.map(({ reserved }) => reserved)).toEqual([1, 1]);
});
