'use client';

import { useMemo } from 'react';
import { Badge } from '#components/people/badge.tsx';
import { runStatus } from '#components/people/state-labels.ts';
import { stateParts } from '#components/people/state-parts.ts';
import { OutcomeBar } from '#components/runs/outcome-bar.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { durationText } from '#components/text/time-text.ts';
import { Link } from '#components/ui/link.tsx';
import styles from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { RunItem } from '#lib/services/runs/runs.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { runTitle, tookMs, triggerText } from './run-labels.ts';

interface RunWords {
  states: Say<Words['states']>;
  counted: Say<Words['counted']>;
  runs: Say<Words['runs']>;
  time: Say<Words['time']>;
}

/** The result; for a run in progress, the result so far. */
function resultText({ runs: say, counted: sayCounted }: RunWords, run: RunItem): string {
  if (run.message !== null) return run.message;
  const parts = stateParts(sayCounted, run.counts).filter(({ n }) => n > 0);
  const counted = parts.map(({ n, label }) => say('part', { n, state: label })).join(', ');
  return counted || say(run.finishedAt === null ? 'nobodyDone' : 'nobodyDue');
}

function columns(say: RunWords): Column<RunItem>[] {
  return [
    {
      id: 'started',
      header: say.runs('run'),
      cell: (run) => (
        <span className={`${styles.cell} ${styles.whole}`}>
          <Link href={`/runs/${run.id}`}>{runTitle(say.runs, run)}</Link>
          <span className={styles.minor}>
            <Time at={run.startedAt ?? run.requestedAt} />
          </span>
        </span>
      ),
    },
    {
      id: 'status',
      header: say.runs('status'),
      cell: (run) => {
        const { label, tone } = runStatus(say.states, run);
        return <Badge tone={tone}>{label}</Badge>;
      },
    },
    {
      id: 'result',
      header: say.runs('result'),
      cell: (run) => (
        <>
          <OutcomeBar counts={run.counts} />
          {resultText(say, run)}
        </>
      ),
    },
    {
      id: 'trigger',
      header: say.runs('startedBy'),
      hideBelow: 'tablet',
      cell: (run) => triggerText(say.runs, run),
    },
    {
      id: 'took',
      header: say.runs('took'),
      hideBelow: 'tablet',
      align: 'end',
      cell: (run) => {
        const ms = tookMs(run);
        return ms === null ? '' : durationText(say.time, ms);
      },
    },
  ];
}

export function RunsTable({ runs: rows }: { runs: RunItem[] }) {
  const runs = useWords('runs');
  const [states, counted, time] = [useWords('states'), useWords('counted'), useWords('time')];
  const shown = useMemo(() => columns({ states, counted, runs, time }), [states, counted, runs, time]);
  return <DataTable caption={runs('caption')} columns={shown} rows={rows} rowId={({ id }) => id} />;
}
