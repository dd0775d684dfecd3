import { desc, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { people } from '#db/schema/people.ts';
import { runPeople } from '#db/schema/runs.ts';
import { mappingsInForce, seedMappings } from '#db/store/mappings/mappings.ts';
import { PERSON_STATES } from '#lib/domain/states.ts';
import { eventText } from '#lib/services/history/event-text.ts';
import { readDeed } from '#lib/services/history/history.ts';
import { actOnMatching } from '#lib/services/people/actions/people-bulk.ts';
import {
  answerAboutLicence,
  approvePeople,
  dismissPeople,
  licensePeopleAnyway,
  licensePeopleNow,
  rejectPeople,
  reopenPeople,
  retryPeople,
} from '#lib/services/people/actions/people-moves.ts';
import { PEOPLE_VERBS } from '#lib/services/people/actions/people-verbs.ts';
import { replacementText } from '#lib/services/people/plan-text.ts';
import { addFile, addPerson, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const helpdesk = operator('Operator');

const stored = (id: number) => db.select().from(people).where(eq(people.id, id)).get();
const eventsOf = (id: number) => db.select().from(events).where(eq(events.personId, id)).orderBy(desc(events.id)).all();

/** The code of the `ServiceError` thrown; undefined where none was. */
function codeOf(call: () => unknown): unknown {
  try {
    call();
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

test('retry puts a person back to the queue, due at once, with an event that names the operator', () => {
  const before = Date.now();
  const { id, revision } = addPerson(db, { state: 'needs_attention', nextCheckAt: null });
  expect(retryPeople(helpdesk, { people: [{ id, revision }] })).toEqual({ done: [id], refused: [] });
  const after = stored(id);
  expect(after).toMatchObject({ state: 'queued', reason: 'retried', revision: revision + 1 });
  expect(after?.message).toContain('Demo Operator');
  expect(after?.nextCheckAt).toBeGreaterThanOrEqual(before);
  expect(eventsOf(id)).toMatchObject([
    {
      kind: 'person.retried',
      actor: 'Demo Operator',
      actorKey: 'demo/operator',
      fromState: 'needs_attention',
      toState: 'queued',
      message: after?.message,
    },
  ]);
});

test('"License now" queues a person who waits for the start, remembers who said so, and checks it at once', () => {
  const { id, revision } = addPerson(db, { state: 'awaiting_start', reason: 'before_start', startDate: '2099-01-01' });
  expect(licensePeopleNow(helpdesk, { people: [{ id, revision }] }).done).toEqual([id]);
  expect(stored(id)).toMatchObject({ state: 'queued', reason: 'license_now', licenseNowBy: 'Demo Operator' });
  expect(eventsOf(id)).toMatchObject([
    { kind: 'person.license_now', actor: 'Demo Operator', fromState: 'awaiting_start', toState: 'queued' },
  ]);
  expect(db.select().from(runPeople).where(eq(runPeople.personId, id)).all()).toHaveLength(1);
});

test('"License now" changes nobody who has changed since it was seen', () => {
  const { id, revision } = addPerson(db, { state: 'awaiting_start', reason: 'before_start' });
  expect(codeOf(() => licensePeopleNow(helpdesk, { people: [{ id, revision: revision + 1 }] }))).toBe('conflict');
  expect(stored(id)).toMatchObject({ state: 'awaiting_start', licenseNowBy: null });
});

test('"License anyway" is an answer only where an address keeps somebody from a licence', () => {
  const other = addPerson(db, { state: 'needs_attention', reason: 'type_unmapped' });
  expect(codeOf(() => licensePeopleAnyway(helpdesk, { people: [other] }))).toBe('conflict');
  const { id, revision } = addPerson(db, { state: 'needs_attention', reason: 'mailbox_maybe_on_premises' });
  licensePeopleAnyway(helpdesk, { people: [{ id, revision }] });
  expect(stored(id)).toMatchObject({ state: 'queued', reason: 'license_anyway', licenseAnywayBy: 'Demo Operator' });
  expect(eventsOf(id)).toMatchObject([{ kind: 'person.license_anyway', actor: 'Demo Operator' }]);
});

test('an Admin may have "License anyway" remembered: the mapping gets a version that says so, and others like them are checked again', () => {
  seedMappings(db, 1);
  const asked = { state: 'needs_attention', reason: 'mailbox_maybe_on_premises', nextCheckAt: null } as const;
  const [first, second] = [addPerson(db, asked), addPerson(db, asked)];
  expect(codeOf(() => licensePeopleAnyway(helpdesk, { people: [first], remember: true }))).toBe('forbidden');
  expect(stored(first.id)).toMatchObject({ state: 'needs_attention', licenseAnywayBy: null });
  licensePeopleAnyway(operator('Admin'), { people: [first], remember: true });
  const mapping = mappingsInForce(db).get('e');
  expect(mapping).toMatchObject({ version: 2, usageLocation: 'US', licenseAccountsWithAddress: true });
  expect(mapping?.licences).toEqual([{ skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: [] }]);
  const published = db.select().from(events).where(eq(events.kind, 'mapping.published')).all();
  expect(published).toMatchObject([
    {
      actor: 'Demo Admin',
      data: { before: { licenseAccountsWithAddress: null }, after: { licenseAccountsWithAddress: true } },
    },
  ]);
  expect(stored(second.id)?.nextCheckAt).not.toBeNull();
});

test('dismiss closes a person with the reason in words, and nothing checks it again', () => {
  const { id, revision } = addPerson(db, { state: 'awaiting_sync', nextCheckAt: 5 });
  dismissPeople(helpdesk, { people: [{ id, revision }], why: 'Never started work' });
  expect(stored(id)).toMatchObject({ state: 'dismissed', nextCheckAt: null, closedBy: 'Demo Operator' });
  expect(stored(id)?.message).toContain('Never started work');
  expect(eventsOf(id)).toMatchObject([{ kind: 'person.dismissed', toState: 'dismissed' }]);
});

test('dismiss without a reason changes nothing', () => {
  const { id, revision } = addPerson(db);
  expect(codeOf(() => dismissPeople(helpdesk, { people: [{ id, revision }], why: '  ' }))).toBe('invalid');
  expect(stored(id)).toMatchObject({ state: 'needs_attention', revision });
  expect(eventsOf(id)).toEqual([]);
});

test('reopen brings a dismissed person back, and it is no longer closed by anyone', () => {
  const { id, revision } = addPerson(db, { state: 'dismissed', closedBy: 'Demo Admin' });
  reopenPeople(helpdesk, { people: [{ id, revision }] });
  expect(stored(id)).toMatchObject({ state: 'queued', reason: 'reopened', closedBy: null });
  expect(eventsOf(id)).toMatchObject([{ kind: 'person.reopened', fromState: 'dismissed', toState: 'queued' }]);
});

test('approve records who approved and when, and lets the next cycle continue', () => {
  const before = Date.now();
  const { id, revision } = addPerson(db, { state: 'held', reason: 'safety_limit', nextCheckAt: null });
  approvePeople(helpdesk, { people: [{ id, revision }] });
  const after = stored(id);
  expect(after).toMatchObject({ state: 'queued', reason: 'approved', approvedBy: 'Demo Operator' });
  expect(after?.approvedAt).toBeGreaterThanOrEqual(before);
  expect(after?.nextCheckAt).toBeGreaterThanOrEqual(before);
});

test('an approval is for the plan that was held', () => {
  const plan = '{"licences":[{"skuPartNumber":"EXCHANGESTANDARD","disabledPlans":[]}],"usageLocation":"US"}';
  const { id, revision } = addPerson(db, { state: 'held', heldPlan: plan });
  approvePeople(helpdesk, { people: [{ id, revision, plan }] });
  expect(stored(id)).toMatchObject({ state: 'queued', approvedPlan: plan });
});

test('dismissing takes back an approval that no licence has spent: who is reopened needs another yes', () => {
  const approval = { approvedAt: 1, approvedBy: 'Ada', approvedPlan: 'x' };
  const { id, revision } = addPerson(db, { state: 'queued', ...approval });
  dismissPeople(helpdesk, { people: [{ id, revision }], why: 'Does not come' });
  reopenPeople(helpdesk, { people: [{ id, revision: stored(id)?.revision }] });
  expect(stored(id)).toMatchObject({ state: 'queued', approvedAt: null, approvedBy: null, approvedPlan: null });
});

test('a plan that is not the one seen is not approved', () => {
  const { id, revision } = addPerson(db, { state: 'held', heldPlan: 'now' });
  expect(codeOf(() => approvePeople(helpdesk, { people: [{ id, revision, plan: 'seen' }] }))).toBe('conflict');
  expect(stored(id)).toMatchObject({ state: 'held', approvedPlan: null });
});

test('reject sends a held person to those who need attention, with who said no and why', () => {
  const { id, revision } = addPerson(db, { state: 'held', heldPlan: 'x', nextCheckAt: null });
  rejectPeople(helpdesk, { people: [{ id, revision }], why: 'Not one of ours' });
  const message = 'Demo Operator rejected this: Not one of ours';
  expect(stored(id)).toMatchObject({ state: 'needs_attention', reason: 'rejected', message, nextCheckAt: null });
  expect(stored(id)).toMatchObject({ approvedAt: null, approvedPlan: null });
  expect(eventsOf(id)).toMatchObject([{ kind: 'person.rejected', fromState: 'held', toState: 'needs_attention' }]);
});

test('reject without a reason changes nothing', () => {
  const { id, revision } = addPerson(db, { state: 'held' });
  expect(codeOf(() => rejectPeople(helpdesk, { people: [{ id, revision }] }))).toBe('invalid');
  expect(stored(id)).toMatchObject({ state: 'held', revision });
});

describe('the second-person rule', () => {
  const held = (...files: Parameters<typeof addFile>[1][]) => {
    const person = addPerson(db, { state: 'held' });
    for (const file of files) addFile(db, file, [person.id]);
    return { id: person.id, revision: person.revision };
  };
  const mine = { receivedFrom: 'Demo Operator', actorKey: 'demo/operator' };
  const another = { receivedFrom: 'Demo Operator', actorKey: 'demo/somebody-else' };

  test('nobody releases people of a file they submitted, whatever the role', () => {
    const person = held(mine);
    expect(() => approvePeople(helpdesk, { people: [person] })).toThrow(/a second person has to approve/);
    expect(stored(person.id)).toMatchObject({ state: 'held' });
    const sameAsAdmin = { ...operator('Admin'), key: mine.actorKey };
    expect(() => approvePeople(sameAsAdmin, { people: [person] })).toThrow(/a second person has to approve/);
    const another = { ...operator('Admin'), key: 'demo/another' };
    expect(approvePeople(another, { people: [person] }).done).toEqual([person.id]);
  });

  test('the newest file counts, and the key before the name', () => {
    const people = [held(mine, another), held(another, mine), held({ receivedFrom: 'Demo Operator', actorKey: null })];
    const result = approvePeople(helpdesk, { people });
    expect(result.done).toEqual([people[0]?.id]);
    expect(result.refused.map(({ id }) => id)).toEqual([people[1]?.id, people[2]?.id]);
  });

  test('the drop folder has no operator, and nobody needs a second person to say no', () => {
    const dropped = held({ receivedFrom: 'Demo Operator', source: 'drop_folder' });
    expect(approvePeople(helpdesk, { people: [dropped] }).done).toEqual([dropped.id]);
    const own = held(mine);
    expect(rejectPeople(helpdesk, { people: [own], why: 'my mistake' }).done).toEqual([own.id]);
  });
});

test('a retry is no approval: a held person cannot be let through by it', () => {
  const { id, revision } = addPerson(db, { state: 'held' });
  expect(codeOf(() => retryPeople(helpdesk, { people: [{ id, revision }] }))).toBe('conflict');
  expect(stored(id)).toMatchObject({ state: 'held', approvedAt: null });
});

test('who has changed since the operator looked is left alone, without an event', () => {
  const { id, revision } = addPerson(db, { state: 'held' });
  approvePeople({ ...operator('Admin'), key: 'demo/another' }, { people: [{ id, revision }] });
  const first = stored(id);
  expect(codeOf(() => dismissPeople(helpdesk, { people: [{ id, revision }], why: 'not expected' }))).toBe('conflict');
  expect(stored(id)).toEqual(first);
  expect(eventsOf(id)).toHaveLength(1);
});

test('of two clicks on the same button only the first one counts', () => {
  const { id, revision } = addPerson(db);
  retryPeople(helpdesk, { people: [{ id, revision }] });
  expect(codeOf(() => retryPeople(helpdesk, { people: [{ id, revision }] }))).toBe('conflict');
  expect(eventsOf(id)).toHaveLength(1);
});

test('of many people those that fit are moved, the others are named with why', () => {
  const ready = addPerson(db, { state: 'held' });
  const gone = addPerson(db, { state: 'provisioned', displayName: 'Grace' });
  const both = [ready, gone].map(({ id, revision }) => ({ id, revision }));
  const result = approvePeople(helpdesk, { people: [...both, { id: 999_999, revision: 0 }, ...both] });
  expect(result.done).toEqual([ready.id]);
  expect(result.refused.map(({ id }) => id)).toEqual([gone.id, 999_999]);
  expect(result.refused[0]?.why).toContain('Grace');
  expect(stored(gone.id)?.state).toBe('provisioned');
});

describe('answers about a licence', () => {
  const plan = JSON.stringify({
    licences: [{ skuPartNumber: 'EXCHANGESTANDARD', disabledPlans: [] }],
    remove: ['EXCHANGEDESKLESS'],
    usageLocation: null,
  });

  test('what is added and removed is named, stored with who decided, told, and carried out at once', () => {
    const { id, revision } = addPerson(db, { state: 'needs_attention', reason: 'licence_differs', heldPlan: plan });
    expect(answerAboutLicence(helpdesk, { people: [{ id, revision, plan }], choice: 'replace' }).done).toEqual([id]);
    expect(replacementText(plan, 'en')).toBe('Add Exchange Online (Plan 1), remove Exchange Online Kiosk');
    expect(stored(id)).toMatchObject({ state: 'queued', choice: 'replace', choiceBy: 'Demo Operator', heldPlan: plan });
    expect(eventsOf(id)).toMatchObject([{ kind: 'person.choice_made', actor: 'Demo Operator', toState: 'queued' }]);
    expect(db.select().from(runPeople).where(eq(runPeople.personId, id)).all()).toHaveLength(1);
  });

  test('a plan that changed since it was seen is not agreed to', () => {
    const { id, revision } = addPerson(db, { state: 'needs_attention', reason: 'other_licence', heldPlan: plan });
    const seen = [{ id, revision, plan: plan.replace('DESKLESS', 'STANDARD') }];
    expect(codeOf(() => answerAboutLicence(helpdesk, { people: seen, choice: 'replace' }))).toBe('conflict');
    expect(stored(id)).toMatchObject({ state: 'needs_attention', choice: null });
  });

  test.each([
    ['replace', 'mailbox_late', plan],
    ['replace', 'other_licence', null],
    ['reassign', 'mailbox_late', null],
    ['reprocess', 'other_licence', plan],
    ['keep', 'mailbox_late', plan],
  ])('%s is no answer to %s with the plan %s', (choice, reason, heldPlan) => {
    const person = addPerson(db, { state: 'needs_attention', reason, heldPlan });
    expect(codeOf(() => answerAboutLicence(helpdesk, { people: [person], choice }))).toBe('conflict');
  });

  test('a group’s licence is asked for once more, though it was asked for before', () => {
    const { id, revision } = addPerson(db, {
      state: 'needs_attention',
      reason: 'group_licence_failed',
      licencesReprocessedAt: 1,
    });
    answerAboutLicence(helpdesk, { people: [{ id, revision }], choice: 'reprocess' });
    expect(stored(id)).toMatchObject({ state: 'queued', licencesReprocessedAt: null });
  });
});

test('a person who does not exist is not found', () => {
  expect(codeOf(() => retryPeople(helpdesk, { people: [{ id: 424_242, revision: 0 }] }))).toBe('not_found');
});

test('where the event cannot be stored the state does not change either', () => {
  const { id, revision } = addPerson(db);
  db.$client.exec(
    `create temp trigger no_event before insert on events when new.person_id = ${id} begin select raise(abort, 'disk full'); end`,
  );
  expect(() => retryPeople(helpdesk, { people: [{ id, revision }] })).toThrow();
  db.$client.exec('drop trigger no_event');
  expect(stored(id)).toMatchObject({ state: 'needs_attention', revision });
  expect(eventsOf(id)).toEqual([]);
});

describe('an action works from exactly these states', () => {
  const waiting = ['awaiting_sync', 'awaiting_start', 'awaiting_seat', 'awaiting_mailbox'];
  test.each([
    { action: 'license_now', verb: licensePeopleNow, from: ['awaiting_start'] },
    { action: 'license_anyway', verb: licensePeopleAnyway, from: ['needs_attention'] },
    { action: 'retry', verb: retryPeople, from: [...waiting, 'needs_attention'] },
    { action: 'approve', verb: approvePeople, from: ['held'] },
    { action: 'reject', verb: rejectPeople, from: ['held'] },
    { action: 'dismiss', verb: dismissPeople, from: ['queued', ...waiting, 'held', 'needs_attention'] },
    { action: 'reopen', verb: reopenPeople, from: ['dismissed'] },
  ])('$action', ({ verb, from }) => {
    const moved = PERSON_STATES.filter((state) => {
      const { id, revision } = addPerson(db, { state, reason: 'mailbox_maybe_on_premises' });
      return codeOf(() => verb(helpdesk, { people: [{ id, revision }], why: 'because' })) === undefined;
    });
    expect(moved).toEqual(from);
  });
});

describe('what is done to many people at once', () => {
  test('keeps whose list it was and why, and has one entry in the history', () => {
    const ids = [1, 2, 3].map(() => addPerson(db, { employeeType: 'Bulk', employeeTypeKey: 'bulk' }).id);
    const input = { action: 'retry', matching: { type: 'bulk', sort: 'name' }, expected: 3, why: 'Mapped now' };
    expect(() => actOnMatching(helpdesk, { ...input, why: 'x' })).toThrow('say why');
    const { done, deed } = actOnMatching(helpdesk, input);
    expect(done.toSorted()).toEqual(ids.toSorted());
    const { entry, people: shown, bulk } = readDeed(helpdesk, { id: deed });
    expect(entry.message).toBe('Demo Operator requested a retry. The next cycle checks again. Why: Mapped now');
    expect(shown.items.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(bulk).toEqual({ asked: 3, matching: 'type=bulk', refused: [] });
  });

  test('a usage location for several people keeps whose list it was and why, and is one deed wherever each was before, in both languages', () => {
    const from = [null, 'US', 'FR'].map((usageLocation) => ({ usageLocation, state: 'needs_attention' as const }));
    const ids = from.map((values) => addPerson(db, { ...values, employeeType: 'Loc', employeeTypeKey: 'loc' }).id);
    const input = {
      action: 'locate',
      matching: { type: 'loc' },
      expected: 3,
      usageLocation: 'DE',
      why: 'Moved office',
    };
    const { deed } = actOnMatching(helpdesk, input);
    const { entry, people: shown, bulk } = readDeed(helpdesk, { id: deed });
    expect(entry.message).toBe('Demo Operator set the usage location to DE and asked to try again. Why: Moved office');
    expect(entry.changes).toEqual([{ what: 'UsageLocation', before: 'different values', after: 'DE' }]);
    expect(shown.items.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(bulk).toEqual({ asked: 3, matching: 'type=loc', refused: [] });
    expect(eventText('de', { ...entry, file: null })).toBe(
      'Demo Operator hat den Nutzungsstandort auf DE gesetzt und eine erneute Prüfung angefordert. Begründung: Moved office',
    );
    expect(ids.map((id) => stored(id)?.message)).toEqual(Array(3).fill(expect.stringMatching(/Why: Moved office$/)));
  });

  test.each([
    ['license_anyway', 'name_belongs_to_another', {}],
    ['reassign', 'mailbox_late', { heldPlan: '{}' }],
  ] as const)('%s of several people keeps why', (action, reason, values) => {
    const verb = PEOPLE_VERBS[action];
    const chosen = [1, 2].map(() => addPerson(db, { state: 'needs_attention', reason, ...values }));
    const { deed } = verb(helpdesk, { people: chosen, why: 'Agreed with the shops' });
    expect(readDeed(helpdesk, { id: deed }).entry.message).toMatch(/ Why: Agreed with the shops$/);
  });

  test('names whom it left alone, and why', () => {
    const able = [addPerson(db), addPerson(db)];
    const done = addPerson(db, { state: 'provisioned', displayName: 'Done Long Ago' });
    const { refused, deed } = dismissPeople(helpdesk, { people: [...able, done], why: 'left the company' });
    expect(readDeed(helpdesk, { id: deed }).bulk).toEqual({
      asked: 3,
      matching: null,
      refused: [{ id: done.id, displayName: 'Done Long Ago', why: refused[0]?.why }],
    });
  });
});
