/** People who need a human or wait, grouped by cause; and how long the steps usually take in this tenant. */
import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import type { ReasonCode } from '#lib/domain/reasons.ts';
import type { PersonState } from '#lib/domain/states.ts';

export interface CaseRow {
  state: PersonState;
  reason: string;
  /** Null where the messages of the group differ from person to person. */
  message: string | null;
  /** Null where the EmployeeType has nothing to do with the cause. */
  employeeTypeKey: string | null;
  employeeType: string | null;
  people: number;
  oldestSince: number;
  nextCheckAt: number | null;
}

/** Open people with the same state, reason and EmployeeType. */
interface OpenGroup {
  state: PersonState;
  reason: string;
  employeeTypeKey: string;
  people: number;
  oldestSince: number;
  nextCheckAt: number | null;
}

/** The people due next, from whom the next check of most groups is known. */
const DUE_NEXT = 1000;
/** For a group with nobody among them, this many of its newest people are read. */
const NEWEST = 20;

const OF_GROUP = sql`p.state = g.state and p.reason = g.reason and p.employee_type_key = g.type`;

function openGroups(db: Tx, states: readonly PersonState[]): OpenGroup[] {
  const groups = db.all<OpenGroup>(sql`
    with g as (
      select state, reason, employee_type_key as type, sum(people) as n from people_counts
      where people > 0 and state in (select value from json_each(${JSON.stringify(states)})) group by 1, 2, 3)
    select g.state, g.reason, g.type as employeeTypeKey, g.n as people,
      (select p.state_since from people p where ${OF_GROUP} order by p.state_since limit 1) as oldestSince,
      (select min(at) from (select p.next_check_at as at from people p where ${OF_GROUP}
        order by p.state_since desc limit ${NEWEST})) as nextCheckAt
    from g`);
  const next = db.all<{ state: string; reason: string; type: string; at: number }>(sql`
    select state, reason, employee_type_key as type, min(next_check_at) as at from (
      select * from people where next_check_at is not null order by next_check_at limit ${DUE_NEXT}) group by 1, 2, 3`);
  const nextOf = new Map(next.map(({ state, reason, type, at }) => [`${state} ${reason} ${type}`, at]));
  return groups.map((group) => {
    const { state, reason, employeeTypeKey, nextCheckAt } = group;
    return { ...group, nextCheckAt: nextOf.get(`${state} ${reason} ${employeeTypeKey}`) ?? nextCheckAt };
  });
}

/** The people of a group who have been in their state longest: their messages stand for the group. */
const MESSAGE_SAMPLE = 1000;

/** A group split by message; for a large one, the most frequent message among those who have waited longest. */
function splitByMessage(db: Tx, group: OpenGroup): CaseRow[] {
  const { state, reason, employeeTypeKey } = group;
  const rows = db.all<Omit<CaseRow, 'state' | 'reason' | 'employeeTypeKey'>>(sql`
    select message, min(employee_type) as employeeType, count(*) as people, min(state_since) as oldestSince,
      min(next_check_at) as nextCheckAt
    from (select * from people
      where state = ${state} and reason = ${reason} and employee_type_key = ${employeeTypeKey}
      order by state_since limit ${MESSAGE_SAMPLE})
    group by message order by count(*) desc`);
  if (group.people <= MESSAGE_SAMPLE) return rows.map((row) => ({ state, reason, employeeTypeKey, ...row }));
  const [most] = rows;
  return most ? [{ ...most, ...group }] : [];
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
      ...{ state: group.state, reason: group.reason, message: null, employeeTypeKey: null, employeeType: null },
      people: group.people + (known?.people ?? 0),
      oldestSince: Math.min(group.oldestSince, known?.oldestSince ?? Number.POSITIVE_INFINITY),
      nextCheckAt: earliest(group.nextCheckAt, known?.nextCheckAt ?? null),
    });
  }
  return [...rows, ...cases.values()].sort((a, b) => b.people - a.people);
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
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
