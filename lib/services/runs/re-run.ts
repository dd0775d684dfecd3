/** Before a re-run: how many people it concerns and whether the mapping makes a difference; after it: the attempts side by side. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { attemptsOf, countOpenPeople, mappingSpans, type Scope } from '#db/store/runs/re-run-read.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput } from '#lib/services/http/errors.ts';
import { paged, pageSchema } from '#lib/services/http/listing.ts';
import type { Language } from '#lib/words/languages.ts';
import { type Attempts, everyAttemptSchema, sideBySide } from './attempts.ts';
import { isMappingDifferent, mappingTimeOf, RE_RUN_LIMIT, scopeSchema } from './re-run-choice.ts';

export type ReRunScope = Scope;

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

const reRunInput = z.object({ of: scopeSchema, page: pageSchema, all: everyAttemptSchema });

function attempts(
  db: Tx,
  scope: Scope,
  { page, all: isAll }: { page: number; all: boolean },
  language: Language,
): Attempts {
  const all = attemptsOf(db, scope);
  const reRuns = all.filter(({ selection }) => selection !== null);
  if (reRuns.length === 0) return { runs: [], total: all.length, people: paged(0, 1, () => []), changed: 0 };
  return sideBySide(db, { all, isAll, who: { runIds: reRuns.map(({ id }) => id) }, page, language });
}

/**
 * The people a re-run of a run or a file would include, and the results of earlier ones. `input`: `{ of: { runId } | { fileId
 * }, page?, all? }`; `all`: `'1'` for every attempt. Throws `not_found`, and `invalid` for a dry run.
 */
export function readReRun(operator: Operator | null, input: unknown, language: Language = 'en'): ReRunPreview {
  authorise(operator, 'runs:read');
  const { of, ...which } = parseInput(reRunInput, input);
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
      attempts: attempts(db, of, which, language),
    };
  });
}
