'use client';

import { useState } from 'react';
import { StateBadge } from '#components/badge.tsx';
import { type Column, DataTable, type Sorting } from '#components/data-table.tsx';
import { Link } from '#components/link.tsx';
import { PeopleActions } from '#components/people-actions.tsx';
import { Time } from '#components/time.tsx';
import { Upn } from '#components/upn.tsx';
import type { PersonItem } from '#lib/services/people.ts';
import styles from './people.module.css';

const COLUMNS: Column<PersonItem>[] = [
  {
    id: 'name',
    header: 'Name',
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
    header: 'State',
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
    header: 'Type',
    meta: { order: 'type', hideBelow: 'tablet' },
    cell: ({ row: { original: person } }) => person.employeeType,
  },
  {
    id: 'since',
    header: 'Since',
    meta: { order: 'since', hideBelow: 'tablet' },
    cell: ({ row: { original: person } }) => <Time at={person.stateSince} />,
  },
  {
    id: 'next',
    header: 'Next look',
    meta: { order: 'next', hideBelow: 'desktop' },
    cell: ({ row: { original: person } }) =>
      person.nextLookAt === null ? <span className="muted">none</span> : <Time at={person.nextLookAt} isPlan />,
  },
  {
    id: 'arrival',
    header: 'First seen',
    meta: { order: 'arrival', hideBelow: 'desktop' },
    cell: ({ row: { original: person } }) => <Time at={person.firstSeenAt} />,
  },
];

export function PeopleTable({ people, sorting, mayAct }: { people: PersonItem[]; sorting: Sorting; mayAct: boolean }) {
  // Outlives the choice that it was about.
  const [result, setResult] = useState('');
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
        selection={
          mayAct
            ? {
                nameOf: ({ displayName }) => displayName,
                actions: (chosen, clear) => (
                  <div className={styles.chosen}>
                    <strong className="number">{chosen.length} chosen</strong>
                    <PeopleActions
                      people={chosen}
                      onDone={(said) => {
                        clear();
                        setResult(said);
                      }}
                    />
                  </div>
                ),
              }
            : undefined
        }
      />
    </>
  );
}
