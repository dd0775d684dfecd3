/** What operators change about people beside their state: EmployeeType, location, UserPrincipalName, notes, who is on it; and taking a dismissal back. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { newestEventId } from '#db/store/events/events-read.ts';
import { peopleByUpn } from '#db/store/people/people.ts';
import { type PersonRow, personById } from '#db/store/people/people-read.ts';
import {
  addNote,
  assignPerson,
  editPerson,
  locatePerson,
  type PersonValues,
  undoDismissal,
} from '#db/store/people/person-edits.ts';
import type { Operator } from '#lib/auth/operator.ts';
import type { RecordChange } from '#lib/domain/events.ts';
import { upnKey } from '#lib/domain/person.ts';
import { canMove } from '#lib/domain/states.ts';
import { countrySchema, optionalCountrySchema } from '#lib/domain/text/country-schema.ts';
import { upnProblems } from '#lib/intake/csv/values/upn.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, type Refused, ServiceError } from '#lib/services/http/errors.ts';
import { chooseFirst } from '#lib/services/people/disputed-rows.ts';
import { checkAtOnce } from './check-now.ts';
import { isDisputed } from './person-actions.ts';
import {
  bulkFacts,
  changedSince,
  decisionShape,
  leftAlone,
  MOVE_LIMIT,
  type MoveResult,
  NOBODY,
  seenPeopleSchema,
  seenPersonSchema,
  someMoved,
} from './seen-people.ts';

const { id } = seenPersonSchema.shape;

const editInput = seenPersonSchema.extend({
  userPrincipalName: z
    .string()
    .trim()
    .superRefine((upn, context) => {
      for (const { message } of upnProblems(upn, 'it')) context.addIssue({ code: 'custom', message });
    }),
  employeeType: z.string().trim().min(1, 'must not be empty').max(64, 'at most 64 characters'),
  usageLocation: optionalCountrySchema,
});

function inTransaction<T>(work: (tx: Tx, now: number) => T): T {
  return database().transaction((tx) => work(tx, Date.now()), { behavior: 'immediate' });
}

function personOrThrow(tx: Tx, personId: number): PersonRow {
  const person = personById(tx, personId);
  if (!person) throw new ServiceError('not_found', ['noPerson']);
  return person;
}

const closed = ({ displayName }: PersonRow): Refused => ['personClosed', { name: displayName }];

function differences(person: PersonRow, values: PersonValues): RecordChange[] {
  const pairs: [string, string | null, string | null][] = [
    ['UserPrincipalName', person.userPrincipalName, values.userPrincipalName],
    ['EmployeeType', person.employeeType, values.employeeType],
    ['UsageLocation', person.usageLocation, values.usageLocation],
  ];
  return pairs.flatMap(([column, before, after]) => (before === after ? [] : [{ column, before, after }]));
}

/**
 * Corrects what the file said about one person, and tries again at once. `input`: `{ id, revision, userPrincipalName, employeeType,
 * usageLocation }`. The row as it came stays with the file. Throws `conflict` where the person has changed meanwhile, or where somebody
 * else already has the new UserPrincipalName.
 */
export function editPersonValues(operator: Operator | null, input: unknown): { changed: string[] } {
  authorise(operator, 'people:act');
  const { id: personId, revision, ...values } = parseInput(editInput, input);
  return inTransaction((tx, now) => {
    const person = personOrThrow(tx, personId);
    const changed = changedSince(person, { revision });
    if (changed !== null) throw new ServiceError('conflict', changed);
    const changes = differences(person, values);
    if (changes.length === 0) throw new ServiceError('invalid', ['nothingChanged']);
    const other = peopleByUpn(tx, [upnKey(values.userPrincipalName)]).get(upnKey(values.userPrincipalName));
    if (other && other.id !== personId) throw new ServiceError('conflict', ['nameTaken', { name: other.displayName }]);
    if (!editPerson(tx, person, values, changes, operator, now)) throw new ServiceError('conflict', closed(person));
    checkAtOnce(tx, operator, [personId], now);
    return { changed: changes.map(({ column }) => column) };
  });
}

/** Why the person's location cannot be set; null: it can. */
function whyNotLocated(person: PersonRow, seen: { revision: number }): Refused | null {
  const changed = changedSince(person, seen);
  if (changed !== null) return changed;
  if (isDisputed(person)) return chooseFirst(person);
  return canMove(person.state, 'queued', 'operator') ? null : closed(person);
}

const locationInput = z.object({
  people: seenPeopleSchema(seenPersonSchema),
  usageLocation: countrySchema,
  ...decisionShape,
});

/** Sets the usage location of people and tries again at once. `input`: `{ people: [{ id, revision }], usageLocation, why? }`. It wins over what the account has. */
export function setLocation(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, 'people:act');
  const { people, usageLocation, why, matching } = parseInput(locationInput, input);
  return inTransaction((tx, now) => {
    const result: MoveResult = { done: [], refused: [] };
    const able: PersonRow[] = [];
    const unique = new Map(people.map((seen) => [seen.id, seen]));
    for (const [personId, seen] of unique) {
      const person = personById(tx, personId);
      const left = person ? whyNotLocated(person, seen) : NOBODY;
      if (person && left === null) able.push(person);
      else result.refused.push(leftAlone(personId, left ?? NOBODY));
    }
    const bulk = bulkFacts(matching, unique.size, result.refused);
    for (const [at, person] of able.entries()) {
      if (!locatePerson(tx, person, usageLocation, { why, bulk: at === 0 ? bulk : null }, operator, now))
        throw new Error(`person ${person.id} could not be moved although nothing else can write now`);
      result.done.push(person.id);
    }
    if (able.length > 1) result.deed = newestEventId(tx);
    if (result.done.length > 0) checkAtOnce(tx, operator, result.done, now);
    return someMoved(result);
  });
}

const noteInput = z.object({
  id,
  note: z.string().trim().min(1, 'write a few words').max(2000, 'at most 2,000 characters'),
});

/** Keeps a note in the person's history. `input`: `{ id, note }`. */
export function notePerson(operator: Operator | null, input: unknown): void {
  authorise(operator, 'people:act');
  const { id: personId, note } = parseInput(noteInput, input);
  inTransaction((tx, now) => {
    personOrThrow(tx, personId);
    addNote(tx, personId, note, operator, now);
  });
}

const assignInput = z.object({ id, isOnIt: z.boolean(), takesOver: z.boolean().default(false) });

/** "I'm on it", and letting go. `input`: `{ id, isOnIt, takesOver? }`. Throws `conflict` where a colleague is on it and this is not said to be a takeover. */
export function takeOnPerson(operator: Operator | null, input: unknown): void {
  authorise(operator, 'people:act');
  const { id: personId, isOnIt, takesOver } = parseInput(assignInput, input);
  inTransaction((tx, now) => {
    const person = personOrThrow(tx, personId);
    const isAnothers = person.assignedKey !== null && person.assignedKey !== operator.key;
    if (isAnothers && !takesOver) throw new ServiceError('conflict', ['isOnIt', { name: person.assignedTo ?? '' }]);
    assignPerson(tx, personId, isOnIt ? operator : null, operator, now);
  });
}

/** A dismissal can be taken back for this long. */
const UNDO_MS = 60_000;

const undoInput = z.object({ ids: z.array(id).min(1).max(MOVE_LIMIT) });

/** Takes back dismissals that this operator made a moment ago. `input`: `{ ids }`. Gives who is where it was again. */
export function undoDismissals(operator: Operator | null, input: unknown): { done: number[] } {
  authorise(operator, 'people:act');
  const { ids } = parseInput(undoInput, input);
  return inTransaction((tx, now) => {
    const done = ids.filter((personId) => undoDismissal(tx, personId, operator, now - UNDO_MS, now) !== null);
    if (done.length === 0) throw new ServiceError('conflict', ['tooLateToUndo']);
    return { done };
  });
}
