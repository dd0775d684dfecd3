import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { intakeFiles, intakeRows, unchangedRows } from '#db/schema/files.ts';
import { people } from '#db/schema/people.ts';
import { listPeople, readPerson } from '#lib/services/people/people.ts';
import {
  addFile,
  addOutcome,
  addPerson,
  addRun,
  openServicesDatabase,
  operator,
} from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const viewer = operator('Viewer');

const zoe = addPerson(db, {
  userPrincipalName: 'zoe@contoso.example',
  displayName: 'Zoë 100%',
  state: 'held',
  reason: 'safety_limit',
});
const ada = addPerson(db, {
  userPrincipalName: 'ada_l@contoso.example',
  displayName: 'Ada L',
  state: 'provisioned',
  reason: 'provisioned',
});
const bob = addPerson(db, {
  userPrincipalName: 'bob@contoso.example',
  displayName: 'Bob',
  employeeType: 'N',
  employeeTypeKey: 'n',
});
db.insert(intakeFiles)
  .values({
    id: 'f1',
    name: 'new.csv',
    sha256: 'x',
    sizeBytes: 1,
    modifiedAt: 1,
    receivedAt: 1,
    source: 'drop_folder',
    receivedFrom: 'idm',
    status: 'accepted',
  })
  .run();
db.insert(intakeRows)
  .values({ fileId: 'f1', line: 2, raw: 'Bob,bob@contoso.example,N', verdict: 'accepted', personId: bob.id })
  .run();
addRun(db, 'r1');
addOutcome(db, {
  runId: 'r1',
  personId: ada.id,
  written: [{ what: 'licence', from: null, to: 'Exchange Online (Plan 1)', why: 'mapping E' }],
  calls: [
    {
      call: 'POST /users/a/assignLicense',
      status: 200,
      code: null,
      requestId: 'q1',
      clientRequestId: 'c1',
      at: 1_400,
      durationMs: 8,
    },
  ],
});

const namesOf = (input: unknown) => listPeople(viewer, input).items.map(({ displayName }) => displayName);

test('files are offered that have somebody of their own, and the one that is chosen', () => {
  const repeat = addFile(db, { name: 'every night.csv', rows: 1, accepted: 0, duplicates: 1 }, []);
  const names = (input: object) => listPeople(viewer, input).choices.files.map(({ name }) => name);
  expect(names({})).toEqual(['new.csv']);
  expect(names({ file: repeat })).toEqual(['new.csv', 'every night.csv']);
});

test('a search that finds nobody offers whom the filters leave out, similar names, and the rows that stayed out only where one has it', () => {
  const offered = (input: object) => {
    const { perhaps, isInRowsOut } = listPeople(viewer, input);
    return [perhaps.map(({ displayName, match }) => [displayName, match]), isInRowsOut];
  };
  expect(offered({ q: 'bob', state: 'held' })).toEqual([[['Bob', 'name']], false]);
  expect(offered({ q: 'adda' })).toEqual([[['Ada L', 'similar']], false]);
  expect(offered({ q: 'bob' })).toEqual([[], false]);
  expect(offered({ state: 'dismissed' })).toEqual([[], false]);
  db.insert(intakeRows).values({ fileId: 'f1', line: 3, raw: 'Walt Walnut,walt walnut,N', verdict: 'rejected' }).run();
  expect(offered({ q: 'walnut' })).toEqual([[], true]);
});

test('without a filter everybody is listed, the newest first', () => {
  expect(namesOf({})).toEqual(['Bob', 'Ada L', 'Zoë 100%']);
});

test('filters narrow the list and leave the numbers of the whole untouched', () => {
  const list = listPeople(viewer, { state: 'held,provisioned', sort: 'name', dir: 'asc' });
  expect(list.items.map(({ id }) => id)).toEqual([ada.id, zoe.id]);
  expect(list.total).toBe(2);
  expect(list.everybody).toBe(3);
  expect(list.byState).toMatchObject({ held: 1, provisioned: 1, needs_attention: 1, queued: 0 });
  expect(namesOf({ reason: 'safety_limit' })).toEqual(['Zoë 100%']);
  expect(namesOf({ type: ' N ' })).toEqual(['Bob']);
  expect(namesOf({ file: 'f1' })).toEqual(['Bob']);
  expect(namesOf({ run: 'r1' })).toEqual(['Ada L']);
});

test('a file that only repeats earlier rows lists whom those name, alone and beside other filters', () => {
  const repeat = addFile(db, { name: 'again.csv', rows: 1, accepted: 0, duplicates: 1 }, []);
  const row = db.$client
    .prepare<[], number>(`select id from intake_rows where file_id = 'f1' and line = 2`)
    .pluck()
    .get();
  db.insert(unchangedRows)
    .values({ fileId: repeat, rows: 1, repeats: JSON.stringify([[2, row]]) })
    .run();
  expect(namesOf({ file: repeat })).toEqual(['Bob']);
  expect(namesOf({ file: repeat, state: 'needs_attention,queued,held' })).toEqual(namesOf({ file: 'f1' }));
  expect(namesOf({ file: repeat, q: 'bob' })).toEqual(['Bob']);
  expect(namesOf({ file: repeat, q: 'zoë' })).toEqual([]);
  expect(listPeople(viewer, { file: repeat }).total).toBe(1);
});

test('a search looks in name and UserPrincipalName, and its characters are no wildcards', () => {
  expect(namesOf({ q: 'BOB@' })).toEqual(['Bob']);
  expect(namesOf({ q: '100%' })).toEqual(['Zoë 100%']);
  expect(namesOf({ q: 'a_l' })).toEqual(['Ada L']);
  expect(namesOf({ q: 'o_o' })).toEqual([]);
});

test('a search finds a name however its letters are cased, umlauts included', () => {
  for (const q of ['ZOË', 'zoë', 'Zoë', 'oë 1']) expect(namesOf({ q })).toEqual(['Zoë 100%']);
  const { id } = addPerson(db, { displayName: 'Jörg Özil', state: 'dismissed' });
  for (const q of ['özil', 'ÖZIL', 'jörg ö', 'JÖRG ÖZIL'])
    expect(listPeople(viewer, { q }).items.map((item) => item.id)).toEqual([id]);
  db.delete(people).where(eq(people.id, id)).run();
});

test('a filter that is on can be shown on, also in another case or where nobody matches it any more', () => {
  const { choices } = listPeople(viewer, { type: 'N,Q9', reason: 'no_seat' });
  expect(choices.employeeTypes.filter(({ key }) => key === 'n')).toEqual([{ key: 'n', name: 'N' }]);
  expect(choices.employeeTypes).toContainEqual({ key: 'q9', name: 'Q9' });
  expect(choices.reasons.map(({ reason }) => reason)).toContain('no_seat');
  expect(listPeople(viewer, {}).choices.employeeTypes.map(({ key }) => key)).not.toContain('q9');
});

test('an empty EmployeeType is no choice beside “Any type”, whose value it would have', () => {
  const { id } = addPerson(db, { displayName: 'Quinn', employeeType: '', employeeTypeKey: '' });
  const keys = listPeople(viewer, {}).choices.employeeTypes.map(({ key }) => key);
  expect(keys.length).toBeGreaterThan(0);
  expect(keys).not.toContain('');
  db.delete(people).where(eq(people.id, id)).run();
});

test('nonsense in the address is ignored, and a page beyond the end is the last one', () => {
  const list = listPeople(viewer, { state: 'nobody', sort: 'password', dir: ['asc'], page: '-3', q: '   ' });
  expect(list.total).toBe(3);
  expect(listPeople(viewer, { page: '99' })).toMatchObject({ page: 1, pageCount: 1 });
});

test('a person tells its row, its fix and what can be done with it', () => {
  const person = readPerson(operator('Operator'), { id: String(bob.id) });
  expect(person.sources).toMatchObject([{ fileName: 'new.csv', line: 2, raw: 'Bob,bob@contoso.example,N' }]);
  expect(person.fix).toContain('Enable the account');
  expect(person.actions).toEqual(['license_now', 'retry', 'dismiss']);
  expect(person.timeline).toMatchObject([{ at: 1, actor: 'idm', message: 'Accepted from new.csv, line 2.' }]);
});

test('the way to the account where it is mended is named in the language of its reader', () => {
  const paula = addPerson(db, { state: 'needs_attention', reason: 'proxy_address_conflict', accountId: 'account-1' });
  expect(readPerson(viewer, { id: paula.id }).portal?.label).toBe('The account in Entra');
  expect(readPerson(viewer, { id: paula.id }, 'de').portal?.label).toBe('Das Konto in Entra');
});

test('a move and the outcome of its run are one entry of the timeline, with what was written and answered', () => {
  db.insert(events)
    .values([
      { at: 1_000, actor: 'idm', kind: 'person.accepted', personId: ada.id, toState: 'queued', message: 'Accepted.' },
      {
        at: 1_500,
        actor: 'engine',
        kind: 'person.moved',
        personId: ada.id,
        runId: 'r1',
        fromState: 'queued',
        toState: 'provisioned',
        reason: 'provisioned',
        message: 'Licensed.',
      },
    ])
    .run();
  const { timeline } = readPerson(viewer, { id: ada.id });
  expect(timeline).toHaveLength(2);
  expect(timeline[0]).toMatchObject({
    toState: 'provisioned',
    runId: 'r1',
    written: [{ what: 'licence' }],
    calls: [{ requestId: 'q1' }],
  });
  expect(timeline[1]).toMatchObject({ actor: 'idm', message: 'Accepted.', calls: [] });
});

test('someone who is not there is not found', () => {
  expect(() => readPerson(viewer, { id: 12_345 })).toThrow('This person does not exist.');
});

test('checks that found everything as it was are one entry of the history, with their number', () => {
  const person = addPerson(db, { state: 'awaiting_sync', reason: 'not_synchronised', checks: 214, lastCheckAt: 9_000 });
  addRun(db, 'r-first');
  addOutcome(db, { runId: 'r-first', personId: person.id, at: 2_000, state: 'awaiting_sync' });
  const { timeline } = readPerson(viewer, { id: person.id });
  expect(timeline.map(({ at, message }) => [at, message])).toEqual([
    [9_000, 'No changes in 213 checks so far.'],
    [2_000, expect.any(String)],
  ]);
});
