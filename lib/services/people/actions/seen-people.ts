/** People as an operator saw them when they decided, and what became of the decision, person by person. */
import { z } from 'zod';
import type { PersonRow } from '#db/store/people/people-read.ts';
import type { BulkFacts } from '#lib/domain/events.ts';
import { type Refused, refusedText, ServiceError } from '#lib/services/http/errors.ts';

/** People changed in one go, at most. */
export const MOVE_LIMIT = 5000;

export const whySchema = z.string().trim().min(3, 'say why, in a few words').max(500, 'at most 500 characters');

/** Beside whom it is about: why, and whose people they are. */
export const decisionShape = {
  /** Asked of whoever acts on several people. */
  why: whySchema.nullable().default(null),
  /** The list whose people these are, as search parameters; null: they were chosen one by one. */
  matching: z.string().max(5000).nullable().default(null),
};

export const seenPersonSchema = z.object({ id: z.number().int().positive(), revision: z.number().int().min(0) });

/** A list of at least one person; `schema`: what has to be known of each. */
export function seenPeopleSchema<Seen extends z.ZodType>(schema: Seen) {
  return z.array(schema).min(1, 'choose at least one person').max(MOVE_LIMIT, 'choose at most 5,000 people at once');
}

/** `why` is in English, `told` the same for readers of other languages. */
export interface LeftAlone {
  id: number;
  why: string;
  told: Refused;
}

export const leftAlone = (id: number, told: Refused): LeftAlone => ({ id, why: refusedText(told), told });

export interface MoveResult {
  /** Ids of the people who were changed. */
  done: number[];
  /** People who were left alone, and why. */
  refused: LeftAlone[];
  /** Of several people who were changed: the event by which the history shows it as one deed. */
  deed?: number;
}

export const NOBODY: Refused = ['noPerson'];

/** Why a person is not the one that was seen; null: it is. */
export function changedSince(person: PersonRow, seen: { revision: number }): Refused | null {
  if (person.revision === seen.revision) return null;
  return ['personChanged', { name: person.displayName }];
}

/** Left people that are kept by name with a bulk action. */
const REFUSED_KEPT = 200;

/** What the history keeps of a decision about several people; null: it was about one. */
export function bulkFacts(matching: string | null, asked: number, refused: readonly LeftAlone[]): BulkFacts | null {
  if (asked < 2) return null;
  return { matching, asked, refused: refused.slice(0, REFUSED_KEPT).map(({ id, why }) => ({ id, why })) };
}

/** The result; throws `conflict` (or `not_found`) with the first refusal where not one person was changed. */
export function someMoved(result: MoveResult): MoveResult {
  const [first] = result.refused;
  if (result.done.length > 0 || !first) return result;
  throw new ServiceError(result.refused.every(({ told }) => told === NOBODY) ? 'not_found' : 'conflict', first.told);
}
