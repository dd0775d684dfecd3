/** What a re-run is about, and which mapping decides. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { fileById } from '#db/store/files/files-read.ts';
import type { MappingSpan, OpenPerson, Scope } from '#db/store/runs/re-run-read.ts';
import { readRun } from '#db/store/runs/runs.ts';
import { ServiceError } from '#lib/services/http/errors.ts';

/** At most this many people can be run again at once. */
export const RE_RUN_LIMIT = 5_000;

const id = z.string().min(1).max(100);
/** `{ runId }` or `{ fileId }`. */
export const scopeSchema = z.union([z.strictObject({ runId: id }), z.strictObject({ fileId: id })]);

/**
 * The time whose mappings count as the former ones: the start of the run, or the arrival of the file. Throws `not_found`, and
 * `invalid` for a dry run.
 */
export function mappingTimeOf(db: Tx, scope: Scope): number {
  if ('fileId' in scope) {
    const file = fileById(db, scope.fileId);
    if (!file) throw new ServiceError('not_found', ['noFile']);
    return file.receivedAt;
  }
  const run = readRun(db, scope.runId);
  if (!run) throw new ServiceError('not_found', ['noRun']);
  if (run.dryRun) throw new ServiceError('invalid', ['dryRunAgain']);
  return run.startedAt ?? run.requestedAt;
}

type Decided = Pick<OpenPerson, 'employeeTypeKey' | 'mappingId'>;

/** By EmployeeType, the version in force at a time; `null`: the one in force now. */
function versionsAt(spans: readonly MappingSpan[], at: number | null): Map<string, number> {
  const inForce = spans.filter(({ createdAt, retiredAt }) =>
    at === null ? retiredAt === null : createdAt <= at && (retiredAt === null || retiredAt > at),
  );
  return new Map(inForce.map((span) => [span.employeeTypeKey, span.id]));
}

/**
 * The mapping version that decides in a re-run: the one a person was licensed with, otherwise the one in force at `at`. Null,
 * which the engine reads as the one in force now: there was none then.
 */
export function mappingAt(spans: readonly MappingSpan[], at: number): (person: Decided) => number | null {
  const then = versionsAt(spans, at);
  return ({ mappingId, employeeTypeKey }) => mappingId ?? then.get(employeeTypeKey) ?? null;
}

/** True for people for whom the former mapping differs from the one in force now. */
export function isMappingDifferent(spans: readonly MappingSpan[], at: number): (person: Decided) => boolean {
  const now = versionsAt(spans, null);
  const then = mappingAt(spans, at);
  return (person) => {
    const version = then(person);
    return version !== null && version !== (person.mappingId ?? now.get(person.employeeTypeKey) ?? null);
  };
}
