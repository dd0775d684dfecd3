/** How a run says why it started. Pure. */
import type { RunItem } from '#lib/services/runs.ts';

const TRIGGERS: Record<RunItem['trigger'], string> = {
  schedule: 'Schedule',
  watch: 'Watching mailboxes',
  operator: 'Run now',
  command_line: 'Command line',
};

export function triggerText({ trigger, requestedBy, dryRun }: RunItem): string {
  const who = trigger === 'operator' ? `${TRIGGERS[trigger]}, ${requestedBy}` : TRIGGERS[trigger];
  return dryRun ? `${who} (dry run)` : who;
}

/** How long it took; null while it has not ended. */
export function tookMs({ startedAt, finishedAt }: RunItem): number | null {
  return startedAt === null || finishedAt === null ? null : finishedAt - startedAt;
}
