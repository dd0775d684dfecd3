/** Whose re-run it is, and by which mapping people are decided again. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { fileById } from '#db/store/files/files-read.ts';
import type { MappingSpan, OpenPerson, Scope } from '#db/store/runs/re-run-read.ts';
import { readRun } from '#db/store/runs/runs.ts';
import { ServiceError } from '#lib/services/http/errors.ts';

/** More people cannot be run again at once. */
export const RE_RUN_LIMIT = 5_000;

const id = z.string().min(1).max(100);
/** `{ runId }` or `{ fileId }`. */
export const scopeSchema = z.union([z.strictObject({ runId: id }), z.strictObject({ fileId: id })]);

/** The moment whose mappings are those of then: when the run began, when the file came. Throws `not_found`, and `invalid` for a dry run. */
export function momentOf(db: Tx, scope: Scope): number {
  if ('fileId' in scope) {
    const file = fileById(db, scope.fileId);
    if (!file) throw new ServiceError('not_found', 'There is no such file.');
    return file.receivedAt;
  }
  const run = readRun(db, scope.runId);
  if (!run) throw new ServiceError('not_found', 'There is no such run.');
  if (run.dryRun) throw new ServiceError('invalid', 'A dry run did nothing, so there is nothing to run again.');
  return run.startedAt ?? run.requestedAt;
}

type Decided = Pick<OpenPerson, 'employeeTypeKey' | 'mappingId'>;

/** By EmployeeType, the version that was in force at a moment; `null`: the one in force. */
function versionsAt(spans: readonly MappingSpan[], at: number | null): Map<string, number> {
  const inForce = spans.filter(({ createdAt, retiredAt }) =>
    at === null ? retiredAt === null : createdAt <= at && (retiredAt === null || retiredAt > at),
  );
  return new Map(inForce.map((span) => [span.employeeTypeKey, span.id]));
}

/**
 * The mapping version that decides again: the one a person was licensed with, else the one that was in force `at` the moment. Null,
 * which the engine reads as the one in force: there was none then.
 */
export function mappingThen(spans: readonly MappingSpan[], at: number): (person: Decided) => number | null {
  const then = versionsAt(spans, at);
  return ({ mappingId, employeeTypeKey }) => mappingId ?? then.get(employeeTypeKey) ?? null;
}

/** True for people about whom the mapping of then decides in another way than the one in force. */
export function isDecidedOtherwise(spans: readonly MappingSpan[], at: number): (person: Decided) => boolean {
  const now = versionsAt(spans, null);
  const then = mappingThen(spans, at);
  return (person) => {
    const version = then(person);
    return version !== null && version !== (person.mappingId ?? now.get(person.employeeTypeKey) ?? null);
  };
}
