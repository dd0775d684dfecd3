/** Checks of the systems beside us that an installation may have. */
import type { CheckResult } from '#lib/domain/setup-checks.ts';
import type { Env } from '#lib/env.ts';
import { addressOf, forwardState, targetProblem } from '#lib/log-forward/forwarder.ts';
import { smtpProblem } from '#lib/notify/smtp.ts';
import { ScannerAwayError, scanBlocks, versionOf } from '#lib/scan/clamd.ts';
import type { Message } from '#lib/words/findings.ts';
import { finding } from './finding.ts';

/** Whether the system that the log is sent to answers, and what this server could not send. */
export async function logFinding({ logForward }: Pick<Env, 'logForward'>): Promise<CheckResult> {
  if (!logForward) return finding('log_forward', 'skipped', [['logStays']]);
  const [target, why] = [addressOf(logForward), await targetProblem(logForward)];
  const lost = forwardState()?.lost ?? 0;
  const more: Message[] = lost > 0 ? [['linesLost', { n: lost }]] : [];
  return why === null
    ? finding('log_forward', 'ok', [['logAnswers', { target }], ...more])
    : finding('log_forward', 'warning', [['logRefused', { target, why }], ...more], { fix: ['compareLogForward'] });
}

/** Whether the malware scanner answers, and finds what every scanner finds. */
export async function scannerFinding({ scanner }: Pick<Env, 'scanner'>): Promise<CheckResult> {
  if (!scanner) return finding('scanner', 'skipped', [['noScanner']]);
  try {
    const version = await versionOf(scanner);
    const { kind } = await scanBlocks(scanner, testFile());
    return kind === 'found'
      ? finding('scanner', 'ok', [['scannerAnswers', { version }]])
      : finding('scanner', 'warning', [['scannerBlind', { version }]], { fix: ['runFreshclam'] });
  } catch (error) {
    if (!(error instanceof ScannerAwayError)) throw error;
    return finding('scanner', 'failed', [['scannerAway', { why: error.message }]], { fix: ['startClamd'] });
  }
}

/** Whether the mail server answers, and accepts the login where there is one. */
export async function mailServerFinding(smtp: NonNullable<Env['mail']['smtp']>): Promise<CheckResult> {
  const why = await smtpProblem(smtp);
  const server = `${smtp.host}:${smtp.port}`;
  if (why !== null)
    return finding('mail_server', 'failed', [['mailProblem', { server, why }]], { fix: ['compareSmtp'] });
  return finding('mail_server', 'ok', [[smtp.user === null ? 'mailAnswers' : 'mailAcceptsLogin', { server }]]);
}

/** The harmless file that every scanner is to find; backwards, or it would find it here. */
const TEST_FILE = '*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\\4[PA@%P!O5X';

async function* testFile() {
  yield Buffer.from([...TEST_FILE].reverse().join(''));
}
