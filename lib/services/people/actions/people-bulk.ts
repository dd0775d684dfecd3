/** Actions on everybody a list shows, on all its pages: the same verbs, over the people that match when the button is pressed. */
import { z } from 'zod';
import { matchingPeople } from '#db/store/people/people-list.ts';
import { LIST_LIMIT } from '#db/store/people/people-matching.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { PERSON_STATES } from '#lib/domain/states.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { filterOf, type PeopleQuery, peopleQuerySchema } from '#lib/services/people/people-filter.ts';
import { PEOPLE_VERBS } from './people-verbs.ts';
import { isPossible, PERSON_ACTIONS } from './person-actions.ts';
import { setLocation } from './person-edits.ts';
import type { MoveResult } from './seen-people.ts';

/** The search parameters of a list, without its order. */
function addressOf({ state, type, sort: _sort, dir: _dir, page: _page, ...filter }: PeopleQuery): string {
  const named = { state: state.join(','), type: type.join(','), ...filter };
  return String(new URLSearchParams(Object.entries(named).flatMap(([name, value]) => (value ? [[name, value]] : []))));
}

const bulkInput = z.object({
  action: z.enum([...PERSON_ACTIONS, 'locate']),
  matching: peopleQuerySchema,
  /** How many people the button said. */
  expected: z.number().int().min(1, 'nobody matches'),
  why: z.string().optional(),
  usageLocation: z.string().optional(),
  remember: z.boolean().optional(),
});

/**
 * Does to all people of a list what `action` says, and keeps which list that was. `input`: `{ action, matching, expected, why?, usageLocation?, remember? }`. Throws `conflict`,
 * and does nothing, where their number is no longer the one the operator was told.
 */
export function actOnMatching(operator: Operator | null, input: unknown): MoveResult {
  authorise(operator, 'people:act');
  const { action, matching, expected, ...more } = parseInput(bulkInput, input);
  const db = database();
  const filter = filterOf(db, matching, operator, Date.now());
  const able = PERSON_STATES.filter((state) =>
    isPossible(action === 'locate' ? 'retry' : action, state, filter.reason),
  );
  const states = filter.states.length === 0 ? able : able.filter((state) => filter.states.includes(state));
  const people = states.length === 0 ? [] : matchingPeople(db, { ...filter, states });
  if (people.length > LIST_LIMIT) throw new ServiceError('invalid', ['tooManyPeople']);
  if (people.length !== expected)
    throw new ServiceError('conflict', ['otherNumber', { now: people.length, seen: expected }]);
  const verb = action === 'locate' ? setLocation : PEOPLE_VERBS[action];
  return verb(operator, { people, ...more, matching: addressOf(matching) });
}
