'use client';

import { useMemo } from 'react';
import { Badge } from '#components/people/badge.tsx';
import { runStatus } from '#components/people/state-labels.ts';
import { stateParts } from '#components/people/state-parts.ts';
import { OutcomeBar } from '#components/runs/outcome-bar.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { numberText } from '#components/text/count-text.ts';
import { durationText } from '#components/text/time-text.ts';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { RunItem } from '#lib/services/runs/runs.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { runTitle, tookMs, triggerText } from './run-labels.ts';

/** The result; for a run in progress, the result so far. */
function resultText(say: Say<Words['counted']>, run: RunItem): string {
  if (run.message !== null) return run.message;
  const parts = stateParts(say, run.counts).filter(({ n }) => n > 0);
  const counted = parts.map(({ n, label }) => `${numberText(n)} ${label}`).join(', ');
  const result = counted || (run.finishedAt === null ? 'Nobody is done yet' : 'Nobody was due');
  const title = runTitle(run);
  return title === 'Run' ? result : `${title}: ${result}`;
}

interface RunWords {
  states: Say<Words['states']>;
  counted: Say<Words['counted']>;
  time: Say<Words['time']>;
}

function columns(say: RunWords): Column<RunItem>[] {
  return [
    {
      id: 'started',
      header: 'Started',
      cell: (run) => (
        <Link href={`/runs/${run.id}`}>
          <Time at={run.startedAt ?? run.requestedAt} />
        </Link>
      ),
    },
    {
      id: 'status',
      header: 'Status',
      cell: (run) => {
        const { label, tone } = runStatus(say.states, run);
        return <Badge tone={tone}>{label}</Badge>;
      },
    },
    {
      id: 'result',
      header: 'Result',
      cell: (run) => (
        <>
          <OutcomeBar counts={run.counts} />
          {resultText(say.counted, run)}
        </>
      ),
    },
    {
      id: 'trigger',
      header: 'Started by',
      hideBelow: 'tablet',
      cell: (run) => triggerText(run),
    },
    {
      id: 'took',
      header: 'Took',
      hideBelow: 'tablet',
      align: 'end',
      cell: (run) => {
        const ms = tookMs(run);
        return ms === null ? '' : durationText(say.time, ms);
      },
    },
  ];
}

export function RunsTable({ runs }: { runs: RunItem[] }) {
  const [states, counted, time] = [useWords('states'), useWords('counted'), useWords('time')];
  const shown = useMemo(() => columns({ states, counted, time }), [states, counted, time]);
  return <DataTable caption="Runs" columns={shown} rows={runs} rowId={({ id }) => id} />;
}
