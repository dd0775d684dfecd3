import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { events } from '#db/schema/events.ts';
import { outcomes, runOutcomes, unchangedOutcomes } from '#db/schema/outcomes.ts';
import { people } from '#db/schema/people.ts';
import { recordOutcomes } from '#db/store/outcomes/outcomes.ts';
import { countOutcomes, eachOutcome, pageOfOutcomes } from '#db/store/outcomes/outcomes-read.ts';
import { readPeople } from '#db/store/people/people.ts';
import type { PersonOutcome } from '#lib/domain/decision/outcome.ts';
import type { Person } from '#lib/domain/person.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import { INCONCLUSIVE_REASONS } from '#lib/domain/reasons/reasons.ts';
import { PERSON_STATES, type PersonState } from '#lib/domain/states.ts';
import { randomCases } from '#tests/support/runner/random-cases.ts';
import { addPerson, addRun } from '#tests/support/services-world.ts';

function openDb(): Db {
  const db = openDatabase(':memory:');
  onTestFinished(() => void db.$client.close());
  return db;
}

function statIfExists(person: Person, change: Partial<PersonOutcome> = {}): PersonOutcome {
  return {
    person,
    verdict: { state: 'awaiting_sync', reason: 'not_synchronised', message: 'Not there yet.', nextCheckAt: 10 },
    accountId: null,
    mappingId: null,
    licenceVerified: false,
    mailboxTouched: false,
    heldPlan: null,
    planned: null,
    written: [],
    calls: [{ call: 'GET /users', requestId: 'b0ff0b1c-4e5b-4a5a-9a8b-3a1f5f0a2d11' }],
    intentResult: null,
    durationMs: 12,
    ...change,
  };
}

const record = (db: Db, runId: string, checks: PersonOutcome[], now: number) =>
  db.transaction(() => recordOutcomes(db, runId, checks, now));

function waiting(db: Db, n: number): number[] {
  const standing = { state: 'awaiting_sync', reason: 'not_synchronised', message: 'Not there yet.' } as const;
  return Array.from({ length: n }, () => addPerson(db, standing).id);
}

test('a check that finds people as before writes one row for all of them, and some bytes for each', () => {
  const db = openDb();
  db.$client.exec('update sqlite_sequence set seq = 1000000');
  db.$client.exec("insert into sqlite_sequence (name, seq) select 'people', 1000000");
  const ids = waiting(db, 300);
  expect(ids[0]).toBeGreaterThan(1_000_000);
  addRun(db, 'r');
  const changes = db.$client.prepare<[], number>('select total_changes()').pluck();
  const before = changes.get() ?? 0;
  record(
    db,
    'r',
    readPeople(db, ids).map((person) => statIfExists(person)),
    9,
  );
  // The people, one row for all of them, and the counts of the run.
  expect((changes.get() ?? 0) - before).toBe(302);
  expect(db.select().from(outcomes).all()).toEqual([]);
  expect(db.select().from(events).all()).toEqual([]);
  const [row, ...others] = db.select().from(unchangedOutcomes).all();
  expect(others).toEqual([]);
  expect(Object.values(row ?? {}).join('').length / ids.length).toBeLessThan(9);
  expect(db.select().from(people).all()[299]).toMatchObject({
    checks: 1,
    lastCheckAt: 9,
    nextCheckAt: 10,
    revision: 0,
  });
});

test('a new sentence, a found account, a write, an open intent or a change by an operator is an outcome', () => {
  const db = openDb();
  const read = (id: number) => readPeople(db, [id]);
  const check = (change: Partial<PersonOutcome>, meanwhile?: (id: number) => void) => {
    const [id = 0] = waiting(db, 1);
    const runId = `run${id}`;
    addRun(db, runId);
    const checks = read(id).map((person) => statIfExists(person, change));
    meanwhile?.(id);
    record(db, runId, checks, 9);
    return db.select().from(unchangedOutcomes).all().length;
  };
  const verdict = statIfExists({} as Person).verdict;
  expect(check({ verdict: { ...verdict, message: 'Another sentence.' } })).toBe(0);
  expect(check({ accountId: 'a' })).toBe(0);
  expect(check({ written: [{ what: 'licence', from: null, to: 'x', why: 'y' }] })).toBe(0);
  expect(check({ verdict: { ...verdict, reason: 'lookup_failed' } })).toBe(0);
  expect(check({}, (id) => db.$client.exec(`update people set revision = 1 where id = ${id}`))).toBe(0);
  expect(db.select().from(outcomes).all()).toHaveLength(5);
  expect(check({})).toBe(1);
});

/** What a check can end in. */
const ENDS: readonly [PersonState, ReasonCode, string][] = [
  ['awaiting_sync', 'not_synchronised', 'Not there yet.'],
  ['awaiting_seat', 'no_seat', 'No seat of Plan 1.'],
  ['awaiting_seat', 'no_seat', 'No seat of Kiosk.'],
  ['awaiting_mailbox', 'mailbox_opening', 'It opens.'],
  ['needs_attention', 'account_disabled', 'Disabled.'],
  ['needs_attention', 'type_unmapped', 'No mapping.'],
  ['provisioned', 'provisioned', 'Open.'],
  ['queued', 'lookup_failed', 'No answer.'],
];

interface Step {
  end: (typeof ENDS)[number];
  touched: boolean;
  /** An operator closes the person between reading and recording. */
  isClosedMeanwhile: boolean;
}

const step: fc.Arbitrary<Step | null> = fc.option(
  fc.record({
    end: fc.constantFrom(...ENDS),
    touched: fc.boolean(),
    isClosedMeanwhile: fc.nat(9).map((n) => n === 0),
  }),
);
const PEOPLE = 7;
const history = fc.array(fc.array(step, { minLength: PEOPLE, maxLength: PEOPLE }), { maxLength: 12 });

test('a random history gives for every run the outcomes that one row for each check would', () => {
  fc.assert(
    fc.property(history, (rounds) => {
      const db = openDatabase(':memory:');
      const ids = waiting(db, PEOPLE);
      const checks = new Map<number, number>();
      rounds.forEach((steps, round) => {
        const runId = `run${round}`;
        addRun(db, runId);
        const open = readPeople(db, ids).filter(({ state }) => !['provisioned', 'dismissed'].includes(state));
        const looked = open.flatMap((person) => {
          const taken = steps[ids.indexOf(person.id)];
          if (!taken) return [];
          const [to, reason, message] = taken.end;
          const state = INCONCLUSIVE_REASONS.includes(reason) ? person.state : to;
          const verdict = { state, reason, message, nextCheckAt: state === 'provisioned' ? null : round };
          if (taken.isClosedMeanwhile)
            db.$client.exec(`update people set state = 'dismissed', revision = revision + 1 where id = ${person.id}`);
          else checks.set(person.id, (checks.get(person.id) ?? 0) + 1);
          const expected = { personId: person.id, stateBefore: person.state, state, reason, message };
          return [
            {
              result: statIfExists(person, { verdict, mailboxTouched: taken.touched }),
              expected: taken.isClosedMeanwhile ? { ...expected, state: 'dismissed' } : expected,
            },
          ];
        });
        record(
          db,
          runId,
          looked.map(({ result }) => result),
          round,
        );
        expectRun(
          db,
          runId,
          looked.map(({ expected }) => expected),
        );
      });
      for (const { id, checks: n } of db.select().from(people).all()) expect(n).toBe(checks.get(id) ?? 0);
      db.$client.close();
    }),
    { numRuns: randomCases(60) },
  );
});

test('a run whose outcomes lie far apart, because others ran beside it, is read whole', () => {
  const db = openDb();
  const ids = waiting(db, 6);
  addRun(db, 'long');
  addRun(db, 'beside');
  const verdict = {
    state: 'needs_attention',
    reason: 'account_disabled',
    message: 'Disabled.',
    nextCheckAt: 10,
  } as const;
  for (const [n, person] of readPeople(db, ids).entries()) {
    record(db, n % 2 === 0 ? 'long' : 'beside', [statIfExists(person, { verdict })], n);
    db.$client.exec("update sqlite_sequence set seq = seq + 100000 where name = 'outcomes'");
  }
  for (const [runId, odd] of [
    ['long', 0],
    ['beside', 1],
  ] as const) {
    const mine = ids.filter((_, n) => n % 2 === odd);
    expectRun(
      db,
      runId,
      mine.map((personId) => ({ personId, stateBefore: 'awaiting_sync', ...verdict })),
    );
  }
});

interface Expected {
  personId: number;
  stateBefore: string;
  state: string;
  reason: string;
  message: string;
}

/** All ways to read a run agree on these. */
function expectRun(db: Db, runId: string, expected: readonly Expected[]): void {
  const facts = (check: Expected): Expected => {
    const { personId, stateBefore, state, reason, message } = check;
    return { personId, stateBefore, state, reason, message };
  };
  const byPerson = (rows: readonly Expected[]) => rows.map(facts).sort((a, b) => a.personId - b.personId);
  const all = [...eachOutcome(db, runId)];
  expect(byPerson(all)).toEqual(byPerson(expected));
  expect(byPerson(db.select().from(runOutcomes).where(eq(runOutcomes.runId, runId)).all())).toEqual(byPerson(expected));
  const counts: Record<string, number> = {};
  for (const { state } of expected) counts[state] = (counts[state] ?? 0) + 1;
  expect(countOutcomes(db, runId)).toEqual(counts);
  const pages = [0, 2, 4, 6].flatMap((offset) => pageOfOutcomes(db, runId, null, offset, 2));
  expect(pages).toEqual(all);
  for (const state of PERSON_STATES)
    expect(pageOfOutcomes(db, runId, state, 1, PEOPLE)).toEqual(all.filter((check) => check.state === state).slice(1));
}
