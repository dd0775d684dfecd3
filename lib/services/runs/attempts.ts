/** Attempts side by side: the same people, with where each run left them. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { countOutcomes } from '#db/store/outcomes/outcomes-read.ts';
import {
  type Compared,
  type ComparedPerson,
  countChangedPeople,
  countChosen,
  countCompared,
  pageOfCompared,
  statesAfter,
} from '#db/store/runs/re-run-read.ts';
import type { RunRow } from '#db/store/runs/runs-read.ts';
import type { PersonState } from '#lib/domain/states.ts';
import { type Page, paged } from '#lib/services/http/listing.ts';
import type { Language } from '#lib/words/languages.ts';
import { type RunItem, toRunItem } from './run-item.ts';

export interface AttemptPerson extends ComparedPerson {
  /** The state after each attempt, in order; null: the attempt did not include this person. */
  states: (PersonState | null)[];
}

export interface Attempts {
  /** The first attempt and the newest ones, or all; empty where nothing is compared. */
  runs: RunItem[];
  /** The number of attempts. */
  total: number;
  /** The people; first those who have changed since one of the attempts, where they are counted. */
  people: Page<AttemptPerson>;
  /** How many have; null: too many people to count while a page waits. */
  changed: number | null;
}

/** `?all=1` in an address: every attempt. */
export const everyAttemptSchema = z
  .literal('1')
  .nullable()
  .catch(null)
  .default(null)
  .transform((value) => value !== null);

/** Side by side: more would not fit a screen. */
const ATTEMPTS_SHOWN = 5;

interface Comparison {
  /** The attempts, oldest first; the first and the newest are shown unless `isAll`. */
  all: readonly RunRow[];
  isAll: boolean;
  /** Whose: who changed is counted, and stands first. Or so many people in an order of their own, where counting would take too long. */
  who: Compared | { total: number; pageOf: (offset: number, limit: number) => ComparedPerson[] };
  page: number;
  language: Language;
}

export function sideBySide(db: Tx, { all, isAll, who, page, language }: Comparison): Attempts {
  const shown = isAll || all.length <= ATTEMPTS_SHOWN ? all : [...all.slice(0, 1), ...all.slice(1 - ATTEMPTS_SHOWN)];
  const ids = shown.map(({ id }) => id);
  const isOrdered = 'pageOf' in who;
  const people = paged(isOrdered ? who.total : countCompared(db, who), page, (offset, limit) => {
    const some = isOrdered ? who.pageOf(offset, limit) : pageOfCompared(db, who, ids, { offset, limit });
    const after = statesAfter(
      db,
      ids,
      some.map(({ id }) => id),
    );
    const stateOf = new Map(after.map(({ runId, personId, state }) => [`${runId} ${personId}`, state]));
    return some.map((person) => ({
      ...person,
      states: ids.map((runId) => stateOf.get(`${runId} ${person.id}`) ?? null),
    }));
  });
  const runs = shown.map((row) =>
    toRunItem(row, row.finishedAt === null ? countOutcomes(db, row.id) : null, countChosen(db, row.id), language),
  );
  return { runs, total: all.length, people, changed: isOrdered ? null : countChangedPeople(db, who, ids) };
}
