/** Checks of what Settings say: schedule, limits, reports. Pure. */
import type { SchedulerState } from '#db/store/system/settings.ts';
import type { Settings } from '#lib/domain/settings.ts';
import { type CheckResult, finding } from '#lib/domain/setup-checks.ts';
import type { Probe } from '#lib/graph/inspect.ts';
import { nextCycleTimes } from '#lib/schedule/maintenance.ts';
import { scheduleProblem } from '#lib/schedule/schedule.ts';
import { scheduleText } from '#lib/schedule/schedule-words.ts';

/** The schedule can be read, is not paused, and comes some day. */
export function scheduleFinding(settings: Settings, now: number): CheckResult {
  const title = 'Schedule';
  const { schedule, timeZone, paused } = settings;
  const problem = scheduleProblem(schedule, timeZone);
  if (problem) return finding('schedule', title, ['failed', problem, 'Correct it in Settings, Schedule.']);
  const words = `${scheduleText(schedule)} (${schedule}, ${timeZone}).`;
  if (paused)
    return finding('schedule', title, [
      'warning',
      `${words} Paused: no cycle starts by itself.`,
      'Turn the pause off in Settings, Schedule.',
    ]);
  if (nextCycleTimes(settings, now, 1).length === 0)
    return finding('schedule', title, [
      'failed',
      `${words} The maintenance window never ends, so no cycle starts by itself.`,
      'Change the schedule or the window in Settings, Schedule.',
    ]);
  return finding('schedule', title, ['ok', words]);
}

/** The scheduler ticks once a minute. */
const TICK_LIMIT_MS = 3 * 60_000;

/** Whether a server is at work that starts the cycles. */
export function schedulerFinding(schedulerState: SchedulerState | null, now: number): CheckResult {
  const title = 'Server at work';
  if (schedulerState && now - schedulerState.lastTickAt <= TICK_LIMIT_MS)
    return finding('scheduler', title, ['ok', 'A server starts the cycles.']);
  return finding('scheduler', title, [
    'warning',
    'No server is running, or its schedule stands still: no cycle starts by itself.',
    'Start the server with `npm start`; if it runs, restart it and look into its log.',
  ]);
}

export function safetyFinding({ safetyLimit }: Settings): CheckResult {
  const title = 'Safety limit';
  if (safetyLimit > 0) {
    const people = safetyLimit === 1 ? '1 person' : `${safetyLimit} people`;
    return finding('safety_limit', title, ['ok', `A cycle licenses at most ${people} without a human yes.`]);
  }
  return finding('safety_limit', title, [
    'warning',
    'There is none: a wrong file would be licensed as a whole.',
    'Set one in Settings, Limits. It should be a little above your busiest day.',
  ]);
}

export function addressFinding({ reportSender, reportRecipients }: Settings): CheckResult {
  const title = 'Sender and recipients';
  const change = 'Name them in Settings, Reports.';
  if (reportRecipients.length === 0)
    return finding('addresses', title, [
      'warning',
      'Reports go to nobody. They can be read on the page Mail only by those who look.',
      change,
    ]);
  if (reportSender === '')
    return finding('addresses', title, ['failed', 'Reports have recipients but no sender, so none is sent.', change]);
  const people = reportRecipients.length === 1 ? '1 address' : `${reportRecipients.length} addresses`;
  return finding('addresses', title, ['ok', `Reports go to ${people}, from ${reportSender}.`]);
}

/** The mailbox that reports are sent from, where they go through Microsoft Graph. `probe`: null where it was not asked. */
export function senderFinding({ reportSender }: Settings, probe: Probe | null): CheckResult {
  const title = 'Mailbox of the sender';
  if (reportSender === '') return finding('mail_server', title, ['skipped', 'Not tested: no sender is set.']);
  switch (probe?.kind) {
    case 'answered':
      return finding('mail_server', title, ['ok', `${reportSender} has a mailbox.`]);
    case 'nothing_there':
      return finding('mail_server', title, [
        'failed',
        `${reportSender} has no mailbox in Exchange Online, so nothing can be sent from it.`,
        'Choose a sender with a mailbox in Settings, Reports; a shared mailbox is enough.',
      ]);
    case 'refused':
      return finding('mail_server', title, [
        'warning',
        `It cannot be seen whether the mailbox ${reportSender} answers: ${probe.why}`,
        'Grant MailboxSettings.Read: the step Permissions says how. An application access policy in Exchange Online may also keep this app out.',
      ]);
    default:
      return finding('mail_server', title, ['skipped', 'Not tested: Microsoft Graph did not answer.']);
  }
}
