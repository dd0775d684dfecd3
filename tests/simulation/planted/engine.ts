/** Faults to plant into the engine: what runs. */
import type { PlantedFault } from './planted-fault.ts';

export const ENGINE_FAULTS: readonly PlantedFault[] = [
  {
    name: 'the quarantine is never lifted',
    file: 'lib/engine/run.ts',
    find: 'if (quarantine && result.calledGraph) endQuarantine(db, run);',
    replace: '',
  },
  {
    name: 'runs of a process that died stay running',
    file: 'lib/engine/run-worker.ts',
    find: "closeInterruptedRuns(db, 'cycles', Date.now());",
    replace: '',
  },
  {
    name: 'nobody asks for the lease',
    file: 'lib/engine/run-worker.ts',
    find: "if (!takeLease(db, holder, Date.now())) return { kind: 'busy' };",
    replace: 'takeLease(db, holder, Date.now());',
  },
  {
    name: 'the lease is never given back',
    file: 'lib/engine/run-worker.ts',
    find: '    releaseLease(db, holder);',
    replace: '',
  },
  {
    name: 'mailboxes are not watched between two cycles',
    file: 'lib/engine/scheduler.ts',
    find: "return !queued.includes('watch') && (queued.length === 0 || cycleIsRunning(db));",
    replace: 'return queued.length < 0;',
  },
  {
    name: 'the pause is not obeyed',
    file: 'lib/engine/scheduler.ts',
    find: 'if (inMaintenance || settings.paused) return;',
    replace: 'if (inMaintenance) return;',
  },
  {
    name: 'the safety limit counts nobody of earlier runs',
    file: 'lib/engine/cycle/safety-window.ts',
    find: 'return limit === 0 ? 0 : licensedSince(db, Date.now() - WINDOW_MS, limit);',
    replace: 'return 0 * limit * licensedSince(db, Date.now() - WINDOW_MS, limit);',
  },
  {
    name: 'intents are not stored',
    file: 'lib/engine/cycle/pipeline.ts',
    find: 'recordIntents(db, run.id, planned.map(toIntent), Date.now());',
    replace: 'new Set(planned.map(({ person }) => person.id));',
  },
  {
    name: 'who was changed while looked up is written to as it stood before',
    file: 'db/store/people/people.ts',
    find: 'revisions.get(personId) === revision',
    replace: 'revisions.has(personId)',
  },
  {
    name: 'logs of runs stop the run',
    file: 'lib/engine/run-report.ts',
    find: '    fdatasyncSync(descriptor);',
    replace: '    await new Promise(() => fdatasyncSync(descriptor));',
  },
  {
    name: 'interrupted mail is sent again',
    file: 'db/store/mail/outbox.ts',
    find: ".set({ status: 'uncertain', answer: 'The process ended while this mail was being sent: it may have arrived.' })",
    replace: ".set({ status: 'queued', nextAttemptAt: 0 })",
  },
  {
    name: 'mail without an answer is sent again',
    file: 'db/store/mail/outbox.ts',
    find: "if (delivery.kind === 'uncertain') return { status: 'uncertain' } as const;",
    replace: '',
  },
  {
    name: 'intents are never settled',
    file: 'db/store/outcomes/outcomes.ts',
    find: 'if (outcome.intentResult !== null) statements.settleIntents(person.id, outcome.intentResult, now);',
    replace: '',
  },
  {
    name: 'moves are told in no event',
    file: 'db/store/people/transition.ts',
    find: '  if (event) recordEvent(tx, {',
    replace: "  if (event && to !== 'provisioned') recordEvent(tx, {",
  },
  {
    name: 'the compare of compare-and-set is left out',
    file: 'db/store/people/transition.ts',
    find: 'where id = @id and state = @from and revision = @revision`',
    replace: 'where id = @id and @from is not null and @revision is not null`',
  },
];
