'use client';

import { useMemo } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { StateBadge } from '#components/people/badge.tsx';
import { PersonCell } from '#components/people/person-cell.tsx';
import { type ReRunRequest, useReRun } from '#components/runs/re-run/use-re-run.ts';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { VisibleText } from '#components/text/visible-text.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { OutcomeItem } from '#lib/services/runs/runs.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

const columnsOf = (say: Say<Words['runs']>): Column<OutcomeItem>[] => [
  {
    id: 'person',
    header: say('person'),
    cell: (outcome) => <PersonCell {...outcome} id={outcome.personId} />,
  },
  {
    id: 'before',
    header: say('before'),
    hideBelow: 'desktop',
    cell: (outcome) => <StateBadge state={outcome.stateBefore} />,
  },
  {
    id: 'after',
    header: say('after'),
    cell: (outcome) => <StateBadge state={outcome.state} />,
  },
  {
    id: 'message',
    header: say('happened'),
    hideBelow: 'tablet',
    cell: ({ lang, message }) => (
      <span lang={lang}>
        <VisibleText text={message} />
      </span>
    ),
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
  const say = useWords('runs');
  const { isBusy, feedback, start } = useReRun({ runId: again.runId });
  const people = chosen.filter(({ canReRun }) => canReRun).map(({ personId }) => personId);
  const request = (mapping: ReRunRequest['mapping']): ReRunRequest => ({
    kind: 'chosen',
    people,
    expected: people.length,
    mapping,
  });
  if (people.length === 0) return <p>{say('noneAgain', { n: chosen.length })}</p>;
  const label =
    people.length === chosen.length
      ? say('runAgain', { n: people.length })
      : say('runSomeAgain', { n: people.length, all: chosen.length });
  return (
    <div className={stack.row}>
      <GuardedButton
        whyNot={again.whyNot}
        appearance="primary"
        disabledFocusable={isBusy}
        onClick={() => start(request('now'))}
      >
        {label}
      </GuardedButton>
      {again.hasOtherMapping && (
        <GuardedButton whyNot={again.whyNot} disabledFocusable={isBusy} onClick={() => start(request('then'))}>
          {say('thenMapping')}
        </GuardedButton>
      )}
      <span role="status">{feedback}</span>
    </div>
  );
}

/** `again` null: nobody can be selected yet. */
export function OutcomesTable({ outcomes, again }: { outcomes: OutcomeItem[]; again: ReRunPreview | null }) {
  const say = useWords('runs');
  const columns = useMemo(() => columnsOf(say), [say]);
  return (
    <DataTable
      caption={say('happenedTo')}
      columns={columns}
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
