/** Checks of Settings and of the environment: secrets, schedule, limits, reports. */
import type { SchedulerState } from '#db/store/system/settings.ts';
import type { Settings } from '#lib/domain/settings.ts';
import { type CheckResult, checkResult } from '#lib/domain/setup-checks.ts';
import type { Env } from '#lib/env.ts';
import type { Probe } from '#lib/graph/inspect.ts';
import { nextCycleTimes } from '#lib/schedule/maintenance.ts';
import { scheduleProblem } from '#lib/schedule/schedule.ts';
import { scheduleText } from '#lib/schedule/schedule-text.ts';
import { secretFileProblem } from '#lib/secret-files.ts';

/** The schedule is valid, not paused, and has a next time. */
export function scheduleFinding(settings: Settings, now: number): CheckResult {
  const title = 'Schedule';
  const { schedule, timeZone, paused } = settings;
  const problem = scheduleProblem(schedule, timeZone);
  if (problem) return checkResult('schedule', title, ['failed', problem, 'Correct it in Settings, Schedule.']);
  const text = `${scheduleText(schedule)} (${schedule}, ${timeZone}).`;
  if (paused)
    return checkResult('schedule', title, [
      'warning',
      `${text} Paused: no cycle starts automatically.`,
      'Resume it in Settings, Schedule.',
    ]);
  if (nextCycleTimes(settings, now, 1).length === 0)
    return checkResult('schedule', title, [
      'failed',
      `${text} The maintenance window never ends, so no cycle starts automatically.`,
      'Change the schedule or the window in Settings, Schedule.',
    ]);
  return checkResult('schedule', title, ['ok', text]);
}

/** The scheduler ticks once a minute. */
const TICK_LIMIT_MS = 3 * 60_000;

/** Whether a server is running that starts the cycles. */
export function schedulerFinding(schedulerState: SchedulerState | null, now: number): CheckResult {
  const title = 'Server';
  if (schedulerState && now - schedulerState.lastTickAt <= TICK_LIMIT_MS)
    return checkResult('scheduler', title, ['ok', 'A server is running and starts the cycles.']);
  return checkResult('scheduler', title, [
    'warning',
    'No server is running, or its scheduler has stopped: no cycle starts automatically.',
    'Start the server with `npm start`; if it is running, restart it and check its log.',
  ]);
}

export function safetyFinding({ safetyLimit }: Settings): CheckResult {
  const title = 'Safety limit';
  if (safetyLimit > 0) {
    const people = safetyLimit === 1 ? '1 person' : `${safetyLimit} people`;
    return checkResult('safety_limit', title, [
      'ok',
      `Within 24 hours at most ${people} are licensed without approval.`,
    ]);
  }
  return checkResult('safety_limit', title, [
    'warning',
    'None is set: everybody in a wrong file would be licensed.',
    'Set one in Settings, Limits. It should be a little above your busiest day.',
  ]);
}

/** Whether the secrets lie where only the service can read them, and can be replaced without a restart. */
export function secretsFinding({ tenantMode, secrets }: Pick<Env, 'tenantMode' | 'secrets'>): CheckResult {
  const title = 'Where secrets lie';
  if (tenantMode === 'demo')
    return checkResult('secrets', title, ['skipped', 'The demo has no secrets worth keeping.']);
  const problems = secrets.flatMap(({ name, file }) => {
    const problem = file === null ? null : secretFileProblem(file);
    return problem ? `${name}: ${problem}.` : [];
  });
  if (problems.length > 0)
    return checkResult('secrets', title, [
      'warning',
      problems.join(' '),
      'Let only the account that runs AutoProvision read the files of secrets (mode 400 or 600), and keep them where they are named.',
    ]);
  const inEnvironment = secrets.filter(({ file }) => file === null).map(({ name }) => name);
  if (inEnvironment.length === 0)
    return checkResult('secrets', title, ['ok', 'No secret stands in the environment itself.']);
  return checkResult('secrets', title, [
    'ok',
    `In the environment itself: ${inEnvironment.join(', ')}.`,
    `Better in a file from a vault, which can be replaced without a restart: name it in ${inEnvironment[0]}_FILE.`,
  ]);
}

export function addressFinding({ reportSender, reportRecipients }: Settings): CheckResult {
  const title = 'Sender and recipients';
  const change = 'Set them in Settings, Reports.';
  if (reportRecipients.length === 0)
    return checkResult('addresses', title, [
      'warning',
      'Reports go to nobody. They can only be read on the Mail page.',
      change,
    ]);
  if (reportSender === '')
    return checkResult('addresses', title, [
      'failed',
      'Reports have recipients but no sender, so none is sent.',
      change,
    ]);
  const people = reportRecipients.length === 1 ? '1 address' : `${reportRecipients.length} addresses`;
  return checkResult('addresses', title, ['ok', `Reports go to ${people}, from ${reportSender}.`]);
}

/** The mailbox that reports are sent from, where they go through Microsoft Graph. `probe`: null where it was not probed. */
export function senderFinding({ reportSender }: Settings, probe: Probe | null): CheckResult {
  const title = "Sender's mailbox";
  if (reportSender === '') return checkResult('mail_server', title, ['skipped', 'Not tested: no sender is set.']);
  switch (probe?.kind) {
    case 'answered':
      return checkResult('mail_server', title, ['ok', `${reportSender} has a mailbox.`]);
    case 'nothing_there':
      return checkResult('mail_server', title, [
        'failed',
        `${reportSender} has no mailbox in Exchange Online, so nothing can be sent from it.`,
        'Choose a sender with a mailbox in Settings, Reports; a shared mailbox is enough.',
      ]);
    case 'refused':
      return checkResult('mail_server', title, [
        'warning',
        `It is not known whether the mailbox ${reportSender} answers: ${probe.why}`,
        'Grant MailboxSettings.Read: the Permissions step says how. An application access policy in Exchange Online may also block this app.',
      ]);
    default:
      return checkResult('mail_server', title, ['skipped', 'Not tested: Microsoft Graph did not answer.']);
  }
}
