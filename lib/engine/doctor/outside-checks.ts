/** Checks of the systems beside us that an installation may have. */
import { type CheckResult, checkResult } from '#lib/domain/setup-checks.ts';
import type { Env } from '#lib/env.ts';
import { addressOf, forwardState, targetProblem } from '#lib/log-forward/forwarder.ts';
import { ScannerAwayError, scanBlocks, versionOf } from '#lib/scan/clamd.ts';

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

/** Whether the malware scanner answers, and finds what every scanner finds. */
export async function scannerFinding({ scanner }: Pick<Env, 'scanner'>): Promise<CheckResult> {
  const title = 'Malware scanner';
  if (!scanner)
    return checkResult('scanner', title, ['skipped', 'CLAMD is not set: files are not scanned here for malware.']);
  try {
    const version = await versionOf(scanner);
    const { kind } = await scanBlocks(scanner, testFile());
    if (kind === 'found') return checkResult('scanner', title, ['ok', `${version} answers and finds the test file.`]);
    return checkResult('scanner', title, [
      'warning',
      `${version} answers but does not find the test file of EICAR.`,
      'Its signatures are missing or very old: run freshclam, and see that it runs every day.',
    ]);
  } catch (error) {
    if (!(error instanceof ScannerAwayError)) throw error;
    return checkResult('scanner', title, [
      'failed',
      `It gives no verdict, so no file is taken in: ${error.message}.`,
      'Start clamd, and let the account that runs AutoProvision use its socket; compare CLAMD. Files wait, and are taken in once it answers.',
    ]);
  }
}

/** The harmless file that every scanner is to find; backwards, or it would find it here. */
const TEST_FILE = '*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\\4[PA@%P!O5X';

async function* testFile() {
  yield Buffer.from([...TEST_FILE].reverse().join(''));
}
