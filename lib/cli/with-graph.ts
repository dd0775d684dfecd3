/** The commands that talk to Microsoft Graph. Loaded for them alone: without it the others take 91 MB instead of 107. */
import { listDryRunOutcomes } from '#db/store/outcomes/dry-run-outcomes.ts';
import { eachOutcome } from '#db/store/outcomes/outcomes-read.ts';
import { checkLines, summaryText, worstStatus } from '#lib/domain/setup-checks.ts';
import { createEngine } from '#lib/engine/create-engine.ts';
import { runSetupChecks } from '#lib/engine/doctor/doctor.ts';
import { type OpenDemoTenant, openGraphAccess } from '#lib/engine/graph-access.ts';
import { sendReports } from '#lib/engine/run-report.ts';
import { executeRun } from '#lib/engine/run-worker.ts';
import { type Env, readEnv } from '#lib/env.ts';
import { Exit, openData, print, printJson } from './command.ts';
import { cycleJson, doctorJson } from './json.ts';

/** The demo tenant's code is loaded in demo mode only. */
const openDemoTenant: OpenDemoTenant = async (where) =>
  (await import('#lib/demo/shared-tenant.ts')).openDemoTenant(where);

export async function cycle(env: Env, flags: { json: boolean; dryRun: boolean; all: boolean }): Promise<void> {
  const db = openData(env);
  const graph = await openGraphAccess(env, openDemoTenant);
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => stopping.abort(new Error(`stopped by ${signal}`)));
  try {
    const engine = createEngine({ db, readEnv, graph, publicUrl: process.env.NEXTAUTH_URL ?? '' });
    const outcome = await executeRun(
      engine,
      { trigger: 'command_line', requestedBy: 'command line', dryRun: flags.dryRun, checkAll: flags.all },
      stopping.signal,
    );
    if (outcome.kind === 'busy') throw new Exit(3, 'Another cycle is running.');
    await sendReports(engine, stopping.signal);
    const { run } = outcome;
    const outcomes = run.dryRun ? listDryRunOutcomes(db, run.id) : [...eachOutcome(db, run.id)];
    if (flags.json) printJson(cycleJson(run, outcomes));
    else {
      for (const { userPrincipalName, state, message } of outcomes)
        print(`${state}: ${message} [${userPrincipalName}]`);
      print(`Run ${run.id}: ${run.status}, ${outcomes.length} people checked.`);
    }
    if (run.status !== 'completed') throw new Exit(1, run.message ?? run.status);
  } finally {
    await graph.close();
    db.$client.close();
  }
}

export async function doctor(env: Env, flags: { json: boolean }): Promise<void> {
  const db = openData(env);
  const graph = await openGraphAccess(env, openDemoTenant);
  try {
    const results = await runSetupChecks(createEngine({ db, readEnv, graph, publicUrl: '' }));
    if (flags.json) printJson(doctorJson(results));
    else for (const line of [...checkLines(results), summaryText(results)]) print(line);
    if (worstStatus(results) === 'failed') throw new Exit(1, summaryText(results));
  } finally {
    await graph.close();
    db.$client.close();
  }
}
