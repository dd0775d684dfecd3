/** Numbers of people by state, reason and EmployeeType: read from counters, never by counting people. */
import { gt, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { fileCounts } from '#db/schema/files.ts';
import { peopleCounts } from '#db/schema/people.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import type { PersonState } from '#lib/domain/states.ts';

/** People with the same state, reason and EmployeeType: the indexes of people begin with these three. */
export interface PeopleGroup {
  state: PersonState;
  reason: string;
  employeeTypeKey: string;
  people: number;
}

/** What limits a list to some groups; empty or null: all. */
export interface GroupFilter {
  states?: readonly PersonState[];
  reason?: string | null;
  employeeTypes?: readonly string[];
}

/** The matching groups that are not empty, in the order of state, reason and EmployeeType. */
export function peopleGroups(
  db: Tx,
  { states = [], reason = null, employeeTypes = [] }: GroupFilter = {},
): PeopleGroup[] {
  return db
    .all<PeopleGroup>(sql`
      select state, reason, employee_type_key as employeeTypeKey, sum(people) as people from people_counts
      where people > 0 group by state, reason, employee_type_key order by state, reason, employee_type_key`)
    .filter(
      (group) =>
        (states.length === 0 || states.includes(group.state)) &&
        (reason === null || reason === group.reason) &&
        (employeeTypes.length === 0 || employeeTypes.includes(group.employeeTypeKey)),
    );
}

export const totalPeople = (groups: readonly { people: number }[]) =>
  groups.reduce((sum, { people }) => sum + people, 0);

/** Sums the people of groups by a common key. */
export function sumByKey<Key>(groups: readonly PeopleGroup[], keyOf: (group: PeopleGroup) => Key): Map<Key, number> {
  const sums = new Map<Key, number>();
  for (const group of groups) sums.set(keyOf(group), (sums.get(keyOf(group)) ?? 0) + group.people);
  return sums;
}

/** People per state; for one file: of those named by its rows. */
export function countByState(db: Tx, { fileId }: { fileId?: string } = {}): Map<PersonState, number> {
  if (fileId === undefined) return sumByKey(peopleGroups(db), ({ state }) => state);
  const rows = db
    .select({ state: fileCounts.state, people: fileCounts.people })
    .from(fileCounts)
    .where(sql`${fileCounts.fileId} = ${fileId} and ${fileCounts.people} > 0`)
    .all();
  return new Map(rows.map(({ state, people }) => [state, people]));
}

/** An EmployeeType as a person of the group spells it. */
function writtenType(db: Tx, { state, reason, employeeTypeKey }: PeopleGroup): string {
  const one = db.get<{ name: string } | undefined>(sql`
    select employee_type as name from people
    where state = ${state} and reason = ${reason} and employee_type_key = ${employeeTypeKey} limit 1`);
  return one?.name ?? employeeTypeKey;
}

/** The EmployeeTypes of the people in some groups, most frequent first. */
export function typesOf(
  db: Tx,
  groups: readonly PeopleGroup[],
): { key: string; employeeType: string; people: number }[] {
  const sums = [...sumByKey(groups, ({ employeeTypeKey }) => employeeTypeKey)].sort(([, a], [, b]) => b - a);
  return sums.flatMap(([key, people]) => {
    const group = groups.find(({ employeeTypeKey }) => employeeTypeKey === key);
    return group ? [{ key, employeeType: writtenType(db, group), people }] : [];
  });
}

/** How many people of one EmployeeType we have not licensed, in one state and with these reasons. */
export function countUnlicensed(db: Tx, key: string, state: PersonState, reasons: readonly ReasonCode[]): number {
  const rows = db
    .select()
    .from(peopleCounts)
    .where(sql`employee_type_key = ${key} and state = ${state} and is_licensed = 0`);
  return totalPeople(rows.all().filter(({ reason }) => reasons.some((one) => one === reason)));
}

export interface TypeCounts {
  /** People we licensed, whatever their state is now. */
  licensed: number;
  /** The others, by state; states without anybody are missing. */
  unlicensed: Partial<Record<PersonState, number>>;
}

/** Numbers of people of one EmployeeType. */
export function countPeopleOfType(db: Tx, key: string): TypeCounts {
  const rows = db.select().from(peopleCounts).where(gt(peopleCounts.people, 0)).all();
  const counts: TypeCounts = { licensed: 0, unlicensed: {} };
  for (const { state, employeeTypeKey, isLicensed, people } of rows) {
    if (employeeTypeKey !== key) continue;
    if (isLicensed === 1) counts.licensed += people;
    else counts.unlicensed[state] = (counts.unlicensed[state] ?? 0) + people;
  }
  return counts;
}
