import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { fileCounts, intakeFiles, intakeRows } from '#db/schema/files.ts';
import { subscribedSkus } from '#db/schema/mappings.ts';
import { outcomes } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { runPeople, runs } from '#db/schema/runs.ts';
import { approveGroup, listApprovals, rejectGroup } from '#lib/services/approvals/approvals.ts';
import { readDeed } from '#lib/services/history/history.ts';
import { rewriteHistory } from '#tests/support/rewrite-history.ts';
import {
  addFile,
  addOutcome,
  addPerson,
  addRun,
  openServicesDatabase,
  operator,
} from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const helpdesk = operator('Operator');

const plan = (skuPartNumber: string, usageLocation: string | null = 'US') =>
  JSON.stringify({ licences: [{ skuPartNumber, disabledPlans: [] }], usageLocation });

let at = 10_000;

/** Somebody whom `runId` held. */
function hold(runId: string, change: Partial<typeof people.$inferInsert> = {}): typeof people.$inferSelect {
  at += 1;
  const held = { reason: 'safety_limit', message: 'More than 2 people.', heldPlan: plan('EXCHANGESTANDARD') };
  const person = addPerson(db, { state: 'held', stateSince: at, ...held, ...change });
  addOutcome(db, { runId, personId: person.id, at, state: 'held', reason: person.reason, message: person.message });
  return person;
}

const stored = (id: number) => db.select().from(people).where(eq(people.id, id)).get();
const list = (input: unknown = {}, who = helpdesk) => listApprovals(who, input);
const seen = (index = 0) => {
  const group = list().groups[index];
  if (!group) throw new Error('there is no such group');
  return { run: group.runId, reason: group.reason, people: group.people, version: group.version };
};

beforeEach(() => {
  rewriteHistory(db, () => db.delete(events).run());
  for (const table of [intakeRows, fileCounts, intakeFiles, outcomes, runPeople, runs, people, subscribedSkus])
    db.delete(table).run();
  addRun(db, 'run-1');
  addRun(db, 'run-2');
});

test('whoever is held because rows disagree is counted apart, so that all who are held are told', () => {
  hold('run-1');
  addPerson(db, { state: 'held', reason: 'rows_disagree' });
  expect(list()).toMatchObject({ people: 1, disputed: 1 });
  expect(list().groups.map(({ reason }) => reason)).toEqual(['safety_limit']);
});

test('nobody held: no groups, and nothing is open', () => {
  addPerson(db, { state: 'queued' });
  expect(list()).toMatchObject({ people: 0, groups: [], open: null });
});

test('held people are grouped by the run that held them and why, with what they would get and from which files', () => {
  const first = [hold('run-1'), hold('run-1'), hold('run-1', { heldPlan: plan('EXCHANGEDESKLESS') })];
  const later = [hold('run-2', { reason: 'approval_void', message: 'Another plan.' })];
  const file = addFile(
    db,
    { source: 'drop_folder', receivedFrom: 'idm' },
    [...first, ...later].map(({ id }) => id),
  );
  const { people: all, groups, open } = list();
  expect(all).toBe(4);
  expect(groups).toMatchObject([
    {
      runId: 'run-1',
      reason: 'safety_limit',
      title: 'Over the safety limit',
      message: 'More than 2 people.',
      people: 3,
      oldestSince: first[0]?.stateSince,
      files: [{ id: file, people: 3 }],
      plans: [
        { text: 'Exchange Online (Plan 1), usage location US', people: 2 },
        { text: 'Exchange Online Kiosk, usage location US', people: 1 },
      ],
      needSecondPerson: 0,
    },
    { runId: 'run-2', reason: 'approval_void', message: 'Another plan.', people: 1 },
  ]);
  expect(open?.group).toEqual({ runId: 'run-1', reason: 'safety_limit' });
  expect(open?.page.items.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
});

test('the address says which group is open', () => {
  hold('run-1');
  const { id } = hold('run-2', { reason: 'approval_void' });
  const { open } = list({ run: 'run-2', reason: 'approval_void' });
  expect(open?.page).toMatchObject({ total: 1, items: [{ id, actions: ['approve', 'reject'] }] });
});

test('seats free are held against seats needed, by the group and by all groups', () => {
  const sku = { skuId: 'a', skuPartNumber: 'EXCHANGESTANDARD', capabilityStatus: 'Enabled', servicePlans: [] };
  const units = { enabledUnits: 5, warningUnits: 0, consumedUnits: 4, makesMailbox: true, seenAt: 1 };
  db.insert(subscribedSkus)
    .values({ ...sku, ...units })
    .run();
  hold('run-1');
  hold('run-1');
  hold('run-2', { heldPlan: plan('EXCHANGESTANDARD', null) });
  expect(list().groups.map(({ seats }) => seats)).toEqual([
    [expect.objectContaining({ name: 'Exchange Online (Plan 1)', needed: 2, neededByAll: 3, free: 1 })],
    [expect.objectContaining({ needed: 1, neededByAll: 3, free: 1 })],
  ]);
});

test('a person held before plans were kept gets what the mapping says', () => {
  hold('run-1', { heldPlan: null });
  expect(list().groups[0]).toMatchObject({ plans: [{ text: 'As the mapping says', people: 1 }], seats: [] });
});

test('a Viewer sees it all, may do nothing, and reads who may', () => {
  hold('run-1');
  const { groups, open, whoMay } = list({}, operator('Viewer'));
  expect(groups).toHaveLength(1);
  expect(open?.page.items[0]?.actions).toEqual([]);
  expect(whoMay).toMatch(/Operator or Admin/);
  expect(listApprovals(operator('Viewer'), {}, 'de').whoMay).toMatch(/Operator oder Admin/);
});

test('approving a group approves everybody in it, for the plan each was held with', () => {
  const held = [hold('run-1'), hold('run-1', { heldPlan: plan('EXCHANGEDESKLESS') })];
  const other = hold('run-2');
  const why = 'Agreed with the shop';
  const { done, deed } = approveGroup(helpdesk, { ...seen(), why });
  expect(done).toEqual(held.map(({ id }) => id));
  expect(readDeed(helpdesk, { id: deed }).entry.message).toContain(`Why: ${why}`);
  for (const { id, heldPlan } of held)
    expect(stored(id)).toMatchObject({ state: 'queued', approvedBy: 'Demo Operator', approvedPlan: heldPlan });
  expect(stored(other.id)?.state).toBe('held');
});

test('rejecting a group needs a reason, and sends everybody to those who need attention', () => {
  const { id } = hold('run-1');
  expect(() => rejectGroup(helpdesk, seen())).toThrow();
  rejectGroup(helpdesk, { ...seen(), why: 'Wrong file' });
  expect(stored(id)).toMatchObject({ state: 'needs_attention', message: 'Demo Operator rejected this: Wrong file' });
});

test('a group that has grown is not approved unseen', () => {
  hold('run-1');
  const before = seen();
  const { id } = hold('run-1');
  expect(() => approveGroup(helpdesk, before)).toThrow(/it now has 2 people, you saw 1/);
  expect(stored(id)?.state).toBe('held');
});

test('nor one in which somebody was exchanged for another', () => {
  const leaving = hold('run-1');
  const before = seen();
  db.update(people).set({ state: 'dismissed' }).where(eq(people.id, leaving.id)).run();
  const { id } = hold('run-1');
  expect(() => approveGroup(helpdesk, before)).toThrow(/has changed/);
  expect(stored(id)?.state).toBe('held');
});

test('nor one that is gone', () => {
  hold('run-1');
  const before = seen();
  approveGroup(helpdesk, before);
  expect(() => approveGroup(operator('Admin'), before)).toThrow(/held any more/);
});

test('an Operator releases of a group whoever it did not bring itself, and is told of the others', () => {
  const own = hold('run-1');
  const fromIdm = hold('run-1');
  addFile(db, { actorKey: 'demo/operator', name: 'mine.csv' }, [own.id]);
  addFile(db, { source: 'drop_folder', receivedFrom: 'idm' }, [fromIdm.id]);
  const { groups, open } = list();
  expect(groups[0]).toMatchObject({ people: 2, needSecondPerson: 1 });
  expect(open?.page.items.map(({ actions }) => actions)).toEqual([['reject'], ['approve', 'reject']]);
  const { done, refused } = approveGroup(helpdesk, seen());
  expect(done).toEqual([fromIdm.id]);
  expect(refused).toMatchObject([{ id: own.id, why: expect.stringMatching(/a second person has to approve/) }]);
  expect(list({}, operator('Admin')).groups[0]).toMatchObject({ people: 1, needSecondPerson: 0 });
});
