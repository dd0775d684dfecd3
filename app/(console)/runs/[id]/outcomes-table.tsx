'use client';

import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { StateBadge } from '#components/people/badge.tsx';
import { PersonCell } from '#components/people/person-cell.tsx';
import { type ReRunRequest, useReRun } from '#components/runs/use-re-run.ts';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { countText } from '#components/text/count-text.ts';
import stack from '#components/ui/stack.module.css';
import type { OutcomeItem } from '#lib/services/runs/runs.ts';

const COLUMNS: Column<OutcomeItem>[] = [
  {
    id: 'person',
    header: 'Person',
    cell: (outcome) => <PersonCell {...outcome} id={outcome.personId} />,
  },
  {
    id: 'before',
    header: 'Before',
    hideBelow: 'desktop',
    cell: (outcome) => <StateBadge state={outcome.stateBefore} />,
  },
  {
    id: 'after',
    header: 'After',
    cell: (outcome) => <StateBadge state={outcome.state} />,
  },
  {
    id: 'message',
    header: 'What happened',
    hideBelow: 'tablet',
    cell: (outcome) => outcome.message,
  },
];

interface ReRunPreview {
  runId: string;
  whyNot: string | null;
  /** The mapping of that time decides differently for somebody. */
  hasOtherMapping: boolean;
}

/** Runs the selected people again, as far as they can be. */
function ReRunChosen({ chosen, again }: { chosen: OutcomeItem[]; again: ReRunPreview }) {
  const { isBusy, feedback, start } = useReRun({ runId: again.runId });
  const people = chosen.filter(({ canReRun }) => canReRun).map(({ personId }) => personId);
  const request = (mapping: ReRunRequest['mapping']): ReRunRequest => ({
    kind: 'chosen',
    people,
    expected: people.length,
    mapping,
  });
  const number = people.length === chosen.length ? people.length : `${people.length} of ${chosen.length}`;
  if (people.length === 0)
    return <p>None of the {countText(chosen.length, 'person', 'people')} can be run again: all are done or held.</p>;
  return (
    <div className={stack.row}>
      <GuardedButton
        whyNot={again.whyNot}
        appearance="primary"
        disabledFocusable={isBusy}
        onClick={() => start(request('now'))}
      >{`Run ${number} again`}</GuardedButton>
      {again.hasOtherMapping && (
        <GuardedButton whyNot={again.whyNot} disabledFocusable={isBusy} onClick={() => start(request('then'))}>
          With the mapping of that time
        </GuardedButton>
      )}
      <span role="status">{feedback}</span>
    </div>
  );
}

/** `again` null: nobody can be selected yet. */
export function OutcomesTable({ outcomes, again }: { outcomes: OutcomeItem[]; again: ReRunPreview | null }) {
  return (
    <DataTable
      caption="What this run did, by person"
      columns={COLUMNS}
      rows={outcomes}
      rowId={({ personId }) => String(personId)}
      selection={
        again
          ? {
              nameOf: ({ displayName }) => displayName,
              actions: (chosen) => <ReRunChosen chosen={chosen} again={again} />,
            }
          : undefined
      }
    />
  );
}
