/** What a run is and why it started, in words. Pure. */
import { countText } from '#components/text/count-text.ts';
import type { RunItem } from '#lib/services/runs/runs.ts';

export const TRIGGER_LABELS: Record<RunItem['trigger'], string> = {
  schedule: 'Schedule',
  watch: 'Watching mailboxes',
  operator: 'Operator',
  command_line: 'Command line',
};

const KIND_LABELS = { failed: 'failed only', all: 'all not done' } as const;

/** `Run`, `Dry run`, `Re-run`: the title of its page. */
export function runTitle({ dryRun, selection }: RunItem): string {
  if (dryRun) return 'Dry run';
  return selection && selection.kind !== 'imported' && (selection.ofRunId || selection.ofFileId) ? 'Re-run' : 'Run';
}

/** Whom it is about; null: everybody who was due. */
function aboutText({ selection, draftId }: RunItem): string | null {
  if (draftId !== null) return 'people of an upload';
  if (!selection) return null;
  const people = countText(selection.people, 'person', 'people');
  if (selection.kind === 'imported') return `upload, ${people}`;
  return selection.kind === 'chosen' ? `${people} chosen` : `${people}, ${KIND_LABELS[selection.kind]}`;
}

/** `Schedule`; `Demo Operator: re-run, 6 people, failed only`; `Demo Operator: dry run`. */
export function triggerText(run: RunItem): string {
  const who = run.trigger === 'operator' ? run.requestedBy : TRIGGER_LABELS[run.trigger];
  const title = runTitle(run).toLowerCase();
  const what = [title === 'run' ? null : title, aboutText(run)].filter((part) => part !== null).join(', ');
  return what === '' ? who : `${who}: ${what}`;
}

/** How long it took; null while it has not ended. */
export function tookMs({ startedAt, finishedAt }: RunItem): number | null {
  return startedAt === null || finishedAt === null ? null : finishedAt - startedAt;
}
