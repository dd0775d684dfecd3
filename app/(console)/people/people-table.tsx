'use client';

import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { StateBadge } from '#components/people/badge.tsx';
import { type MatchingAction, MatchingActions } from '#components/people/matching-actions.tsx';
import { PeopleActions } from '#components/people/people-actions.tsx';
import { Upn } from '#components/people/upn.tsx';
import { type Column, DataTable, type Sorting } from '#components/table/data-table.tsx';
import { numberText } from '#components/text/count-text.ts';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import type { PersonItem } from '#lib/services/people/people.ts';
import styles from './people.module.css';
import { COLUMN_LABELS, type ColumnId } from './people-columns.ts';

function when(at: number | null) {
  return at === null ? <span className="muted">not yet</span> : <Time at={at} />;
}

const COLUMNS: Column<PersonItem>[] = [
  {
    id: 'name',
    header: COLUMN_LABELS.name,
    meta: { order: 'name' },
    cell: ({ row: { original: person } }) => (
      <span className={styles.name}>
        <Link href={`/people/${person.id}`}>{person.displayName}</Link>
        <span className="muted">
          <Upn text={person.userPrincipalName} />
        </span>
      </span>
    ),
  },
  {
    id: 'state',
    header: COLUMN_LABELS.state,
    meta: { order: 'state' },
    cell: ({ row: { original: person } }) => (
      <span className={styles.state}>
        <StateBadge state={person.state} />
        <span className="muted" title={person.message}>
          {person.reasonTitle}
        </span>
      </span>
    ),
  },
  {
    id: 'type',
    header: COLUMN_LABELS.type,
    meta: { order: 'type', hideBelow: 'tablet' },
    cell: ({ row: { original: person } }) => person.employeeType,
  },
  {
    id: 'location',
    header: COLUMN_LABELS.location,
    meta: { hideBelow: 'tablet' },
    cell: ({ row: { original: person } }) => person.usageLocation ?? <span className="muted">not in the file</span>,
  },
  {
    id: 'since',
    header: COLUMN_LABELS.since,
    meta: { order: 'since', hideBelow: 'tablet' },
    cell: ({ row: { original: person } }) => <Time at={person.stateSince} />,
  },
  {
    id: 'next',
    header: COLUMN_LABELS.next,
    meta: { order: 'next', hideBelow: 'desktop' },
    cell: ({ row: { original: person } }) =>
      person.nextCheckAt === null ? <span className="muted">none</span> : <Time at={person.nextCheckAt} isPlan />,
  },
  {
    id: 'last',
    header: COLUMN_LABELS.last,
    meta: { hideBelow: 'desktop' },
    cell: ({ row: { original: person } }) => when(person.lastCheckAt),
  },
  {
    id: 'arrival',
    header: COLUMN_LABELS.arrival,
    meta: { order: 'arrival', hideBelow: 'desktop' },
    cell: ({ row: { original: person } }) => <Time at={person.firstSeenAt} />,
  },
  {
    id: 'start',
    header: COLUMN_LABELS.start,
    meta: { hideBelow: 'tablet' },
    cell: ({ row: { original: person } }) => person.startDate ?? <span className="muted">none</span>,
  },
  {
    id: 'licensed',
    header: COLUMN_LABELS.licensed,
    meta: { order: 'licensed', hideBelow: 'tablet' },
    cell: ({ row: { original: person } }) => when(person.licensedAt),
  },
  {
    id: 'open',
    header: COLUMN_LABELS.open,
    meta: { order: 'open', hideBelow: 'tablet' },
    cell: ({ row: { original: person } }) => when(person.mailboxReadyAt),
  },
  {
    id: 'assigned',
    header: COLUMN_LABELS.assigned,
    meta: { hideBelow: 'tablet' },
    cell: ({ row: { original: person } }) => person.assignedTo ?? <span className="muted">nobody</span>,
  },
];

interface Props {
  people: PersonItem[];
  sorting: Sorting;
  shownColumns: readonly ColumnId[];
  /** Why this operator may not act; null: it may. */
  whyNot: string | null;
  /** Everybody who matches, on all pages; null where they are too many to be counted. */
  everybody: {
    total: number;
    matching: Record<string, string>;
    possible: Partial<Record<MatchingAction, number>>;
  } | null;
}

export function PeopleTable({ people, sorting, shownColumns, whyNot, everybody }: Props) {
  // Outlives the choice that it was about.
  const [result, setResult] = useState('');
  const doneWith = (clear: () => void) => (feedback: string) => {
    clear();
    setResult(feedback);
  };
  return (
    <>
      <p role="status" className={styles.result}>
        {result}
      </p>
      <DataTable
        caption="People"
        columns={COLUMNS}
        rows={people}
        rowId={({ id }) => String(id)}
        sorting={sorting}
        shownColumns={shownColumns}
        selection={{
          nameOf: ({ displayName }) => displayName,
          actions: (chosen, clear) => (
            <>
              <strong className="number">{numberText(chosen.length)} chosen</strong>
              <PeopleActions people={chosen} whyNot={whyNot} onDone={doneWith(clear)} />
              <Button appearance="subtle" onClick={clear}>
                Choose none
              </Button>
            </>
          ),
          ...(everybody && {
            everybody: {
              total: everybody.total,
              one: 'person',
              many: 'people',
              actions: (clear) => (
                <>
                  <strong className="number">All {numberText(everybody.total)} that match</strong>
                  <MatchingActions {...everybody} whyNot={whyNot} onDone={doneWith(clear)} />
                  <Button appearance="subtle" onClick={clear}>
                    Choose none
                  </Button>
                </>
              ),
            },
          }),
        }}
      />
    </>
  );
}
