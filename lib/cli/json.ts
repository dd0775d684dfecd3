/** The JSON that other programs rely on: exactly the contract, nothing more. Times are ISO 8601 in UTC. */

import type { RecordedOutcome } from '#db/store/outcomes/outcomes-read.ts';
import type { PersonWithSources } from '#db/store/people/all-people.ts';
import type { Run } from '#db/store/runs/runs.ts';
import type { HistoryCheck } from '#lib/audit/check-history.ts';
import { type CheckResult, worstStatus } from '#lib/domain/setup-checks.ts';
import type { ImportedFile } from '#lib/intake/import-request.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export function cycleJson(
  run: Run,
  outcomes: readonly Pick<RecordedOutcome, 'userPrincipalName' | 'state' | 'reason' | 'message'>[],
) {
  const counts: Record<string, number> = {};
  for (const { state } of outcomes) counts[state] = (counts[state] ?? 0) + 1;
  return {
    runId: run.id,
    status: run.status,
    startedAt: iso(run.startedAt),
    finishedAt: iso(run.finishedAt),
    counts,
    outcomes: outcomes.map(({ userPrincipalName, state, reason, message }) => ({
      userPrincipalName,
      state,
      reason,
      message,
    })),
  };
}

export function personJson(person: PersonWithSources) {
  return {
    userPrincipalName: person.userPrincipalName,
    displayName: person.displayName,
    employeeType: person.employeeType,
    state: person.state,
    reason: person.reason,
    message: person.message,
    firstSeenAt: iso(person.firstSeenAt),
    licensedAt: iso(person.licensedAt),
    mailboxReadyAt: iso(person.mailboxReadyAt),
    sources: person.sources,
  };
}

/** An imported file, with its rejected rows. */
export interface FileWithRejections extends Omit<ImportedFile, 'rejected'> {
  rejected: { line: number; problem: string }[];
}

export function fileJson({ name, sha256, status, rows, accepted, duplicates, rejected }: FileWithRejections) {
  return { name, sha256, status, rows, accepted, duplicates, rejected };
}

export function doctorJson(results: readonly CheckResult[]) {
  return {
    status: worstStatus(results),
    checks: results.map(({ code, status, title, message, fix }) => ({ code, status, title, message, fix })),
  };
}

const place = (at: { id: number; at: number } | null) => at && { eventId: at.id, at: iso(at.at) };

export function historyJson({ key, removed, chain, checkpoints, problems, notices }: HistoryCheck) {
  return {
    key,
    isWhole: problems.length === 0,
    removed: removed && {
      from: removed.from,
      to: removed.to,
      events: removed.events,
      until: iso(removed.lastAt),
      sealedAt: iso(removed.sealedAt),
      kinds: removed.kinds,
    },
    events: chain.events,
    from: place(chain.from),
    to: place(chain.to),
    checkpoints: checkpoints.map(({ folder, count, newest }) => ({
      folder,
      count,
      newest: newest && { eventId: newest.eventId, at: iso(newest.at) },
    })),
    problems,
    notices,
  };
}

const removedLine = ({ from, to, events, lastAt, sealedAt }: NonNullable<HistoryCheck['removed']>) =>
  `Removed by retention: events ${from} to ${to}, ${events} in all, until ${iso(lastAt)}, sealed on ${iso(sealedAt)}.`;

/** The same in words. */
export function historyLines({ key, removed, chain, checkpoints, problems, notices }: HistoryCheck): string[] {
  const { events, from, to } = chain;
  const point = ({ id, at }: { id: number; at: number }) => `event ${id} (${iso(at)})`;
  return [
    ...(removed ? [removedLine(removed)] : []),
    from && to ? `Whole from ${point(from)} to ${point(to)}: ${events} events.` : 'There is no event that is whole.',
    ...checkpoints.map(
      ({ folder, count, newest }) =>
        `Compared with ${count} checkpoints in ${folder}${newest ? `, the last of ${iso(newest.at)} at event ${newest.eventId}` : ''}.`,
    ),
    `Key: ${key}`,
    ...notices,
    ...problems.map(({ message }) => message),
  ];
}
