/** A run as a line of the list: in words already, so that the browser neither gets nor works out more than it shows. Pure. */
import { runStatus, type Status } from '#components/people/state-labels.ts';
import { stateParts } from '#components/people/state-parts.ts';
import { durationText } from '#components/text/time-text.ts';
import { countByOutcome, type Outcome } from '#lib/domain/time/trends.ts';
import type { RunItem } from '#lib/services/runs/runs.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { runTitle, tookMs, triggerText } from './run-labels.ts';

export interface RunLine {
  id: string;
  title: string;
  /** When it started; for one that waits, when it was asked for. */
  at: number;
  status: Status;
  /** People by outcome; null: nobody yet. */
  sums: Record<Outcome, number> | null;
  result: string;
  trigger: string;
  /** Empty while it has not ended. */
  took: string;
}

interface RunWords {
  states: Say<Words['states']>;
  counted: Say<Words['counted']>;
  runs: Say<Words['runs']>;
  time: Say<Words['time']>;
}

/** The result; for a run in progress, the result so far. */
function resultText({ runs: say, counted: sayCounted }: RunWords, run: RunItem, isEmpty: boolean): string {
  if (run.message !== null) return run.message;
  if (isEmpty && run.finishedAt === null) return say('nobodyDone');
  if (isEmpty) return say(run.status === 'completed' ? 'nobodyDue' : 'nobodyChecked');
  const parts = stateParts(sayCounted, run.counts).filter(({ n }) => n > 0);
  return parts.map(({ n, label }) => say('part', { n, state: label })).join(', ');
}

/** What the list shows of a run, in the language of `say`. */
export function runLine(say: RunWords, run: RunItem): RunLine {
  const sums = countByOutcome(run.counts);
  const isEmpty = Object.values(sums).every((n) => n === 0);
  const ms = tookMs(run);
  return {
    id: run.id,
    title: runTitle(say.runs, run),
    at: run.startedAt ?? run.requestedAt,
    status: runStatus(say.states, run),
    sums: isEmpty ? null : sums,
    result: resultText(say, run, isEmpty),
    trigger: triggerText(say.runs, run),
    took: ms === null ? '' : durationText(say.time, ms),
  };
}
