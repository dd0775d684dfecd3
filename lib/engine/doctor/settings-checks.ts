/** Checks of Settings and of the environment: secrets, schedule, limits, reports. */
import type { SchedulerState } from '#db/store/system/engine-state.ts';
import type { Settings } from '#lib/domain/settings.ts';
import type { CheckResult } from '#lib/domain/setup-checks.ts';
import type { Env } from '#lib/env.ts';
import type { Probe } from '#lib/graph/inspect.ts';
import { nextCycleTimes } from '#lib/schedule/maintenance.ts';
import { scheduleProblem } from '#lib/schedule/schedule.ts';
import { scheduleText } from '#lib/schedule/schedule-text.ts';
import { secretFileProblem } from '#lib/secret-files.ts';
import type { Clause, Message } from '#lib/words/findings.ts';
import { finding } from './finding.ts';

/** The schedule is valid, not paused, and has a next time. */
export function scheduleFinding(settings: Settings, now: number): CheckResult {
  const { schedule, timeZone: zone, paused } = settings;
  const problem = scheduleProblem(schedule, zone);
  if (problem) return finding('schedule', 'failed', [['scheduleProblem', { problem }]], { fix: ['correctSchedule'] });
  const is: Message = ['scheduleIs', { text: scheduleText(schedule), schedule, zone }];
  if (paused) return finding('schedule', 'warning', [is, ['schedulePaused']], { fix: ['resume'] });
  if (nextCycleTimes(settings, now, 1).length === 0)
    return finding('schedule', 'failed', [is, ['windowNeverEnds']], { fix: ['changeWindow'] });
  return finding('schedule', 'ok', [is]);
}

/** The scheduler ticks once a minute. */
const TICK_LIMIT_MS = 3 * 60_000;

/** Whether a server is running that starts the cycles. */
export function schedulerFinding(schedulerState: SchedulerState | null, now: number): CheckResult {
  if (schedulerState && now - schedulerState.lastTickAt <= TICK_LIMIT_MS)
    return finding('scheduler', 'ok', [['serverRuns']]);
  return finding('scheduler', 'warning', [['noServer']], { fix: ['startServer'] });
}

export function safetyFinding({ safetyLimit }: Settings): CheckResult {
  return safetyLimit > 0
    ? finding('safety_limit', 'ok', [['limitIs', { n: safetyLimit }]])
    : finding('safety_limit', 'warning', [['noLimit']], { fix: ['setLimit'] });
}

/** Whether the secrets lie where only the service can read them, and can be replaced without a restart. */
export function secretsFinding({ tenantMode, secrets }: Pick<Env, 'tenantMode' | 'secrets'>): CheckResult {
  if (tenantMode === 'demo') return finding('secrets', 'skipped', [['demoSecrets']]);
  const problems = secrets.flatMap(({ name, file }): Clause[] => {
    const problem = file === null ? null : secretFileProblem(file);
    if (file === null || problem === null) return [];
    return [problem.kind === 'open' ? ['secretOpen', { name, file }] : ['secretUnread', { name, why: problem.why }]];
  });
  if (problems.length > 0) return finding('secrets', 'warning', problems, { fix: ['protectSecrets'] });
  const inEnvironment = secrets.filter(({ file }) => file === null).map(({ name }) => name);
  const [first] = inEnvironment;
  if (first === undefined) return finding('secrets', 'ok', [['noSecretInEnvironment']]);
  return finding('secrets', 'ok', [['secretsInEnvironment', { names: inEnvironment.join(', ') }]], {
    fix: ['secretToFile', { name: first }],
  });
}

export function addressFinding({ reportSender: sender, reportRecipients }: Settings): CheckResult {
  const fix: Message = ['setAddresses'];
  if (reportRecipients.length === 0) return finding('addresses', 'warning', [['noRecipients']], { fix });
  if (sender === '') return finding('addresses', 'failed', [['noSender']], { fix });
  return finding('addresses', 'ok', [['reportsGo', { n: reportRecipients.length, sender }]]);
}

/** The mailbox that reports are sent from, where they go through Microsoft Graph. `probe`: null where it was not probed. */
export function senderFinding({ reportSender: sender }: Settings, probe: Probe | null): CheckResult {
  const title: Message = ['senderMailbox'];
  if (sender === '') return finding('mail_server', 'skipped', [['noSenderToTest']], { title });
  switch (probe?.kind) {
    case 'answered':
      return finding('mail_server', 'ok', [['hasMailbox', { sender }]], { title });
    case 'nothing_there':
      return finding('mail_server', 'failed', [['hasNoMailbox', { sender }]], { fix: ['chooseSender'], title });
    case 'refused': {
      const { why } = probe;
      return finding('mail_server', 'warning', [['mailboxUnknown', { sender, why }]], { fix: ['grantMailbox'], title });
    }
    default:
      return finding('mail_server', 'skipped', [['noAnswer']], { title });
  }
}
