/** People who need a human or wait, grouped by cause; and how long the steps usually take in this tenant. */
import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import type { PersonState } from '#lib/domain/states.ts';

/** One of those of a case who have been in their state longest. */
export interface CasePerson {
  id: number;
  displayName: string;
  since: number;
  /** Who took the case; null: nobody. */
  assignedTo: string | null;
}

export interface CaseRow {
  state: PersonState;
  reason: string;
  /** Null where the messages of the group differ from person to person. */
  message: string | null;
  /** What it is made from. */
  said: string | null;
  /** Null where the EmployeeType has nothing to do with the cause. */
  employeeTypeKey: string | null;
  employeeType: string | null;
  people: number;
  /** Up to `FIRST` of them, the longest waiting first. */
  first: CasePerson[];
  oldestSince: number;
  nextCheckAt: number | null;
}

/** Open people with the same state, reason and EmployeeType. */
interface OpenGroup {
  state: PersonState;
  reason: string;
  employeeTypeKey: string;
  people: number;
  first: (CasePerson & { message: string })[];
  oldestSince: number;
  nextCheckAt: number | null;
}

/** Of each group so many are read by name. */
const FIRST = 10;
/** The people due next, from whom the next check of most groups is known. */
const DUE_NEXT = 1000;
/** For a group with nobody among them, this many of its newest people are read. */
const NEWEST = 20;

const OF_GROUP = sql`p.state = g.state and p.reason = g.reason and p.employee_type_key = g.type`;

const groupsOf = (states: readonly PersonState[]) => sql`
  with g as (
    select state, reason, employee_type_key as type, sum(people) as n from people_counts
    where people > 0 and state in (select value from json_each(${JSON.stringify(states)})) group by 1, 2, 3)`;

const keyOf = ({ state, reason, type }: { state: string; reason: string; type: string }) =>
  `${state} ${reason} ${type}`;

/** By group, those who have been in it longest. */
function firstOfGroups(db: Tx, states: readonly PersonState[]): Map<string, OpenGroup['first']> {
  const rows = db.all<OpenGroup['first'][number] & { state: string; reason: string; type: string }>(sql`
    ${groupsOf(states)}
    select f.id, f.display_name as displayName, f.state_since as since, f.assigned_to as assignedTo, f.message,
      g.state, g.reason, g.type
    from g join people f on f.id in (select p.id from people p where ${OF_GROUP} order by p.state_since limit ${FIRST})
    order by f.state_since`);
  const first = new Map<string, OpenGroup['first']>();
  for (const row of rows) {
    const known = first.get(keyOf(row));
    if (known) known.push(row);
    else first.set(keyOf(row), [row]);
  }
  return first;
}

function openGroups(db: Tx, states: readonly PersonState[]): OpenGroup[] {
  const groups = db.all<Omit<OpenGroup, 'first' | 'oldestSince'>>(sql`
    ${groupsOf(states)}
    select g.state, g.reason, g.type as employeeTypeKey, g.n as people,
      (select min(at) from (select p.next_check_at as at from people p where ${OF_GROUP}
        order by p.state_since desc limit ${NEWEST})) as nextCheckAt
    from g`);
  const next = db.all<{ state: string; reason: string; type: string; at: number }>(sql`
    select state, reason, employee_type_key as type, min(next_check_at) as at from (
      select * from people where next_check_at is not null order by next_check_at limit ${DUE_NEXT}) group by 1, 2, 3`);
  const nextOf = new Map(next.map((row) => [keyOf(row), row.at]));
  const firstOf = firstOfGroups(db, states);
  return groups.map((group) => {
    const key = keyOf({ ...group, type: group.employeeTypeKey });
    const first = firstOf.get(key) ?? [];
    const oldestSince = first[0]?.since ?? Number.POSITIVE_INFINITY;
    return { ...group, first, oldestSince, nextCheckAt: nextOf.get(key) ?? group.nextCheckAt };
  });
}

/** The people of a group who have been in their state longest: their messages stand for the group. */
const MESSAGE_SAMPLE = 1000;

/** A group split by message; for a large one, the most frequent message among those who have waited longest. */
function splitByMessage(db: Tx, group: OpenGroup): CaseRow[] {
  const { state, reason, employeeTypeKey } = group;
  const rows = db.all<Omit<CaseRow, 'state' | 'reason' | 'employeeTypeKey' | 'first'>>(sql`
    select message, max(said) as said, min(employee_type) as employeeType, count(*) as people, min(state_since) as oldestSince,
      min(next_check_at) as nextCheckAt
    from (select * from people
      where state = ${state} and reason = ${reason} and employee_type_key = ${employeeTypeKey}
      order by state_since limit ${MESSAGE_SAMPLE})
    group by message order by count(*) desc`);
  const first = (text: string | null) => group.first.filter(({ message }) => message === text);
  if (group.people <= MESSAGE_SAMPLE)
    return rows.map((row) => ({ state, reason, employeeTypeKey, first: first(row.message), ...row }));
  const [most] = rows;
  return most ? [{ ...most, ...group, first: first(most.message) }] : [];
}

/**
 * People of these states by state and reason. `byType`: reasons caused by the EmployeeType and its licence, which are split by
 * EmployeeType and message. Largest group first.
 */
export function casesOf(db: Tx, states: readonly PersonState[], byType: readonly ReasonCode[]): CaseRow[] {
  const cases = new Map<string, CaseRow>();
  const rows: CaseRow[] = [];
  for (const group of openGroups(db, states)) {
    if (byType.some((code) => code === group.reason)) {
      rows.push(...splitByMessage(db, group));
      continue;
    }
    const key = `${group.state} ${group.reason}`;
    const known = cases.get(key);
    cases.set(key, {
      state: group.state,
      reason: group.reason,
      message: null,
      said: null,
      employeeTypeKey: null,
      employeeType: null,
      people: group.people + (known?.people ?? 0),
      first: longestWaiting(group.first, known?.first ?? []),
      oldestSince: Math.min(group.oldestSince, known?.oldestSince ?? Number.POSITIVE_INFINITY),
      nextCheckAt: earliest(group.nextCheckAt, known?.nextCheckAt ?? null),
    });
  }
  return [...rows, ...cases.values()].sort((a, b) => b.people - a.people);
}

export function longestWaiting(a: readonly CasePerson[], b: readonly CasePerson[]): CasePerson[] {
  return [...a, ...b].sort((one, other) => one.since - other.since).slice(0, FIRST);
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** How many have been in a state since a time: read from the index, group by group. */
export function countSince(db: Tx, state: PersonState, since: number): number {
  return db.get<{ n: number }>(sql`
    ${groupsOf([state])}
    select coalesce(sum((select count(*) from people p where ${OF_GROUP} and p.state_since >= ${since})), 0) as n from g`)
    .n;
}

/** How many people's durations are measured. */
const SAMPLE = 300;
/** The newest licensed people among whom the sample is taken. */
const LICENSED = 2000;

/** How long the newest people we licensed took from file to account, and from licence to open mailbox; ms. */
export function stepDurations(db: Tx): { synchronisation: number[]; mailbox: number[] } {
  const newest = sql`(select * from people where licensed_at is not null order by licensed_at desc limit ${LICENSED})`;
  const synchronised = db.all<{ ms: number }>(sql`
    select synchronised_at - first_seen_at as ms from ${newest} where synchronised_at is not null limit ${SAMPLE}`);
  const opened = db.all<{ ms: number }>(sql`
    select mailbox_ready_at - licensed_at as ms from ${newest} where mailbox_ready_at is not null limit ${SAMPLE}`);
  return { synchronisation: synchronised.map(({ ms }) => ms), mailbox: opened.map(({ ms }) => ms) };
}
