/** What a run is and why it started, in words. Pure. */
import type { RunItem } from '#lib/services/runs/runs.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

type SayRuns = Say<Words['runs']>;

export const TRIGGERS: readonly RunItem['trigger'][] = ['schedule', 'watch', 'operator', 'command_line'];

const KIND = { failed: 'failedOnly', all: 'notDone', chosen: 'chosen', imported: 'upload' } as const;

function kindOf({ dryRun, selection }: RunItem): 'dryRun' | 'reRun' | 'run' {
  if (dryRun) return 'dryRun';
  return selection && selection.kind !== 'imported' && (selection.ofRunId || selection.ofFileId) ? 'reRun' : 'run';
}

/** `Run 214`, `Dry run 215`, `Re-run 216`: the title of its page. */
export function runTitle(say: SayRuns, run: RunItem): string {
  return say(`numbered.${kindOf(run)}`, { n: `${run.number}` });
}

/** Whom it is about; null: everybody who was due. */
function aboutText(say: SayRuns, { selection, draftId }: RunItem): string | null {
  if (draftId !== null) return say('ofUpload');
  return selection && say(KIND[selection.kind], { n: selection.people });
}

/** `Schedule`; `Demo Operator: re-run, 6 people, failed only`; `Demo Operator: dry run`. */
export function triggerText(say: SayRuns, run: RunItem): string {
  const who = run.trigger === 'operator' ? run.requestedBy : say(`trigger.${run.trigger}`);
  const kind = kindOf(run);
  const whom = aboutText(say, run);
  if (kind === 'run') return whom === null ? who : say('by', { who, what: whom });
  const isDry = kind === 'dryRun';
  if (whom === null) return say('by', { who, what: say(isDry ? 'aDryRun' : 'aReRun') });
  return say('by', { who, what: say(isDry ? 'dryRunOf' : 'reRunOf', { whom }) });
}

/** How long it took; null while it has not ended. */
export function tookMs({ startedAt, finishedAt }: RunItem): number | null {
  return startedAt === null || finishedAt === null ? null : finishedAt - startedAt;
}

/** Why a run ended early, in front of its message; null where the message begins with the same words. */
export function endingTitle(title: string | null, message: string): string | null {
  return title !== null && message.startsWith(title) ? null : title;
}
