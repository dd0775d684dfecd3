'use client';

import { PersonCell } from '#components/people/person-cell.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import styles from '#components/ui/stack.module.css';
import type { DryRunOutcomeItem } from '#lib/services/runs/runs.ts';

const COLUMNS: Column<DryRunOutcomeItem>[] = [
  {
    id: 'person',
    header: 'Person',
    cell: ({ row: { original: look } }) => <PersonCell {...look} id={look.personId} />,
  },
  {
    id: 'type',
    header: 'EmployeeType',
    meta: { hideBelow: 'desktop' },
    cell: ({ row: { original: look } }) => look.employeeType,
  },
  {
    id: 'would',
    header: 'What would happen',
    cell: ({ row: { original: look } }) => (
      <span className={styles.cell}>
        <strong>{look.reasonTitle}</strong>
        <span className={styles.minor}>{look.message}</span>
      </span>
    ),
  },
];

export function DryRunOutcomesTable({ looks }: { looks: DryRunOutcomeItem[] }) {
  return (
    <DataTable caption="What would happen, by person" columns={COLUMNS} rows={looks} rowId={({ id }) => String(id)} />
  );
}
