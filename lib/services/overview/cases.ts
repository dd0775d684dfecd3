/** Open cases by cause and fix: the groups on the home page, each with its next step. Pure. */
import { type CasePerson, type CaseRow, longestWaiting } from '#db/store/people/cases-read.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import { describeReason } from '#lib/domain/reasons/reasons.ts';
import { needsSomebody, type PersonState } from '#lib/domain/states.ts';
import { type Cure, cureOf, MAPPING_REASONS } from '#lib/services/people/actions/cures.ts';
import type { SayReason } from '#lib/words/reasons.ts';

export interface CaseGroup {
  state: PersonState;
  reason: string;
  /** The cause, for example "Exchange Online (Plan 1) has no free seat". */
  title: string;
  fix: string | null;
  /** The sentence of everybody, where all have the same; what it is made from. */
  message: string | null;
  said: string | null;
  people: number;
  /** Some of them, the longest waiting first. */
  first: CasePerson[];
  /** Keys of the EmployeeTypes concerned; empty where they have nothing to do with the cause. */
  employeeTypes: string[];
  oldestSince: number;
  /** From when the engine checks the first of them again; null: only when a human asks. */
  nextCheckAt: number | null;
  /** It is in need of somebody, as its state says. */
  needsHuman: boolean;
  /** What resolves the whole group. */
  cure: Cure;
}

/** Reasons with one cause for everybody with the same EmployeeType or licence: their message names it. */
export const BY_TYPE: readonly ReasonCode[] = [...MAPPING_REASONS, 'no_seat', 'usage_location_not_allowed'];

/** "X has no free seat. First come, …" → "X has no free seat". */
function firstSentence(message: string): string {
  return message.split(/[.,:] /)[0]?.replace(/\.$/, '') ?? message;
}

function toGroup(row: CaseRow): CaseGroup {
  const { title, fix } = describeReason(row.reason);
  return {
    state: row.state,
    reason: row.reason,
    title: row.message === null ? title : firstSentence(row.message),
    fix,
    message: row.message,
    said: row.said,
    people: row.people,
    first: row.first,
    employeeTypes: row.employeeTypeKey === null ? [] : [row.employeeTypeKey],
    oldestSince: row.oldestSince,
    nextCheckAt: row.nextCheckAt,
    needsHuman: needsSomebody(row.state),
    cure: cureOf(row.state, row.reason, row.employeeType),
  };
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** One group per cause: EmployeeTypes that share a licence without seats are one case. Largest group first. */
export function groupCases(rows: readonly CaseRow[]): CaseGroup[] {
  const groups = new Map<string, CaseGroup>();
  for (const row of rows) {
    const group = toGroup(row);
    const key = [group.state, group.reason, group.cure.kind === 'map' ? group.employeeTypes : '', group.title].join(
      ' ',
    );
    const known = groups.get(key);
    if (!known) groups.set(key, group);
    else {
      known.people += group.people;
      known.first = longestWaiting(known.first, group.first);
      known.employeeTypes = [...new Set([...known.employeeTypes, ...group.employeeTypes])];
      known.oldestSince = Math.min(known.oldestSince, group.oldestSince);
      known.nextCheckAt = earlier(known.nextCheckAt, group.nextCheckAt);
    }
  }
  return [...groups.values()].sort((a, b) => b.people - a.people);
}

/** A group in the language of its reader. */
export function groupInWords<Group extends CaseGroup>(say: SayReason, group: Group): Group {
  const { reason, message, said } = group;
  const title = message === null ? say.title(reason) : firstSentence(say.sentence({ reason, message, said }).message);
  return { ...group, title, fix: say.fix(reason) };
}
