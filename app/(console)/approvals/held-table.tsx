'use client';

import { useMemo } from 'react';
import { Button } from '#components/controls/button.tsx';
import { PeopleActions } from '#components/people/actions/people-actions.tsx';
import { PersonCell } from '#components/people/person-cell.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import stack from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { HeldItem } from '#lib/services/approvals/approvals.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

interface HeldWords {
  groups: Say<Words['approvalGroups']>;
  list: Say<Words['peopleList']>;
}

function columns({ groups: say, list: sayList }: HeldWords): Column<HeldItem>[] {
  return [
    {
      id: 'name',
      header: sayList('column.name'),
      cell: (person) => (
        <span className={stack.cell}>
          <PersonCell {...person} />
          {!person.actions.includes('approve') && person.actions.length > 0 && (
            <span className={stack.minor}>{say('own.one')}</span>
          )}
        </span>
      ),
    },
    { id: 'type', header: sayList('column.type'), hideBelow: 'tablet', cell: ({ employeeType }) => employeeType },
    {
      id: 'plan',
      header: say('onePlan'),
      hideBelow: 'tablet',
      cell: ({ planText }) => planText,
    },
    {
      id: 'since',
      header: say('heldSince'),
      hideBelow: 'tablet',
      cell: (person) => <Time at={person.stateSince} />,
    },
  ];
}

interface Props {
  people: HeldItem[];
  whyNot: string | null;
}

/** The people of a group, to approve or reject some of them. */
export function HeldTable({ people, whyNot }: Props) {
  const [groups, list] = [useWords('approvalGroups'), useWords('peopleList')];
  const shown = useMemo(() => columns({ groups, list }), [groups, list]);
  return (
    <DataTable
      caption={groups('caption')}
      columns={shown}
      rows={people}
      rowId={({ id }) => String(id)}
      selection={
        whyNot === null
          ? {
              nameOf: ({ displayName }) => displayName,
              actions: (chosen, clear) => (
                <>
                  <strong className="number">{list('chosen', { n: chosen.length })}</strong>
                  <PeopleActions people={chosen} whyNot={whyNot} onDone={clear} />
                  <Button onClick={clear}>{list('chooseNone')}</Button>
                </>
              ),
            }
          : undefined
      }
    />
  );
}
