/** One operator alone, whatever they do: no more people than the safety limit allows are licensed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { intents } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { uploadFile } from '#lib/services/files/files.ts';
import { ServiceError } from '#lib/services/http/errors.ts';
import {
  approvePeople,
  dismissPeople,
  licensePeopleAnyway,
  licensePeopleNow,
  rejectPeople,
  reopenPeople,
  retryPeople,
} from '#lib/services/people/actions/people-moves.ts';
import { editPersonValues, setLocation } from '#lib/services/people/actions/person-edits.ts';
import { crowd, csvOf } from '#tests/support/seeds.ts';
import { operator, sent } from '#tests/support/services-world.ts';
import { openWorld, type World } from '#tests/support/world.ts';

const LIMIT = 3;
const DAY_MS = 24 * 3_600_000;
const helpdesk = operator('Operator');
const why = 'because';

/** The world's database and data folder become those of the services. */
async function worldOf(size: number, limit = LIMIT): Promise<World> {
  const world = await openWorld({ users: crowd(size), env: { SAFETY_LIMIT: String(limit) } });
  process.env.DATA_DIR = world.dataDir;
  (globalThis as typeof globalThis & { autoprovisionDb?: Db }).autoprovisionDb = world.db;
  return world;
}

const licensed = async (world: World) =>
  new Set((await world.ledger('licence')).map(({ userPrincipalName }) => userPrincipalName));

type Seen = typeof people.$inferSelect;
const moves: Record<string, (person: Seen) => unknown> = {
  approve: ({ id, revision, heldPlan }) => approvePeople(helpdesk, { people: [{ id, revision, plan: heldPlan }] }),
  reject: ({ id, revision }) => rejectPeople(helpdesk, { people: [{ id, revision }], why }),
  retry: ({ id, revision }) => retryPeople(helpdesk, { people: [{ id, revision }] }),
  dismiss: ({ id, revision }) => dismissPeople(helpdesk, { people: [{ id, revision }], why }),
  reopen: ({ id, revision }) => reopenPeople(helpdesk, { people: [{ id, revision }] }),
  now: ({ id, revision }) => licensePeopleNow(helpdesk, { people: [{ id, revision }] }),
  anyway: ({ id, revision }) => licensePeopleAnyway(helpdesk, { people: [{ id, revision }] }),
  relocate: ({ id, revision, usageLocation }) =>
    setLocation(helpdesk, { people: [{ id, revision }], usageLocation: usageLocation === 'DE' ? 'AT' : 'DE' }),
  retype: ({ id, revision, userPrincipalName, employeeType, usageLocation }) =>
    editPersonValues(helpdesk, {
      id,
      revision,
      userPrincipalName,
      usageLocation,
      employeeType: employeeType === 'E' ? 'F' : 'E',
    }),
};

const action = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('upload' as const), many: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'cycle' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      move: fc.constantFrom(...Object.keys(moves)),
      whom: fc.constantFrom('held', 'needs_attention', 'dismissed', null),
      nth: fc.nat(20),
    }),
  },
);

/** A refusal is an answer like any other. */
function attempt(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
  }
}

test('from any sequence of actions of one operator', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 8, maxLength: 24 }), async (actions) => {
      const users = crowd(12);
      const world = await worldOf(users.length);
      let uploaded = 0;
      const upload = async (many: number) => {
        const rows = users.slice(uploaded, uploaded + many);
        if (rows.length === 0) return;
        uploaded += rows.length;
        await uploadFile(helpdesk, { name: `f${uploaded}.csv` }, sent(csvOf(rows)));
      };
      await upload(4);
      await world.cycle();
      for (const one of actions) {
        if (one.do === 'upload') await upload(one.many);
        else if (one.do === 'cycle') await world.cycle();
        else {
          const all = world.db.select().from(people).all();
          const some = all.filter(({ state }) => one.whom === null || state === one.whom);
          const person = some[one.nth % Math.max(some.length, 1)];
          if (person) attempt(() => moves[one.move]?.(person));
        }
      }
      await upload(users.length);
      await world.cycle({ checkAll: true });
      await world.cycle({ checkAll: true });
      expect((await licensed(world)).size).toBeLessThanOrEqual(LIMIT);
    }),
    { numRuns: Number(process.env.SAFETY_RUNS ?? 8) },
  );
});

test('five files of three in five cycles are fifteen people, not five times three', async () => {
  const users = crowd(15);
  const world = await worldOf(15);
  for (let n = 0; n < 5; n += 1) {
    await uploadFile(helpdesk, { name: `${n}.csv` }, sent(csvOf(users.slice(n * 3, n * 3 + 3))));
    await world.cycle();
  }
  expect((await licensed(world)).size).toBe(LIMIT);
  expect(Object.values(world.standing()).filter((state) => state === 'held/safety_limit')).toHaveLength(12);
});

test('a day later as many are licensed again, and whoever was held still waits for an approval', async () => {
  const world = await worldOf(8);
  world.drop('first.csv', csvOf(crowd(5)));
  await world.cycle();
  world.db
    .update(intents)
    .set({ createdAt: Date.now() - DAY_MS - 1000 })
    .run();
  world.drop('second.csv', csvOf(crowd(8).slice(5)));
  await world.cycle({ checkAll: true });
  expect((await licensed(world)).size).toBe(6);
  expect(Object.values(world.standing()).filter((state) => state.startsWith('held/'))).toHaveLength(2);
});

test('an approval counts for nobody’s limit, and names the plan', async () => {
  const world = await worldOf(6);
  world.drop('first.csv', csvOf(crowd(6)));
  await world.cycle();
  const held = world.db
    .select()
    .from(people)
    .all()
    .filter(({ state }) => state === 'held');
  const seen = held.map(({ id, revision, heldPlan }) => ({ id, revision, plan: heldPlan }));
  expect(approvePeople(helpdesk, { people: seen }).done).toHaveLength(3);
  await world.cycle();
  expect((await licensed(world)).size).toBe(6);
  expect(
    world.db
      .select()
      .from(people)
      .all()
      .map(({ approvalNeededSince }) => approvalNeededSince),
  ).toEqual(Array.from({ length: 6 }, () => null));
});

test('whoever changed a held person does not approve it, also where the drop folder brought it', async () => {
  const world = await worldOf(5);
  world.drop('first.csv', csvOf(crowd(5)));
  await world.cycle();
  const held = () =>
    world.db
      .select()
      .from(people)
      .all()
      .filter(({ state }) => state === 'held');
  const [first] = held();
  if (!first) throw new Error('nobody is held');
  moves.relocate?.(first);
  await world.cycle();
  const again = held().find(({ id }) => id === first.id);
  if (!again) throw new Error('an edit let the person through');
  expect(again.reason).toBe('approval_needed');
  expect(() => moves.approve?.(again)).toThrow(/a second person has to approve/);
  const other = { ...helpdesk, key: 'demo/another', name: 'Another' };
  const { id, revision, heldPlan } = again;
  expect(approvePeople(other, { people: [{ id, revision, plan: heldPlan }] }).done).toEqual([id]);
});
