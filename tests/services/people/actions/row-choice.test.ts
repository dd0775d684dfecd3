/** Two rows that disagree about somebody without a licence: held until an operator chooses one, in one file and across files. */
import { desc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { people } from '#db/schema/people.ts';
import { runPeople } from '#db/schema/runs.ts';
import { settings } from '#db/schema/system.ts';
import { recordOutcomes } from '#db/store/outcomes/outcomes.ts';
import { heldParts } from '#db/store/people/approvals-read.ts';
import { duePeople, readPeople } from '#db/store/people/people.ts';
import { CLOSED_STATES, PERSON_STATES } from '#lib/domain/states.ts';
import { readOverview } from '#lib/services/overview/overview.ts';
import { approvePeople, dismissPeople, rejectPeople, retryPeople } from '#lib/services/people/actions/people-moves.ts';
import { editPersonValues, setLocation } from '#lib/services/people/actions/person-edits.ts';
import { chooseRow } from '#lib/services/people/actions/row-choice.ts';
import { readPerson } from '#lib/services/people/people.ts';
import { importBytes, NOW, storedEvents } from '#tests/intake/build.ts';
import { rewriteHistory } from '#tests/support/rewrite-history.ts';
import { addRun, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const helpdesk = operator('Operator');
const HEADER = 'CN,UserPrincipalName,EmployeeType,UsageLocation\n';

let made = 0;
let upn = '';
beforeEach(() => {
  made += 1;
  upn = `anna${made}@contoso.example`;
});

/** A file with these rows about the person of the test; each gives `EmployeeType,UsageLocation`. */
function drop(name: string, ...rows: string[]) {
  return importBytes(db, HEADER + rows.map((row) => `Anna,${upn},${row}\n`).join(''), { name, now: NOW + ++made });
}

const stored = () => {
  const person = db.select().from(people).where(eq(people.userPrincipalName, upn)).get();
  if (!person) throw new Error('nobody');
  return person;
};
const change = (values: Partial<typeof people.$inferInsert>) =>
  db.update(people).set(values).where(eq(people.id, stored().id)).run();
const choices = () => readPerson(helpdesk, { id: stored().id }).rowChoices;
const isDue = () =>
  [...duePeople(db, { now: Number.MAX_SAFE_INTEGER, all: true })].flat().some(({ id }) => id === stored().id);

function codeOf(call: () => unknown): unknown {
  try {
    call();
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

describe('held until somebody chooses', () => {
  test('in one file: no cycle looks at the person, and both rows are shown', () => {
    expect(drop('a.csv', 'E,DE', 'N,DE')).toMatchObject({ rows: 2, accepted: 1, duplicates: 1, rejected: [] });
    expect(stored()).toMatchObject({ state: 'held', reason: 'rows_disagree', employeeType: 'E' });
    expect(stored().message).toBe(
      'a.csv, line 3, says EmployeeType N, but EmployeeType E was said before. Someone has to choose which row is right.',
    );
    expect(isDue()).toBe(false);
    expect(choices()).toMatchObject([
      { fileName: 'a.csv', line: 3, employeeType: 'N', usageLocation: 'DE' },
      { fileName: 'a.csv', line: 2, employeeType: 'E', usageLocation: 'DE' },
    ]);
  });

  test('across files: what the later one says beside what decides is taken over at once', () => {
    drop('a.csv', 'E,DE');
    importBytes(db, `${HEADER}Anna Able,${upn},e,FR\n`, { name: 'b.csv', now: NOW + ++made });
    expect(stored()).toMatchObject({ state: 'held', displayName: 'Anna Able', usageLocation: 'DE', nextCheckAt: null });
    expect(choices()).toMatchObject([
      { fileName: 'b.csv', line: 2, usageLocation: 'FR' },
      { fileName: 'a.csv', line: 2, usageLocation: 'DE' },
    ]);
  });

  test('three rows offer each combination once, by the newest row that says it', () => {
    drop('a.csv', 'E,DE', 'N,DE', 'N,DE');
    drop('b.csv', 'X,');
    expect(choices().map(({ line, employeeType, usageLocation }) => [line, employeeType, usageLocation])).toEqual([
      [2, 'X', null],
      [4, 'N', 'DE'],
      [2, 'E', 'DE'],
    ]);
  });

  test.each([
    ['the same in other letters', 'e,de'],
    ['an empty location', 'E,'],
    ['an empty type', ',DE'],
  ])('%s contradicts nothing', (_, row) => {
    drop('a.csv', 'E,DE', row);
    expect(stored()).toMatchObject({ state: 'queued', employeeType: 'E' });
    drop('b.csv', row);
    expect(stored()).toMatchObject({ state: 'queued' });
    expect(choices()).toEqual([]);
  });

  test('a row that fills in what was empty fills it in', () => {
    drop('a.csv', ',');
    drop('b.csv', 'N,FR');
    expect(stored()).toMatchObject({ state: 'queued', employeeType: 'N', usageLocation: 'FR' });
  });

  test.each(PERSON_STATES)('while %s', (state) => {
    drop('a.csv', 'E,DE');
    change({ state, heldPlan: 'x', approvedAt: 1, approvedBy: 'Ada', approvedPlan: 'x' });
    drop('b.csv', 'N,DE');
    const isHeld = ![...CLOSED_STATES, 'awaiting_mailbox'].includes(state);
    expect(stored()).toMatchObject(
      isHeld
        ? {
            state: 'held',
            reason: 'rows_disagree',
            employeeType: 'E',
            heldPlan: null,
            approvedAt: null,
            approvedPlan: null,
          }
        : { employeeType: 'N' },
    );
    expect(stored().reason === 'rows_disagree').toBe(isHeld);
  });

  test('somebody whom we licensed already is not held: that is another question', () => {
    drop('a.csv', 'E,DE');
    change({ state: 'needs_attention', licensedAt: 5 });
    drop('b.csv', 'N,DE');
    expect(stored().reason).not.toBe('rows_disagree');
  });

  test('where Settings say that the newest row wins, it does, in one file and across files', () => {
    const row = { key: 'settings.newestRowWins', value: true, updatedAt: NOW, updatedBy: 'Ada' };
    db.insert(settings).values(row).run();
    try {
      drop('a.csv', 'E,DE', 'N,FR');
      expect(stored()).toMatchObject({ state: 'queued', employeeType: 'N', usageLocation: 'FR' });
      drop('b.csv', 'X,DE');
      expect(stored()).toMatchObject({ state: 'queued', employeeType: 'X', usageLocation: 'DE' });
    } finally {
      db.delete(settings).where(eq(settings.key, row.key)).run();
    }
  });
});

describe('an operator chooses', () => {
  test('the newer row: its values count, the person is checked at once, and the history says who chose', () => {
    drop('a.csv', 'E,DE');
    drop('b.csv', 'N,FR');
    change({ mappingId: null, locationSetBy: 'Ada' });
    const { id, revision } = stored();
    const [newer] = choices();
    expect(chooseRow(helpdesk, { id, revision, fileId: newer?.fileId, line: newer?.line })).toEqual({
      employeeType: 'N',
    });
    expect(stored()).toMatchObject({
      state: 'queued',
      reason: 'row_chosen',
      employeeType: 'N',
      employeeTypeKey: 'n',
      usageLocation: 'FR',
      locationSetBy: null,
      revision: revision + 1,
    });
    expect(stored().message).toBe('Demo Operator chose b.csv, line 2. The next cycle looks up the account.');
    expect(db.select().from(runPeople).where(eq(runPeople.personId, id)).all()).toHaveLength(1);
    const [event] = db.select().from(events).where(eq(events.personId, id)).orderBy(desc(events.id)).all();
    expect(event).toMatchObject({
      kind: 'person.row_chosen',
      actor: 'Demo Operator',
      actorKey: 'demo/operator',
      fromState: 'held',
      toState: 'queued',
      data: {
        fileId: newer?.fileId,
        line: 2,
        changes: [
          { column: 'EmployeeType', before: 'E', after: 'N' },
          { column: 'UsageLocation', before: 'DE', after: 'FR' },
        ],
      },
    });
    expect(choices()).toEqual([]);
  });

  test('the older row: everything stays as it was known', () => {
    drop('a.csv', 'E,DE', 'N,');
    const { id, revision } = stored();
    const older = choices().find(({ employeeType }) => employeeType === 'E');
    chooseRow(helpdesk, { id, revision, fileId: older?.fileId, line: older?.line });
    expect(stored()).toMatchObject({ state: 'queued', employeeType: 'E', usageLocation: 'DE' });
  });

  test.each([
    ['chosen', 'E'],
    ['chosen', 'N'],
    ['edited', 'Z'],
  ])('a list that comes every night does not ask again what was %s: %s', (how, type) => {
    drop('night 1.csv', 'E,DE', 'N,DE');
    const { id, revision } = stored();
    const chosen = choices().find(({ employeeType }) => employeeType === type);
    if (how === 'chosen') chooseRow(helpdesk, { id, revision, fileId: chosen?.fileId, line: chosen?.line });
    else editPersonValues(helpdesk, { id, revision, userPrincipalName: upn, employeeType: type, usageLocation: 'DE' });
    rewriteHistory(db, () =>
      db
        .update(events)
        .set({ at: NOW + 1e9 })
        .where(eq(events.personId, id))
        .run(),
    );
    for (const night of [2, 3]) {
      drop(`night ${night}.csv`, 'E,DE', 'N,DE');
      expect(stored(), `night ${night}`).toMatchObject({ state: 'queued', employeeType: type });
    }
    drop('night 4.csv', 'E,DE', 'X,DE');
    expect(stored()).toMatchObject({ state: 'held', reason: 'rows_disagree', employeeType: type });
  });

  test('nor does a list that writes the time into each of its rows, until a row says something else', () => {
    const dropAt = (night: number, ...rows: string[]) =>
      importBytes(
        db,
        `CN,UserPrincipalName,EmployeeType,ExportedAt\n${rows.map((type) => `Anna,${upn},${type},2026-03-0${night} 02:00\n`).join('')}`,
        { name: `night ${night}.csv`, now: NOW + ++made },
      );
    dropAt(1, 'E', 'N');
    dropAt(2, 'E', 'N');
    const { id, revision } = stored();
    const chosen = choices().find(({ employeeType }) => employeeType === 'N');
    chooseRow(helpdesk, { id, revision, fileId: chosen?.fileId, line: chosen?.line });
    rewriteHistory(db, () =>
      db
        .update(events)
        .set({ at: NOW + ++made })
        .where(eq(events.personId, id))
        .run(),
    );
    for (const night of [3, 4, 5]) {
      dropAt(night, 'E', 'N');
      expect(stored(), `night ${night}`).toMatchObject({ state: 'queued', employeeType: 'N' });
    }
    dropAt(6, 'X', 'N');
    expect(stored()).toMatchObject({ state: 'held', employeeType: 'N' });
  });

  /** As if the newest decision had been made now, by the clock of the files. */
  const decidedNow = () =>
    rewriteHistory(db, () =>
      db
        .update(events)
        .set({ at: NOW + ++made })
        .where(eq(events.personId, stored().id))
        .run(),
    );

  test.each(['awaiting_mailbox', 'provisioned', 'needs_attention', 'dismissed'] as const)(
    'nor do two lists that contradict each other undo it once the person is licensed and %s',
    (state) => {
      drop('night 1.csv', 'E,DE');
      drop('other 1.csv', 'N,DE');
      const { id, revision } = stored();
      const chosen = choices().find(({ employeeType }) => employeeType === 'N');
      chooseRow(helpdesk, { id, revision, fileId: chosen?.fileId, line: chosen?.line });
      decidedNow();
      change({ state, licensedAt: state === 'dismissed' ? null : NOW, nextCheckAt: null });
      const before = storedEvents(db).filter(({ personId }) => personId === id);
      for (const night of [2, 3]) {
        drop(`night ${night}.csv`, 'E,DE');
        drop(`other ${night}.csv`, 'N,DE');
        expect(stored(), `night ${night}`).toMatchObject({ state, employeeType: 'N' });
      }
      expect(storedEvents(db).filter(({ personId }) => personId === id)).toEqual(before);
      drop('other 4.csv', 'X,DE');
      expect(stored().employeeType).toBe('X');
      if (state === 'dismissed') return;
      drop('night 4.csv', 'E,DE');
      expect(stored().employeeType).toBe('E');
    },
  );

  test('a decision about something else stands against no type of whoever is licensed', () => {
    drop('night 1.csv', 'E,DE');
    change({ state: 'needs_attention', licensedAt: NOW });
    drop('night 2.csv', 'N,DE');
    setLocation(helpdesk, { people: [{ id: stored().id, revision: stored().revision }], usageLocation: 'FR' });
    decidedNow();
    drop('night 3.csv', 'E,DE');
    expect(stored()).toMatchObject({ employeeType: 'E' });
  });

  test('not on facts that have changed, not a row that is none of those, and not twice', () => {
    drop('a.csv', 'E,DE', 'N,DE');
    const seen = stored();
    const [newest] = choices();
    const choice = { id: seen.id, revision: seen.revision, fileId: newest?.fileId, line: newest?.line };
    drop('b.csv', 'X,DE');
    expect(stored().revision).toBeGreaterThan(seen.revision);
    expect(codeOf(() => chooseRow(helpdesk, choice))).toBe('conflict');
    const now = { ...choice, revision: stored().revision };
    expect(codeOf(() => chooseRow(helpdesk, { ...now, line: 9 }))).toBe('not_found');
    expect(codeOf(() => chooseRow(operator('Viewer'), now))).toBe('forbidden');
    chooseRow(helpdesk, now);
    expect(codeOf(() => chooseRow(helpdesk, { ...now, revision: stored().revision }))).toBe('not_found');
  });

  test('nothing else lets the person go: no approval, retry or location; a correction or a dismissal is a decision too', () => {
    drop('a.csv', 'E,DE', 'N,DE');
    const seen = () => [{ id: stored().id, revision: stored().revision }];
    for (const act of [approvePeople, retryPeople])
      expect(codeOf(() => act(helpdesk, { people: seen() }))).toBe('conflict');
    expect(codeOf(() => rejectPeople(helpdesk, { people: seen(), why: 'not now' }))).toBe('conflict');
    expect(codeOf(() => setLocation(helpdesk, { people: seen(), usageLocation: 'FR' }))).toBe('conflict');
    expect(stored()).toMatchObject({ state: 'held', employeeType: 'E', usageLocation: 'DE' });
    expect(readPerson(helpdesk, { id: stored().id }).actions).toEqual(['dismiss']);
    expect(heldParts(db, helpdesk.key).filter(({ reason }) => reason === 'rows_disagree')).toEqual([]);
    expect(readOverview(helpdesk).needsHuman.find(({ reason }) => reason === 'rows_disagree')).toMatchObject({
      state: 'held',
      cure: { kind: 'none' },
    });
    editPersonValues(helpdesk, { ...seen()[0], userPrincipalName: upn, employeeType: 'Z', usageLocation: 'DE' });
    expect(stored()).toMatchObject({ state: 'queued', employeeType: 'Z' });
    drop('b.csv', 'N,DE');
    dismissPeople(helpdesk, { people: seen(), why: 'left again' });
    expect(stored().state).toBe('dismissed');
  });
});

test('a cycle under way cannot record for the values that an import has changed meanwhile', () => {
  drop('a.csv', ',');
  const { id } = stored();
  const [asRead] = readPeople(db, [id]);
  if (!asRead) throw new Error('nobody');
  drop('b.csv', 'N,FR');
  expect(stored()).toMatchObject({ state: 'queued', employeeType: 'N', revision: asRead.revision + 1 });
  addRun(db, `run ${made}`);
  const verdict = {
    state: 'needs_attention',
    reason: 'employee_type_missing',
    message: 'No type.',
    nextCheckAt: null,
  } as const;
  const nothing = { accountId: null, mappingId: null, heldPlan: null, planned: null, intentResult: null } as const;
  const outcome = { person: asRead, verdict, ...nothing, licenceVerified: false, mailboxTouched: false };
  db.transaction((tx) =>
    recordOutcomes(tx, `run ${made}`, [{ ...outcome, written: [], calls: [], durationMs: 1 }], NOW + 9e6),
  );
  expect(stored()).toMatchObject({ state: 'queued', employeeType: 'N', nextCheckAt: NOW + made });
  expect(storedEvents(db).some(({ personId, kind }) => personId === id && kind === 'person.moved')).toBe(false);
});
