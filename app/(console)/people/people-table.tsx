'use client';

import { type ReactNode, useMemo } from 'react';
import { Button } from '#components/controls/button.tsx';
import type { Matching } from '#components/people/actions/action-targets.ts';
import { PeopleActions } from '#components/people/actions/people-actions.tsx';
import { StateBadge } from '#components/people/badge.tsx';
import { Upn } from '#components/people/upn.tsx';
import { type Column, DataTable, type Sorting } from '#components/table/data-table.tsx';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Link } from '#components/ui/link.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { ColumnId } from '#lib/services/people/people-export.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import styles from './people.module.css';
import { COLUMN_IDS, type PersonRow } from './people-columns.ts';

/** A column without its id. */
type Cells<One = Column<PersonRow>> = One extends unknown ? Omit<One, 'id' | 'header'> : never;

const cellsOf = (say: Say<Words['peopleList']>): Record<ColumnId, Cells> => ({
  name: {
    order: 'name',
    className: styles.name,
    cell: (person) => (
      <>
        <Link href={`/people/${person.id}`}>
          <VisibleText text={person.displayName} />
        </Link>
        <Upn text={person.userPrincipalName} />
      </>
    ),
  },
  state: {
    order: 'state',
    className: styles.state,
    title: ({ message }) => message,
    cell: (person) => (
      <>
        <StateBadge state={person.state} />
        {person.reasonTitle}
      </>
    ),
  },
  type: {
    order: 'type',
    hideBelow: 'tablet',
    cell: ({ employeeType }) => employeeType,
  },
  location: {
    hideBelow: 'tablet',
    cell: ({ usageLocation }) => usageLocation ?? <span className="muted">{say('notInFile')}</span>,
  },
  since: {
    order: 'since',
    hideBelow: 'tablet',
    moment: ({ stateSince }) => stateSince ?? null,
  },
  next: {
    order: 'next',
    hideBelow: 'desktop',
    moment: ({ nextCheckAt }) => nextCheckAt ?? null,
    isPlan: true,
    none: say('none'),
  },
  last: {
    hideBelow: 'desktop',
    moment: ({ lastCheckAt }) => lastCheckAt ?? null,
    none: say('notYet'),
  },
  arrival: {
    order: 'arrival',
    hideBelow: 'desktop',
    moment: ({ firstSeenAt }) => firstSeenAt ?? null,
  },
  start: {
    hideBelow: 'tablet',
    cell: ({ startDate }) => startDate ?? <span className="muted">{say('none')}</span>,
  },
  licensed: {
    order: 'licensed',
    hideBelow: 'tablet',
    moment: ({ licensedAt }) => licensedAt ?? null,
    none: say('notYet'),
  },
  open: {
    order: 'open',
    hideBelow: 'tablet',
    moment: ({ mailboxReadyAt }) => mailboxReadyAt ?? null,
    none: say('notYet'),
  },
  assigned: {
    hideBelow: 'tablet',
    cell: ({ assignedTo }) => assignedTo ?? <span className="muted">{say('nobody')}</span>,
  },
});

function columnsOf(say: Say<Words['peopleList']>): Column<PersonRow>[] {
  const cells = cellsOf(say);
  return COLUMN_IDS.map((id) => ({ id, header: say(`column.${id}`), ...cells[id] }));
}

interface Props {
  people: PersonRow[];
  sorting: Sorting;
  shownColumns: readonly ColumnId[];
  /** Why this operator may not act; null: it may. */
  whyNot: string | null;
  mayRemember: boolean;
  /** Everybody who matches, on all pages; null where they are too many to be counted. */
  everybody: Matching | null;
  /** Whom the list shows, in words. */
  list: string;
  /** Shown where nobody matches. */
  children: ReactNode;
}

export function PeopleTable({ people, sorting, shownColumns, whyNot, mayRemember, everybody, list, children }: Props) {
  const say = useWords('peopleList');
  const columns = useMemo(() => columnsOf(say), [say]);
  return (
    <>
      {people.length === 0 && children}
      {people.length > 0 && (
        <DataTable
          caption={say('caption')}
          columns={columns}
          rows={people}
          rowId={({ id }) => String(id)}
          sorting={sorting}
          shownColumns={shownColumns}
          selection={{
            nameOf: ({ displayName }) => displayName,
            actions: (chosen, clear) => (
              <>
                <strong className="number">{say('chosen', { n: chosen.length })}</strong>
                <PeopleActions people={chosen} list={list} whyNot={whyNot} mayRemember={mayRemember} onDone={clear} />
                <Button onClick={clear}>{say('chooseNone')}</Button>
              </>
            ),
            ...(everybody && {
              everybody: {
                total: everybody.total,
                text: say('chooseAll', { n: everybody.total }),
                actions: (clear) => (
                  <>
                    <strong className="number">{say('allChosen', { n: everybody.total })}</strong>
                    <PeopleActions
                      {...everybody}
                      list={list}
                      needsWhy
                      whyNot={whyNot}
                      mayRemember={mayRemember}
                      onDone={clear}
                    />
                    <Button onClick={clear}>{say('chooseNone')}</Button>
                  </>
                ),
              },
            }),
          }}
        />
      )}
    </>
  );
}
