/** The guided set-up for the web: requests a check of everything from the engine, and shows the results step by step. */
import { z } from 'zod';
import { readSettings as settingsInForce } from '#db/store/system/settings.ts';
import { type CheckRow, lastCheck, requestCheck as store } from '#db/store/system/setup-checks.ts';
import type { Operator } from '#lib/auth/operator.ts';
import {
  type CheckStatus,
  checkResultSchema,
  countResults,
  SETUP_STEPS,
  type SetupStep,
  stepOf,
  worstStatus,
} from '#lib/domain/setup-checks.ts';
import { readEnv } from '#lib/env.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise } from '#lib/services/http/errors.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Language } from '#lib/words/languages.ts';
import { type CheckResult, resultIn } from './check-results.ts';
import { type SchedulePlan, schedulePlan } from './schedule-plan.ts';

export type { CheckResult, CheckStatus, SetupStep };

/** The results for one step. */
interface StepFindings {
  step: SetupStep;
  status: 'ok' | 'warning' | 'failed' | 'untested';
  results: CheckResult[];
}

export interface CheckDetail {
  id: string;
  requestedAt: number;
  requestedBy: string;
  /** Null while it is running. */
  finishedAt: number | null;
  /** `All checks passed (20).`; null while it is running. */
  summary: string | null;
  steps: StepFindings[];
}

export interface SetupDetail {
  /** The check requested last; null where there is none. */
  check: CheckDetail | null;
  tenantMode: 'demo' | 'entra';
  dropFolder: string;
  safetyLimit: number;
  licenseAccountsWithAddress: boolean;
  plan: SchedulePlan;
  reportSender: string;
  reportRecipients: string[];
}

const resultsSchema = z.array(checkResultSchema).catch([]);

function findingsOf(step: SetupStep, all: readonly CheckResult[]): StepFindings {
  const results = all.filter(({ code }) => stepOf(code) === step);
  const isTested = results.some(({ status }) => status !== 'skipped');
  return { step, status: isTested ? worstStatus(results) : 'untested', results };
}

function summaryIn(language: Language, results: readonly Pick<CheckResult, 'status'>[]): string {
  const say = sayIn(language, 'checks');
  const { failed, warnings, made } = countResults(results);
  if (failed > 0 && warnings > 0) return say('failedAndWarnings', { made, failed, warnings });
  if (failed > 0) return say('onlyFailed', { made, failed });
  return warnings > 0 ? say('onlyWarnings', { made, warnings }) : say('allPassed', { made });
}

function toDetail(row: CheckRow, language: Language): CheckDetail {
  const results = resultsSchema.parse(row.results ?? []).map((result) => resultIn(language, result));
  return {
    id: row.id,
    requestedAt: row.requestedAt,
    requestedBy: row.requestedBy,
    finishedAt: row.finishedAt,
    summary: row.finishedAt === null ? null : summaryIn(language, results),
    steps: SETUP_STEPS.map((step) => findingsOf(step, results)),
  };
}

/** What the page of the guided set-up shows. */
export function readSetup(operator: Operator | null, language: Language = 'en'): SetupDetail {
  authorise(operator, 'setup:check');
  const env = readEnv();
  const settings = settingsInForce(database(), env);
  const row = lastCheck(database());
  return {
    check: row && toDetail(row, language),
    tenantMode: env.tenantMode,
    dropFolder: settings.dropFolder,
    safetyLimit: settings.safetyLimit,
    licenseAccountsWithAddress: settings.licenseAccountsWithAddress,
    plan: schedulePlan(settings, Date.now(), language),
    reportSender: settings.reportSender,
    reportRecipients: settings.reportRecipients,
  };
}

/** Requests a check of everything; the engine starts within a second. One already running stands in for it. */
export function requestCheck(operator: Operator | null): { id: string; wasOpen: boolean } {
  authorise(operator, 'setup:check');
  return database().transaction((tx) => store(tx, operator, Date.now()), { behavior: 'immediate' });
}
