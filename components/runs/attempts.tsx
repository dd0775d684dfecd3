'use client';

import { StateBadge } from '#components/people/badge.tsx';
import { PersonCell } from '#components/people/person-cell.tsx';
import { isRunAgain } from '#components/runs/re-run/run-again.ts';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { AttemptPerson, Attempts as AttemptsData } from '#lib/services/runs/attempts.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { RunLink } from './run-link.tsx';

type Runs = AttemptsData['runs'];

function heading(say: Say<Words['runs']>, runs: Runs, index: number, total: number): string {
  const run = runs[index];
  const isRerun = run !== undefined && isRunAgain(run);
  const number = index === 0 ? 1 : total - runs.length + index + 1;
  const before = runs[0] && isRunAgain(runs[0]) ? 0 : 1;
  return isRerun ? say('reRunNumber', { n: number - before }) : say('firstRun');
}

function columnsOf(
  say: Say<Words['runs']>,
  { runs, total }: AttemptsData,
  runId: string | undefined,
): Column<AttemptPerson>[] {
  const attempts = runs.map(
    (run, index): Column<AttemptPerson> => ({
      id: run.id,
      header: (
        <>
          {run.id === runId
            ? say('thisOne', { run: heading(say, runs, index, total) })
            : heading(say, runs, index, total)}{' '}
          <RunLink id={run.id} number={run.number} /> <Time at={run.startedAt ?? run.requestedAt} />
        </>
      ),
      cell: (person) => {
        const state = person.states[index] ?? null;
        if (state !== null) return <StateBadge state={state} />;
        return run.finishedAt === null && run.selection !== null ? say('pending') : say('notChecked');
      },
    }),
  );
  return [
    {
      id: 'person',
      header: say('person'),
      cell: (person) => <PersonCell {...person} />,
    },
    ...attempts,
    { id: 'now', header: say('now'), cell: (person) => <StateBadge state={person.stateNow} /> },
  ];
}

/** The people who were run again, one column an attempt. `runId`: the run whose page this is. */
export function Attempts({ attempts, runId }: { attempts: AttemptsData; runId?: string }) {
  const say = useWords('runs');
  return (
    <DataTable
      caption={say('attempts')}
      columns={columnsOf(say, attempts, runId)}
      rows={attempts.people.items}
      rowId={({ id }) => String(id)}
    />
  );
}
