/**
 * Checks the set-up: one implementation behind the guided set-up on the web and `doctor` on the command line. Reads only; needs
 * no lease.
 */

import { mappingsInForce } from '#db/store/mappings/mappings.ts';
import { readSchedulerState } from '#db/store/system/engine-state.ts';
import { readSettings } from '#db/store/system/settings.ts';
import { finishCheck, nextOpenCheck, personWithMailbox, saveProgress } from '#db/store/system/setup-checks.ts';
import type { Settings } from '#lib/domain/settings.ts';
import { type CheckResult, inSetupOrder } from '#lib/domain/setup-checks.ts';
import type { Engine } from '#lib/engine/create-engine.ts';
import { type Env, EnvError, readServerEnv } from '#lib/env.ts';
import { certificateProblem } from '#lib/graph/http/credential.ts';
import { DirectoryError } from '#lib/graph/http/errors.ts';
import type { Inspection } from '#lib/graph/inspect.ts';
import { log } from '#lib/log.ts';
import type { Message } from '#lib/words/findings.ts';
import { backupFinding, historyFinding, privateFilesFinding } from './data-checks.ts';
import { finding } from './finding.ts';
import { connectFindings, findingsWithoutSignIn, licenceFindings, permissionFindings } from './graph-checks.ts';
import { databaseFinding, diskFinding, folderFindings } from './local-checks.ts';
import { logFinding, mailServerFinding, scannerFinding } from './outside-checks.ts';
import type { AppIdentity } from './permission-checks.ts';
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
  const certificate = certificateProblem(credential, now);
  if (certificate) {
    const { path, problem } = certificate;
    const told: Message =
      problem === 'expires'
        ? ['certificateExpires', { path, days: certificate.days }]
        : [problem === 'expired' ? 'certificateExpired' : 'certificateUnread', { path }];
    return finding('credential', 'warning', [told], { fix: ['certificatesAndSecrets'] });
  }
  switch (credential?.kind) {
    case 'secret':
      return finding('credential', 'ok', [['secretInUse']]);
    case 'certificate':
      return finding('credential', 'ok', [['certificateValid']]);
    case undefined:
      return finding('credential', 'skipped', [['demoCredentials']]);
    default:
      return finding('credential', 'ok', [['managedIdentity']]);
  }
}

function webSignInFinding({ tenantMode }: Env): CheckResult {
  if (tenantMode === 'demo') return finding('web_sign_in', 'skipped', [['demoSignIn']]);
  try {
    return finding('web_sign_in', 'ok', [['webSignIn', { address: readServerEnv().publicUrl }]]);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    return finding('web_sign_in', 'failed', [['webSignInProblem', { problem: error.message }]], {
      fix: ['setInEnvironment'],
    });
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
  const { transport, smtp } = env.mail;
  if (transport === 'graph')
    return [addresses, senderFinding(settings, inspection instanceof DirectoryError ? null : inspection.sender)];
  return smtp ? [addresses, await mailServerFinding(smtp)] : [addresses];
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
      const unexpected = finding('database', 'failed', [['testFailed', { id: checkId }]], {
        fix: ['testOnceMore'],
        title: ['unexpected'],
      });
      known = [...known, unexpected];
    }
    finishCheck(db, checkId, known, Date.now());
  }
}
