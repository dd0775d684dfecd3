/**
 * Checks the set-up: one implementation behind the guided set-up on the web and `doctor` on the command line. Reads only; needs
 * no lease.
 */

import { mappingsInForce } from '#db/store/mappings/mappings.ts';
import { readSchedulerState, readSettings } from '#db/store/system/settings.ts';
import { finishCheck, nextOpenCheck, personWithMailbox, saveProgress } from '#db/store/system/setup-checks.ts';
import type { Settings } from '#lib/domain/settings.ts';
import { type AppIdentity, type CheckResult, checkResult, inSetupOrder } from '#lib/domain/setup-checks.ts';
import type { Engine } from '#lib/engine/create-engine.ts';
import { type Env, EnvError, readServerEnv } from '#lib/env.ts';
import { credentialWarning } from '#lib/graph/http/credential.ts';
import { DirectoryError } from '#lib/graph/http/errors.ts';
import type { Inspection } from '#lib/graph/inspect.ts';
import { log } from '#lib/log.ts';
import { smtpProblem } from '#lib/notify/smtp.ts';
import { backupFinding, historyFinding, privateFilesFinding } from './data-checks.ts';
import { connectFindings, findingsWithoutSignIn, licenceFindings, permissionFindings } from './graph-checks.ts';
import { databaseFinding, diskFinding, folderFindings } from './local-checks.ts';
import { logFinding, scannerFinding } from './outside-checks.ts';
import {
  addressFinding,
  safetyFinding,
  scheduleFinding,
  schedulerFinding,
  secretsFinding,
  senderFinding,
} from './settings-checks.ts';

function identityOf({ tenantMode, graph: { credential } }: Env): AppIdentity {
  if (credential === null) return tenantMode === 'demo' ? { kind: 'demo' } : { kind: 'managed' };
  return credential.kind === 'managed' ? { kind: 'managed' } : { kind: 'app', clientId: credential.clientId };
}

function credentialFinding({ graph: { credential } }: Env, now: number): CheckResult {
  const title = 'Secret or certificate';
  const warning = credentialWarning(credential, now);
  if (warning)
    return checkResult('credential', title, [
      'warning',
      warning,
      'Microsoft Entra admin centre → App registrations → the app → Certificates & secrets.',
    ]);
  switch (credential?.kind) {
    case 'secret':
      return checkResult('credential', title, [
        'ok',
        'A client secret is in use. Only Entra ID knows when it expires; an expired one shows as a failed sign-in (AADSTS7000222).',
      ]);
    case 'certificate':
      return checkResult('credential', title, ['ok', 'The certificate is valid for more than 30 days.']);
    case undefined:
      return checkResult('credential', title, ['skipped', 'The demo tenant has its own credentials.']);
    default:
      return checkResult('credential', title, ['ok', 'A managed identity renews itself: nothing expires.']);
  }
}

function webSignInFinding({ tenantMode }: Env): CheckResult {
  const title = 'Sign-in of operators';
  if (tenantMode === 'demo') return checkResult('web_sign_in', title, ['skipped', 'The demo has its own sign-in.']);
  try {
    const { publicUrl } = readServerEnv();
    return checkResult('web_sign_in', title, ['ok', `Sign-in is configured; people open ${publicUrl}.`]);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    return checkResult('web_sign_in', title, [
      'failed',
      error.message,
      'Set it in the environment or in .env, then restart the server.',
    ]);
  }
}

async function inspect({ db, directory }: Engine, settings: Settings): Promise<Inspection | DirectoryError> {
  try {
    return await directory.inspect({ mailboxOf: personWithMailbox(db), sender: settings.reportSender || null });
  } catch (error) {
    if (error instanceof DirectoryError) return error;
    throw error;
  }
}

function graphFindings(engine: Engine, inspection: Inspection | DirectoryError): CheckResult[] {
  const { db, env } = engine;
  const throughGraph = env.mail.transport === 'graph';
  const environment = [credentialFinding(env, Date.now()), secretsFinding(env), webSignInFinding(env)];
  if (inspection instanceof DirectoryError)
    return [...findingsWithoutSignIn(inspection.message, throughGraph), ...environment];
  return [
    ...connectFindings(inspection),
    ...environment,
    ...permissionFindings(inspection, identityOf(env), throughGraph),
    ...licenceFindings(inspection, [...mappingsInForce(db).values()]),
  ];
}

async function mailFindings({ env }: Engine, settings: Settings, inspection: Inspection | DirectoryError) {
  const addresses = addressFinding(settings);
  const title = 'Mail server';
  const { transport, smtp } = env.mail;
  if (transport === 'graph')
    return [addresses, senderFinding(settings, inspection instanceof DirectoryError ? null : inspection.sender)];
  if (!smtp) return [addresses];
  const problem = await smtpProblem(smtp);
  const server = `${smtp.host}:${smtp.port}`;
  return [
    addresses,
    checkResult(
      'mail_server',
      title,
      problem === null
        ? ['ok', `${server} answers${smtp.user === null ? '' : ' and accepts the login'}.`]
        : [
            'failed',
            `${server}: ${problem}`,
            'Compare SMTP_HOST, SMTP_PORT, SMTP_SECURITY and the login with the mail server.',
          ],
    ),
  ];
}

/** Runs every check and reports after each group what is known so far. Never writes to Microsoft 365. Throws only for an internal fault. */
export async function runSetupChecks(
  engine: Engine,
  report: (results: CheckResult[]) => void = () => {},
): Promise<CheckResult[]> {
  const { db, env } = engine;
  const settings = readSettings(db, env);
  let results: CheckResult[] = [];
  const add = (more: CheckResult[]) => {
    results = inSetupOrder([...results, ...more]);
    report(results);
  };
  const now = Date.now();
  const inspection = await inspect(engine, settings);
  add(graphFindings(engine, inspection));
  add([...folderFindings(settings.dropFolder), await scannerFinding(env)]);
  add([scheduleFinding(settings, now), schedulerFinding(readSchedulerState(db), now), safetyFinding(settings)]);
  add([
    await databaseFinding(db),
    diskFinding(env.dataDir),
    await privateFilesFinding(env, settings),
    await historyFinding(db, env),
    backupFinding(db, settings, now),
    await logFinding(env),
  ]);
  add(await mailFindings(engine, settings, inspection));
  return results;
}

/** Runs the checks requested in the browser, oldest first. One that crashes ends with the results so far, and the log says why. */
export async function runRequestedChecks(engine: Engine, signal: AbortSignal): Promise<void> {
  const { db } = engine;
  for (let id = nextOpenCheck(db); id !== null && !signal.aborted; id = nextOpenCheck(db)) {
    const checkId = id;
    let known: CheckResult[] = [];
    try {
      known = await runSetupChecks(engine, (results) => {
        known = results;
        saveProgress(db, checkId, results);
      });
    } catch (error) {
      log.error({ checkId, err: error }, 'the set-up test failed');
      const message = `The test itself failed. The server log has details under id ${checkId}.`;
      known = [
        ...known,
        checkResult('database', 'Unexpected', [
          'failed',
          message,
          'Test again; if the error remains, check the server log.',
        ]),
      ];
    }
    finishCheck(db, checkId, known, Date.now());
  }
}
