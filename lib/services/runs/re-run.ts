/** Before a re-run: how many people it concerns and whether the mapping makes a difference; after it: the attempts side by side. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { countOutcomes } from '#db/store/outcomes/outcomes-read.ts';
import {
  attemptsOf,
  countChangedPeople,
  countChosen,
  countOpenPeople,
  countRerunPeople,
  mappingSpans,
  pageOfRerunPeople,
  type Scope,
  statesAfter,
} from '#db/store/runs/re-run-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput } from '#lib/services/http/errors.ts';
import { type Page, paged, pageSchema } from '#lib/services/http/listing.ts';
import { isMappingDifferent, mappingTimeOf, RE_RUN_LIMIT, scopeSchema } from './re-run-choice.ts';
import { type RunItem, toRunItem } from './run-item.ts';

export type ReRunScope = Scope;

export interface AttemptPerson {
  id: number;
  userPrincipalName: string;
  displayName: string;
  stateNow: PersonState;
  /** The state after each attempt, in order; null: the attempt did not include this person. */
  states: (PersonState | null)[];
}

export interface Attempts {
  /** The first attempt and the newest ones; empty where nothing was run again. */
  runs: RunItem[];
  /** The number of attempts. */
  total: number;
  /** The people who were run again; first those who have changed since one of the attempts. */
  people: Page<AttemptPerson>;
  /** How many have. */
  changed: number;
}

export interface ReRunPreview {
  of: Scope;
  /** People who need attention, and all who are neither done nor held. */
  failed: number;
  all: number;
  limit: number;
  /** The time whose mappings count as the former ones, and for how many people of `all` they differ. */
  thenAt: number;
  decidedOtherwise: number;
  attempts: Attempts;
}

/** Side by side: more would not fit a screen. */
const ATTEMPTS_SHOWN = 5;

const reRunInput = z.object({ of: scopeSchema, page: pageSchema });

function attempts(db: Tx, scope: Scope, page: number): Attempts {
  const all = attemptsOf(db, scope);
  const reRuns = all.filter(({ selection }) => selection !== null);
  const [first, ...later] = all;
  if (!first || reRuns.length === 0) return { runs: [], total: all.length, people: paged(0, 1, () => []), changed: 0 };
  const shown = [first, ...later.slice(-(ATTEMPTS_SHOWN - 1))];
  const shownIds = shown.map(({ id }) => id);
  const reRunIds = reRuns.map(({ id }) => id);
  const people = paged(countRerunPeople(db, reRunIds), page, (offset, limit) => {
    const some = pageOfRerunPeople(db, reRunIds, shownIds, { offset, limit });
    const after = statesAfter(
      db,
      shownIds,
      some.map(({ id }) => id),
    );
    const stateOf = new Map(after.map(({ runId, personId, state }) => [`${runId} ${personId}`, state]));
    return some.map((person) => ({
      ...person,
      states: shownIds.map((runId) => stateOf.get(`${runId} ${person.id}`) ?? null),
    }));
  });
  const runs = shown.map((row) =>
    toRunItem(row, row.finishedAt === null ? countOutcomes(db, row.id) : null, countChosen(db, row.id)),
  );
  return { runs, total: all.length, people, changed: countChangedPeople(db, reRunIds, shownIds) };
}

/**
 * The people a re-run of a run or a file would include, and the results of earlier ones. `input`: `{ of: { runId } | { fileId
 * }, page? }`. Throws `not_found`, and `invalid` for a dry run.
 */
export function readReRun(operator: Operator | null, input: unknown): ReRunPreview {
  authorise(operator, 'runs:read');
  const { of, page } = parseInput(reRunInput, input);
  return database().transaction((db) => {
    const thenAt = mappingTimeOf(db, of);
    const groups = countOpenPeople(db, of);
    const differs = isMappingDifferent(mappingSpans(db), thenAt);
    const sum = (which: (group: (typeof groups)[number]) => boolean) =>
      groups.filter(which).reduce((total, { n }) => total + n, 0);
    return {
      of,
      failed: sum(({ state }) => state === 'needs_attention'),
      all: sum(() => true),
      limit: RE_RUN_LIMIT,
      thenAt,
      decidedOtherwise: sum(differs),
      attempts: attempts(db, of, page),
    };
  });
}
