'use client';

import { StateBadge } from '#components/badge.tsx';
import { type Column, DataTable } from '#components/data-table.tsx';
import { Link } from '#components/link.tsx';
import styles from '#components/stack.module.css';
import { Upn } from '#components/upn.tsx';
import type { OutcomeItem } from '#lib/services/runs.ts';

const COLUMNS: Column<OutcomeItem>[] = [
  {
    id: 'person',
    header: 'Person',
    cell: ({ row: { original: outcome } }) => (
      <span className={styles.person}>
        <Link href={`/people/${outcome.personId}`}>{outcome.displayName}</Link>
        <span>
          <Upn text={outcome.userPrincipalName} />
        </span>
      </span>
    ),
  },
  {
    id: 'before',
    header: 'Before',
    meta: { hideBelow: 'desktop' },
    cell: ({ row: { original: outcome } }) => <StateBadge state={outcome.stateBefore} />,
  },
  {
    id: 'after',
    header: 'After',
    cell: ({ row: { original: outcome } }) => <StateBadge state={outcome.state} />,
  },
  {
    id: 'message',
    header: 'What happened',
    meta: { hideBelow: 'tablet' },
    cell: ({ row: { original: outcome } }) => outcome.message,
  },
];

export function OutcomesTable({ outcomes }: { outcomes: OutcomeItem[] }) {
  return (
    <DataTable
      caption="What this run did, by person"
      columns={COLUMNS}
      rows={outcomes}
      rowId={({ id }) => String(id)}
    />
  );
}
