/** Faults to plant into the pure decisions. */
import type { PlantedFault } from './planted-fault.ts';

export const DECISION_FAULTS: readonly PlantedFault[] = [
  {
    name: 'guests are licensed',
    file: 'lib/domain/decision/situation.ts',
    find: "if (account.isGuest) return { kind: 'guest', account };",
    replace: '',
  },
  {
    name: 'start dates are not waited for',
    file: 'lib/domain/time/start-date.ts',
    find: "if (startDate === null || leadTime === 'at_once') return null;",
    replace: "if (startDate === null || leadTime !== '') return null;",
  },
  {
    name: 'the day of the licence is a week late',
    file: 'lib/domain/time/start-date.ts',
    find: 'addDays(startDate, -leadTime)',
    replace: 'addDays(startDate, 7 - leadTime)',
  },
  {
    name: 'an account that is not there yet needs a human at once',
    file: 'lib/domain/decision/decide.ts',
    find: "if (waited <= waiting.syncLimitMs) return settle('awaiting_sync', 'not_synchronised', {}, now);",
    replace: "if (waited < 0) return settle('awaiting_sync', 'not_synchronised', {}, now);",
  },
  {
    name: 'seats are counted once too often',
    file: 'lib/domain/decision/guardrails.ts',
    find: '(seats.get(skuId) ?? 0) < 1',
    replace: '(seats.get(skuId) ?? 0) < 2000',
  },
  {
    name: 'the safety limit is not asked',
    file: 'lib/domain/decision/guardrails.ts',
    find: 'if (safetyLimit > 0 && licensed >= safetyLimit)',
    replace: 'if (safetyLimit > 0 && licensed >= safetyLimit * 100)',
  },
  {
    name: 'a look-up that fails is taken for no account',
    file: 'lib/domain/decision/situation.ts',
    find: "if (lookup.kind === 'unknown') return { kind: 'lookup_failed', why: lookup.why };",
    replace: "if (lookup.kind === 'unknown') return { kind: 'account_deleted', at: null };",
  },
  {
    name: 'mailboxes are asked for once an hour',
    file: 'lib/domain/decision/waiting-times.ts',
    find: 'const MAILBOX_INTERVALS = [1, 2, 5, 10, 15]',
    replace: 'const MAILBOX_INTERVALS = [60, 60, 60, 60, 60]',
  },
  {
    name: 'the pause before a probe is ten times as long',
    file: 'lib/domain/decision/waiting-times.ts',
    find: 'PROBE_INTERVALS[Math.min(Math.max(failures, 1), PROBE_INTERVALS.length) - 1] ?? HOUR',
    replace: '10 * (PROBE_INTERVALS[Math.min(Math.max(failures, 1), PROBE_INTERVALS.length) - 1] ?? HOUR)',
  },
  {
    name: 'the mapping of another type decides',
    file: 'lib/engine/cycle/select-people.ts',
    find: 'return pinned ?? inForce.get(employeeTypeKey(person.employeeType)) ?? null;',
    replace: "return pinned ?? inForce.get('e') ?? null;",
  },
  {
    name: 'an approval is never used up',
    file: 'db/store/outcomes/outcomes.ts',
    find: "const spendsApproval = state === 'held' || licenceVerified;",
    replace: 'const spendsApproval = licenceVerified && false;',
  },
];
