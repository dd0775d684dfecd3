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
  /** Which of them are shown, in words. */
  list: string;
  whyNot: string | null;
}

/** The people of a group, to approve or reject some of them. */
export function HeldTable({ people, list, whyNot }: Props) {
  const [groups, sayList] = [useWords('approvalGroups'), useWords('peopleList')];
  const shown = useMemo(() => columns({ groups, list: sayList }), [groups, sayList]);
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
                  <strong className="number">{sayList('chosen', { n: chosen.length })}</strong>
                  <PeopleActions people={chosen} list={list} whyNot={whyNot} onDone={clear} />
                  <Button onClick={clear}>{sayList('chooseNone')}</Button>
                </>
              ),
            }
          : undefined
      }
    />
  );
}
