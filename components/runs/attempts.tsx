'use client';

import { StateBadge } from '#components/people/badge.tsx';
import { PersonCell } from '#components/people/person-cell.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import type { AttemptPerson, Attempts as AttemptsData } from '#lib/services/runs/re-run.ts';

type Runs = AttemptsData['runs'];

/** The first processing of an upload is about chosen people as well, and no re-run. */
const isAgain = ({ selection }: Runs[number]) => selection !== null && selection.kind !== 'imported';

function heading(runs: Runs, index: number, total: number): string {
  const run = runs[index];
  const isRerun = run !== undefined && isAgain(run);
  const number = index === 0 ? 1 : total - runs.length + index + 1;
  const before = runs[0] && isAgain(runs[0]) ? 0 : 1;
  return isRerun ? `Re-run ${number - before}` : 'First run';
}

function columnsOf({ runs, total }: AttemptsData, runId: string | undefined): Column<AttemptPerson>[] {
  const attempts = runs.map(
    (run, index): Column<AttemptPerson> => ({
      id: run.id,
      header: (
        <>
          {run.id === runId ? (
            `${heading(runs, index, total)} (this one)`
          ) : (
            <Link href={`/runs/${run.id}`}>{heading(runs, index, total)}</Link>
          )}{' '}
          <Time at={run.startedAt ?? run.requestedAt} />
        </>
      ),
      cell: (person) => {
        const state = person.states[index] ?? null;
        if (state !== null) return <StateBadge state={state} />;
        return run.finishedAt === null && run.selection !== null ? 'Pending' : 'Not checked';
      },
    }),
  );
  return [
    {
      id: 'person',
      header: 'Person',
      cell: (person) => <PersonCell {...person} />,
    },
    ...attempts,
    { id: 'now', header: 'Now', cell: (person) => <StateBadge state={person.stateNow} /> },
  ];
}

/** The people who were run again, one column an attempt. `runId`: the run whose page this is. */
export function Attempts({ attempts, runId }: { attempts: AttemptsData; runId?: string }) {
  return (
    <DataTable
      caption="Attempts side by side"
      columns={columnsOf(attempts, runId)}
      rows={attempts.people.items}
      rowId={({ id }) => String(id)}
    />
  );
}
