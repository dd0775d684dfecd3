import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { intakeRows } from '#db/schema/files.ts';
import { mappings, subscribedSkus } from '#db/schema/mappings.ts';
import { outcomes } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { runPeople, runs } from '#db/schema/runs.ts';
import { saveSubscribedSkus } from '#db/store/mappings/licences.ts';
import { insertMapping, seedMappings } from '#db/store/mappings/mappings.ts';
import { saveSettings } from '#db/store/system/settings.ts';
import { PLAN_IDS } from '#lib/domain/licences/service-plans.ts';
import { readEnv } from '#lib/env.ts';
import { ServiceError } from '#lib/services/http/errors.ts';
import { readLicences } from '#lib/services/mappings/licences.ts';
import { previewMapping, publishMapping } from '#lib/services/mappings/mapping-changes.ts';
import { readMappingNews } from '#lib/services/mappings/mapping-news.ts';
import { previewRemoval, removeMapping } from '#lib/services/mappings/mapping-removal.ts';
import { listMappings, readMappingEditor, readMappingHistory } from '#lib/services/mappings/mappings.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import { KIOSK, sku } from '#tests/support/builders.ts';
import { rewriteHistory } from '#tests/support/rewrite-history.ts';
import { addPerson, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const admin = operator('Admin');
const viewer = operator('Viewer');
const PLAN_1 = { skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: [] };
const DESKLESS = PLAN_IDS.EXCHANGE_S_DESKLESS;

beforeEach(() => {
  rewriteHistory(db, () => db.delete(events).run());
  for (const table of [runPeople, outcomes, intakeRows, runs, people, mappings]) db.delete(table).run();
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
      problem: 'Exchange Online Kiosk has no free seat at the moment: people wait until one becomes free.',
    },
  ]);
  expect(inForce[0]?.licences[0]).toMatchObject({ name: 'Exchange Online (Plan 1)', freeSeats: 6 });
  expect(inForce.map(({ mailbox }) => mailbox)).toEqual(['yes', 'problem']);
});

test('a mapping that an earlier version kept apart from one of the same EmployeeType says that it applies to nobody, and can be removed alone', () => {
  const kiosk = [{ skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [] }];
  const wide = {
    employeeType: 'Ｅ',
    employeeTypeKey: 'ｅ',
    version: 1,
    licences: kiosk,
    createdAt: 1,
    createdBy: 'Ann',
  };
  db.insert(mappings).values(wide).run();
  addPerson(db, { state: 'awaiting_sync' });
  const inForce = () => listMappings(viewer).inForce.map(({ employeeType, countsAs }) => [employeeType, countsAs]);
  expect(inForce()).toEqual([
    ['E', null],
    ['N', null],
    ['Ｅ', 'E'],
  ]);
  const { employeeType, overlooked, baseId } = readMappingEditor(admin, { type: 'Ｅ' });
  const [other] = overlooked;
  expect([employeeType, other?.employeeType, other?.licences]).toEqual(['E', 'Ｅ', ['Exchange Online Kiosk']]);
  expect(readMappingEditor(admin, { type: 'N' }).overlooked).toEqual([]);
  const removal = { employeeType: 'Ｅ', baseId: other?.id };
  expect(previewRemoval(admin, removal)).toEqual({ attention: 0, waiting: 0, held: 0, licensed: 0 });
  removeMapping(admin, removal);
  expect(inForce()).toEqual([
    ['E', null],
    ['N', null],
  ]);
  expect(readMappingEditor(admin, { type: 'E' })).toMatchObject({ baseId, overlooked: [] });
  expect(() => removeMapping(admin, removal)).toThrow(ServiceError);
});

test('of two mappings that apply to nobody, and none that does, each may be the template of the new one', () => {
  for (const employeeType of ['Ｘ\u30001', 'Ｘ 1'])
    db.insert(mappings)
      .values({
        ...{ employeeType, employeeTypeKey: employeeType.toLowerCase(), version: 1, createdAt: 1, createdBy: 'Ann' },
        licences: [PLAN_1],
      })
      .run();
  const editor = readMappingEditor(admin, { type: 'x 1', like: 'Ｘ 1' });
  expect(editor).toMatchObject({ baseId: null, draft: { licences: [PLAN_1] } });
  expect(editor.overlooked).toHaveLength(2);
});

test('before a cycle has read the licences nobody says that a mapping makes a mailbox', () => {
  db.delete(subscribedSkus).run();
  expect(listMappings(viewer).inForce.map(({ mailbox, problem }) => [mailbox, problem])).toEqual([
    ['unknown', null],
    ['unknown', null],
  ]);
});

test('service plans are offered by the names people know, with the raw name beside it', () => {
  const plans = readMappingEditor(admin, { type: 'E' }).skus.flatMap((one) => one.plans);
  expect(plans).toContainEqual({
    id: DESKLESS,
    name: 'Exchange Online Kiosk',
    rawName: 'EXCHANGE_S_DESKLESS',
    makesMailbox: true,
  });
});

/** What a refusal says to a German reader. */
function germanOf(refused: () => unknown): string {
  try {
    refused();
  } catch (error) {
    if (error instanceof ServiceError) return error.sentence('de');
    throw error;
  }
  return 'nothing was refused';
}

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

  test('names what differs from the version in force: switched-off service plans, usage location, start dates', () => {
    const licences = [{ ...PLAN_1, disabledPlans: [PLAN_IDS.EXCHANGE_S_STANDARD] }];
    const impact = previewMapping(admin, { employeeType: 'E', licences, usageLocation: 'de', leadTime: 3 });
    const without = 'Exchange Online (Plan 1) without Exchange Online (Plan 1) [EXCHANGE_S_STANDARD]';
    expect(impact.changes).toEqual([
      { what: 'Licences', before: 'Exchange Online (Plan 1)', after: without },
      { what: 'Usage location', before: 'US', after: 'DE' },
      { what: 'Licensed days before start', before: 'as in Settings', after: '3' },
    ]);
    expect(impact.last90Days).toMatchObject({ before: 'Exchange Online (Plan 1)', after: without });
    expect(previewMapping(admin, { employeeType: 'E', licences: [PLAN_1], usageLocation: 'US' }).changes).toEqual([]);
    const inGerman = previewMapping(admin, { employeeType: 'E', licences, usageLocation: 'US', leadTime: 3 }, 'de');
    const ohne = 'Exchange Online (Plan 1) ohne Exchange Online (Plan 1) [EXCHANGE_S_STANDARD]';
    expect(inGerman).toMatchObject({ changes: [{ after: ohne }, { before: 'wie in den Einstellungen', after: '3' }] });
    expect(inGerman.last90Days.after).toBe(ohne);
  });

  test('with licences that Microsoft never assigns together is not published', () => {
    const licences = [PLAN_1, { skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [] }];
    const draft = { employeeType: 'Ex', licences, usageLocation: null };
    expect(previewMapping(admin, draft).refusal?.message).toContain(
      'are mutually exclusive: Microsoft refuses to assign both.',
    );
    expect(() => publishMapping(admin, { ...draft, baseId: null })).toThrow('mutually exclusive');
    const [first] = licences;
    const solved = [first, { skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [DESKLESS] }];
    expect(previewMapping(admin, { ...draft, licences: solved }).refusal).toBeNull();
    expect(publishMapping(admin, { ...draft, licences: solved, baseId: null }).version).toBe(1);
  });

  test('counts nobody as waiting who is licensed already, whatever state the case is in', () => {
    for (const state of ['needs_attention', 'queued', 'awaiting_mailbox', 'held'] as const)
      addPerson(db, { state, licensedAt: 5, reason: 'type_unmapped' });
    addPerson(db, { state: 'awaiting_mailbox', reason: 'mailbox_opening_elsewhere' });
    addPerson(db, { reason: 'type_unmapped' });
    const impact = previewMapping(admin, { employeeType: 'E', licences: [PLAN_1], usageLocation: null });
    expect(impact).toMatchObject({ waitingPeople: 1, licensedPeople: 4, releasable: 1, seats: [{ needed: 1 }] });
    expect(readMappingEditor(admin, { type: 'E' }).releasable).toBe(1);
  });

  test.each([
    [{ licences: [] }, /choose at least one licence/],
    [{ licences: [PLAN_1, PLAN_1] }, /is listed twice/],
    [{ employeeType: ' ' }, /name the EmployeeType/],
    [{ usageLocation: 'Atlantis' }, /country code/],
  ])('is refused in words: %j', (change, message) => {
    const draft = { employeeType: 'Ex', licences: [PLAN_1], usageLocation: null, ...change };
    expect(() => previewMapping(admin, draft)).toThrow(message);
  });
});

describe('publishing', () => {
  const draft = { employeeType: 'Ex', licences: [PLAN_1], usageLocation: 'DE' };

  test('with release checks at once everybody whom only the mapping held up, and keeps before and after', () => {
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

  test('releases nobody who is licensed already', () => {
    const before = addPerson(db, {
      employeeType: 'Ex',
      employeeTypeKey: 'ex',
      reason: 'sku_suspended',
      licensedAt: 5,
    });
    expect(publishMapping(admin, { ...draft, baseId: null, release: true }).released).toBe(0);
    expect(db.select().from(people).where(eq(people.id, before.id)).get()).toEqual(before);
    expect(db.select().from(runPeople).all()).toEqual([]);
  });

  test('tells for an hour how many people were released, by whom and what comes next', () => {
    unmapped();
    const { eventId } = publishMapping(admin, { ...draft, baseId: null, release: true });
    const news = readMappingNews(viewer, { changed: String(eventId) });
    expect(news).toMatchObject({
      employeeType: 'Ex',
      message: 'Demo Admin published version 1 of the mapping of EmployeeType Ex: Exchange Online (Plan 1).',
      next: expect.stringMatching(/^1 person was released and is checked at once: .*licensed people keep/),
    });
    const other = publishMapping(admin, { ...draft, employeeType: 'Ey', baseId: null });
    expect(readMappingNews(viewer, { changed: other.eventId })?.next).not.toMatch(/released/);
    const run = db.insert(events).values({ at: Date.now(), actor: 'A', kind: 'run.requested', message: 'x' });
    for (const changed of [run.returning().get().id, 10_000, 'nonsense', undefined])
      expect(readMappingNews(viewer, { changed })).toBeNull();
    rewriteHistory(db, () =>
      db
        .update(events)
        .set({ at: Date.now() - 3_700_000 })
        .run(),
    );
    expect(readMappingNews(viewer, { changed: eventId })).toBeNull();
  });

  test('two editors at once: the second is told who was faster, when and what, and nothing is overwritten', () => {
    const { baseId } = readMappingEditor(admin, { type: 'E' });
    const kiosk = [{ skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [] }];
    publishMapping(admin, { employeeType: 'E', licences: kiosk, usageLocation: null, baseId });
    const at = Date.parse('2026-07-14T21:12:00Z');
    db.update(mappings).set({ createdAt: at }).where(eq(mappings.version, 2)).run();
    saveSettings(db, readEnv(), { timeZone: 'Asia/Tokyo' }, admin, 1);
    expect(() => publishMapping(admin, { employeeType: 'e', licences: [PLAN_1], usageLocation: null, baseId })).toThrow(
      'Demo Admin published version 2 on Wed 15 Jul, 06:12 (Asia/Tokyo): licences Exchange Online (Plan 1) → Exchange Online Kiosk; usage location US → nothing. Nothing was overwritten',
    );
    expect(() => publishMapping(admin, { ...draft, employeeType: 'E', baseId: null })).toThrow(
      /: licences nothing → Exchange Online Kiosk; order nothing → 100\. Nothing/,
    );
    expect(germanOf(() => publishMapping(admin, { ...draft, employeeType: 'E', baseId }))).toMatch(
      /^Demo Admin hat am Mi\., 15\. Juli, 06:12 \(Asia\/Tokyo\) Version 2 veröffentlicht: Lizenzen Exchange Online \(Plan 1\) → Exchange Online Kiosk; [^;]* US → \S+\. Nichts wurde überschrieben/,
    );
    expect(
      readMappingHistory(viewer, { type: 'E' }).versions.map(({ version, retiredAt }) => [version, retiredAt === null]),
    ).toEqual([
      [2, true],
      [1, false],
    ]);
  });

  test('an old version can be restored as a new one', () => {
    const { baseId } = readMappingEditor(admin, { type: 'E' });
    const kiosk = [{ skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [DESKLESS] }];
    publishMapping(admin, { employeeType: 'E', licences: kiosk, usageLocation: null, baseId });
    const old = readMappingHistory(viewer, { type: 'E' }).versions.find(({ version }) => version === 1);
    const editor = readMappingEditor(admin, { type: 'E', from: old?.id });
    expect(editor.draft.licences).toEqual([PLAN_1]);
    publishMapping(admin, { employeeType: 'E', ...editor.draft, baseId: editor.baseId });
    expect(readMappingHistory(viewer, { type: 'E' }).versions[0]).toMatchObject({ version: 3, licences: [PLAN_1] });
  });

  test('any two versions can be compared, the newest if only one is named', () => {
    for (const usageLocation of ['DE', 'FR']) {
      const { baseId } = readMappingEditor(admin, { type: 'E' });
      publishMapping(admin, { employeeType: 'E', licences: [PLAN_1], usageLocation, baseId });
    }
    const compared = (a?: unknown, b?: unknown) => {
      const both = readMappingHistory(viewer, { type: 'E', a, b }).compared;
      return both && [both.before.usageLocation, both.after.usageLocation];
    };
    expect(compared('1', '3')).toEqual(['US', 'FR']);
    expect(compared('3', '2')).toEqual(['FR', 'DE']);
    expect(compared('1')).toEqual(['US', 'FR']);
    for (const [a, b] of [
      [undefined, '2'],
      ['9', '1'],
      ['1', '9'],
      ['x', 'y'],
    ])
      expect(compared(a, b)).toBeNull();
  });

  test('a version names the service plans that are off', () => {
    const { baseId } = readMappingEditor(admin, { type: 'E' });
    const kiosk = [{ skuPartNumber: 'EXCHANGEDESKLESS', disabledPlans: [DESKLESS, 'gone'] }];
    publishMapping(admin, { employeeType: 'E', licences: kiosk, usageLocation: null, baseId });
    expect(readMappingHistory(viewer, { type: 'E' }).versions[0]?.licences[0]?.disabledPlans).toEqual([
      'Exchange Online Kiosk [EXCHANGE_S_DESKLESS]',
      'gone',
    ]);
  });

  test('a removed mapping leaves its versions behind', () => {
    const { baseId } = readMappingEditor(admin, { type: 'N' });
    removeMapping(admin, { employeeType: 'N', baseId });
    expect(listMappings(viewer).inForce.map(({ employeeType }) => employeeType)).toEqual(['E']);
    expect(readMappingHistory(viewer, { type: 'N' }).versions).toHaveLength(1);
    for (const verb of [removeMapping, previewRemoval])
      expect(() => verb(admin, { employeeType: 'N', baseId })).toThrow(
        /^Demo Admin removed this mapping on \w{3} \d+ \w+, \d\d:\d\d \(.*\)\. Nothing was overwritten/,
      );
    expect(germanOf(() => removeMapping(admin, { employeeType: 'N', baseId }))).toMatch(
      /^Demo Admin hat diese Zuordnung am .* entfernt\. Nichts wurde überschrieben\.$/,
    );
  });

  test('removing tells its impact first, changes nobody, and says afterwards what it meant', () => {
    for (const state of ['queued', 'awaiting_seat', 'needs_attention', 'awaiting_sync', 'held', 'dismissed'] as const)
      addPerson(db, { state });
    addPerson(db, { state: 'awaiting_sync' });
    for (const state of ['provisioned', 'awaiting_mailbox', 'needs_attention'] as const)
      addPerson(db, { state, licensedAt: 5 });
    addPerson(db, { state: 'already_provisioned' });
    addPerson(db, { employeeType: 'N', employeeTypeKey: 'n', state: 'queued' });
    const everybody = db.select().from(people).all();
    const { baseId } = readMappingEditor(admin, { type: 'E' });
    expect(previewRemoval(admin, { employeeType: 'e', baseId })).toEqual({
      attention: 3,
      waiting: 2,
      held: 1,
      licensed: 3,
    });
    expect(listMappings(viewer).inForce).toHaveLength(2);
    const { eventId } = removeMapping(admin, { employeeType: 'E', baseId });
    expect(db.select().from(people).all()).toEqual(everybody);
    expect(readMappingNews(viewer, { changed: eventId })?.next).toBe(
      '3 people need attention from the next cycle on. 2 people keep waiting for an account, and need attention once it exists. 1 person stays held. 3 people keep the licence. Nobody loses anything. With a new mapping, processing continues.',
    );
  });
});

test('licences tell what the queue reserves, who waits in order, and how far the seats reach', () => {
  const waiting = [30, 10, 20].map((firstSeenAt) =>
    addPerson(db, { employeeType: 'N', employeeTypeKey: 'n', state: 'awaiting_seat', reason: 'no_seat', firstSeenAt }),
  );
  addPerson(db, { state: 'queued' });
  const versionE = readMappingHistory(viewer, { type: 'E' }).versions[0]?.id ?? 0;
  for (let n = 0; n < 7; n += 1)
    addPerson(db, { state: 'provisioned', reason: 'provisioned', licensedAt: Date.now(), mappingId: versionE });
  const { items } = readLicences(viewer);
  const [plan1, kiosk] = ['EXCHANGESTANDARD', 'EXCHANGEDESKLESS'].map((name) =>
    items.find(({ skuPartNumber }) => skuPartNumber === name),
  );
  expect(plan1).toMatchObject({ bought: 10, used: 4, free: 6, reserved: 1, employeeTypes: ['E'] });
  expect(plan1 && sayIn('en', 'seats').told(plan1.forecast)).toBe(
    'Enough for the people who need one. Lasts about 10 days at the recent pace.',
  );
  expect(kiosk && { ...kiosk, forecast: sayIn('en', 'seats').told(kiosk.forecast) }).toMatchObject({
    free: 0,
    reserved: 3,
    forecast: '3 too few for the people who need one.',
    waitingTotal: 3,
  });
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
