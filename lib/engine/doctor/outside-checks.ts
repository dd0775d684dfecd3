/** Checks of the systems beside us that an installation may have. */
import { type CheckResult, checkResult } from '#lib/domain/setup-checks.ts';
import type { Env } from '#lib/env.ts';
import { addressOf, forwardState, targetProblem } from '#lib/log-forward/forwarder.ts';

/** Whether the system that the log is sent to answers, and what this server could not send. */
export async function logFinding({ logForward }: Pick<Env, 'logForward'>): Promise<CheckResult> {
  const title = 'Log elsewhere';
  if (!logForward)
    return checkResult('log_forward', title, [
      'skipped',
      'LOG_FORWARD is not set: unless the collector of this machine sends it on, the log stays here.',
    ]);
  const [target, problem] = [addressOf(logForward), await targetProblem(logForward)];
  const lost = forwardState()?.lost ?? 0;
  const told =
    lost > 0 ? ` Since the server started, there was no room for ${lost} lines: they are only in its own log.` : '';
  if (problem)
    return checkResult('log_forward', title, [
      'warning',
      `${target} does not take the log: ${problem}.${told}`,
      'Compare LOG_FORWARD and LOG_FORWARD_CA with the receiver and its certificate. The server tries again by itself, and keeps 10,000 lines meanwhile.',
    ]);
  return checkResult('log_forward', title, ['ok', `${target} answers.${told}`]);
}
