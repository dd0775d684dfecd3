/** What operators do with people: license now or anyway, answer a question about a licence, retry, approve, reject, dismiss, reopen. Each is a compare-and-set with its event, in one transaction. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { newestEventId } from '#db/store/events/events-read.ts';
import { type Involvement, involvementIn } from '#db/store/people/approvals-read.ts';
import { type PersonRow, personById } from '#db/store/people/people-read.ts';
import { movePerson, type Transition } from '#db/store/people/transition.ts';
import type { Operator } from '#lib/auth/operator.ts';
import type { BulkFacts, MoveEvent } from '#lib/domain/events.ts';
import { PERSON_CHOICES } from '#lib/domain/person.ts';
import type { ReasonCode } from '#lib/domain/reasons/reason-facts.ts';
import { type Told, tell, withNotes } from '#lib/domain/reasons/said.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, type Refused } from '#lib/services/http/errors.ts';
import { licenseAccountsWithAddress } from '#lib/services/mappings/mapping-publish.ts';
import { chooseFirst } from '#lib/services/people/disputed-rows.ts';
import { checkAtOnce } from './check-now.ts';
import {
  ACTION_PERMISSION,
  ACTION_TARGET,
  ADDRESS_REASON,
  isChoice,
  isDisputed,
  isPossible,
  type PersonAction,
} from './person-actions.ts';
import { ownPart } from './second-person.ts';
import {
  bulkFacts,
  changedSince,
  decisionShape,
  leftAlone,
  type MoveResult,
  NOBODY,
  seenPeopleSchema,
  seenPersonSchema,
  someMoved,
  whySchema,
} from './seen-people.ts';

const peopleSchema = seenPeopleSchema(
  seenPersonSchema.extend({
    /** For an approval, or an answer that leads to a write: what would be written, as the operator saw it. */
    plan: z.string().max(20_000).nullable().optional(),
  }),
);
type SeenPeople = z.infer<typeof peopleSchema>;

const peopleInput = z.object({ people: peopleSchema, ...decisionShape });
const whyInput = peopleInput.extend({ why: whySchema });

const answerInput = peopleInput.extend({ choice: z.enum(PERSON_CHOICES) });

const anywayInput = peopleInput.extend({ remember: z.boolean().default(false) });

const MOVE_EVENTS = {
  license_now: { kind: 'person.license_now', reason: 'license_now' },
  license_anyway: { kind: 'person.license_anyway', reason: 'license_anyway' },
  replace: { kind: 'person.choice_made', reason: 'choice_made' },
  keep: { kind: 'person.choice_made', reason: 'choice_made' },
  assign_directly: { kind: 'person.choice_made', reason: 'choice_made' },
  reprocess: { kind: 'person.choice_made', reason: 'choice_made' },
  reassign: { kind: 'person.choice_made', reason: 'choice_made' },
  retry: { kind: 'person.retried', reason: 'retried' },
  approve: { kind: 'person.approved', reason: 'approved' },
  reject: { kind: 'person.rejected', reason: 'rejected' },
  dismiss: { kind: 'person.dismissed', reason: 'dismissed' },
  reopen: { kind: 'person.reopened', reason: 'reopened' },
} as const satisfies Record<PersonAction, { kind: MoveEvent['kind']; reason: ReasonCode }>;

function whyLeft(
  operator: Operator,
  action: PersonAction,
  person: PersonRow,
  seen: SeenPeople[number],
  involvement: Involvement | undefined,
): Refused | null {
  const name = person.displayName;
  const changed = changedSince(person, seen);
  if (changed !== null) return changed;
  if (isDisputed(person) && action !== 'dismiss') return chooseFirst(person);
  if (!isPossible(action, person.state, person.reason, person.heldPlan)) return ['notPossible', { name, action }];
  const isAboutPlan = action === 'approve' || action === 'replace' || action === 'reassign';
  if (isAboutPlan && seen.plan !== undefined && seen.plan !== person.heldPlan) return ['planChanged', { name }];
  if (action !== 'approve') return null;
  const own = involvement && ownPart(operator, involvement);
  return own ? [own, { name }] : null;
}

/** What an action leaves with the person, beside state and reason. */
function valuesOf(action: PersonAction, operator: Operator, person: PersonRow, now: number): Transition['values'] {
  const closedBy = action === 'dismiss' ? operator.name : null;
  if (action === 'license_now') return { closedBy, licenseNowBy: operator.name };
  if (action === 'license_anyway') return { closedBy, licenseAnywayBy: operator.name };
  // A group's licence is asked for once by itself, and again where somebody says so.
  if (isChoice(action))
    return {
      closedBy,
      choice: action,
      choiceBy: operator.name,
      ...(action === 'reprocess' ? { licencesReprocessedAt: null } : {}),
    };
  // Whatever was decided before, nobody wants it any more: who is reopened later needs a yes of their own.
  if (action === 'dismiss' || action === 'reject')
    return { closedBy, choice: null, choiceBy: null, approvedAt: null, approvedBy: null, approvedPlan: null };
  if (action !== 'approve') return { closedBy };
  return { closedBy, approvedAt: now, approvedBy: operator.name, approvedPlan: person.heldPlan };
}

/** What a person says of what an operator did. */
function toldOf(action: PersonAction, { name: by }: Operator, why: string | null): Told {
  if (action === 'dismiss' || action === 'reject') return tell(MOVE_EVENTS[action].reason, { by, why: why ?? '' });
  const told = isChoice(action)
    ? tell('choice_made', { by, choice: action })
    : tell(MOVE_EVENTS[action].reason, { by });
  return why ? withNotes(told, [['why', { why }]]) : told;
}

function move(
  tx: Tx,
  operator: Operator,
  action: PersonAction,
  person: PersonRow,
  why: string | null,
  bulk: BulkFacts | null,
  now: number,
): void {
  const { kind, reason } = MOVE_EVENTS[action];
  const to = ACTION_TARGET[action];
  const transition: Transition = {
    cause: 'operator',
    person,
    to,
    reason,
    ...toldOf(action, operator, why),
    at: now,
    // A person that is not queued is checked again only on request.
    nextCheckAt: to === 'queued' ? now : null,
    values: valuesOf(action, operator, person, now),
  };
  const event = bulk ? { kind, actor: operator, data: { bulk } } : { kind, actor: operator };
  if (!movePerson(tx, transition, event))
    throw new Error(`person ${person.id} could not be moved although nothing else can write now`);
}

/** Moves whoever can be moved, in one transaction that nobody else can write into; the others are named with why. */
function moveAll(
  operator: Operator,
  action: PersonAction,
  { people: seen, why, matching }: z.infer<typeof peopleInput>,
  alsoFor?: (tx: Tx, moved: PersonRow[], now: number) => void,
): MoveResult {
  const now = Date.now();
  const result: MoveResult = { done: [], refused: [] };
  const moved: PersonRow[] = [];
  const unique = new Map(seen.map((person) => [person.id, person]));
  database().transaction(
    (tx) => {
      const involvement =
        action === 'approve' ? involvementIn(tx, [...unique.keys()], operator.key) : new Map<number, Involvement>();
      for (const [id, one] of unique) {
        const person = personById(tx, id);
        const left = person ? whyLeft(operator, action, person, one, involvement.get(id)) : NOBODY;
        if (person && left === null) moved.push(person);
        else result.refused.push(leftAlone(id, left ?? NOBODY));
      }
      const bulk = bulkFacts(matching, unique.size, result.refused);
      for (const [at, person] of moved.entries()) {
        move(tx, operator, action, person, why, at === 0 ? bulk : null, now);
        result.done.push(person.id);
      }
      if (moved.length > 1) result.deed = newestEventId(tx);
      alsoFor?.(tx, moved, now);
      if (ACTION_TARGET[action] === 'queued' && result.done.length > 0) checkAtOnce(tx, operator, result.done, now);
    },
    { behavior: 'immediate' },
  );
  return someMoved(result);
}

/**
 * Licenses people without waiting for their start date or for the account to be enabled. `input`: `{ people: [{ id, revision }] }`.
 * Throws `conflict` where nobody waits for either.
 */
export function licensePeopleNow(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, ACTION_PERMISSION.license_now);
  return moveAll(operator, 'license_now', parseInput(peopleInput, input));
}

/**
 * Licenses people although a human was asked first: about an address, a name, or a mailbox without a licence. `input`: `{ people: [{ id, revision }], remember? }`; with `remember` their
 * mappings license everybody like them from now on, as far as it was about an address, which takes an Admin. Throws `conflict` where nobody waits for it.
 */
export function licensePeopleAnyway(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, ACTION_PERMISSION.license_anyway);
  const { remember, ...wanted } = parseInput(anywayInput, input);
  if (remember) authorise(operator, 'mappings:write');
  return moveAll(operator, 'license_anyway', wanted, (tx, moved, now) => {
    const asked = moved.filter(({ reason }) => reason === ADDRESS_REASON);
    const types = new Set(asked.map(({ employeeTypeKey }) => employeeTypeKey));
    if (remember) licenseAccountsWithAddress(tx, operator, types, now);
  });
}

/**
 * Answers what somebody is asked about a licence. `input`: `{ people: [{ id, revision, plan? }], choice }`, `plan` as it was seen. Throws
 * `conflict` where nobody is asked that, or something else would be written by now.
 */
export function answerAboutLicence(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, 'people:act');
  const { choice, ...wanted } = parseInput(answerInput, input);
  authorise(operator, ACTION_PERMISSION[choice]);
  return moveAll(operator, choice, wanted);
}

/** Looks again at once. `input`: `{ people: [{ id, revision }] }`. Throws `conflict` where nobody could be retried. */
export function retryPeople(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, ACTION_PERMISSION.retry);
  return moveAll(operator, 'retry', parseInput(peopleInput, input));
}

/**
 * Approves people whom a safety limit held: exactly what would be written to each. Who brought, changed or mapped them is refused. `input`: `{ people: [{ id, revision, plan? }] }`, `plan` as it was seen. Throws `conflict`
 * where nobody could be approved.
 */
export function approvePeople(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, ACTION_PERMISSION.approve);
  return moveAll(operator, 'approve', parseInput(peopleInput, input));
}

/** Says no to held people, with a reason: they need attention. `input`: `{ people: [{ id, revision }], why }`. Throws `conflict` where nobody could be rejected. */
export function rejectPeople(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, ACTION_PERMISSION.reject);
  return moveAll(operator, 'reject', parseInput(whyInput, input));
}

/** Closes people with a reason. `input`: `{ people: [{ id, revision }], why }`. Throws `conflict` where nobody could be dismissed. */
export function dismissPeople(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, ACTION_PERMISSION.dismiss);
  return moveAll(operator, 'dismiss', parseInput(whyInput, input));
}

/** Opens dismissed people again. `input`: `{ people: [{ id, revision }] }`. Throws `conflict` where nobody could be reopened. */
export function reopenPeople(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, ACTION_PERMISSION.reopen);
  return moveAll(operator, 'reopen', parseInput(peopleInput, input));
}
