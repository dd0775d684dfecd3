'use client';

import { PersonCell } from '#components/people/person-cell.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import styles from '#components/ui/stack.module.css';
import type { DryRunOutcomeItem } from '#lib/services/runs/runs.ts';

const COLUMNS: Column<DryRunOutcomeItem>[] = [
  {
    id: 'person',
    header: 'Person',
    cell: (outcome) => <PersonCell {...outcome} id={outcome.personId} />,
  },
  {
    id: 'type',
    header: 'EmployeeType',
    hideBelow: 'desktop',
    cell: (outcome) => outcome.employeeType,
  },
  {
    id: 'would',
    header: 'What would happen',
    cell: (outcome) => (
      <span className={styles.cell}>
        <strong>{outcome.reasonTitle}</strong>
        <span className={styles.minor}>{outcome.message}</span>
      </span>
    ),
  },
];

export function DryRunOutcomesTable({ outcomes }: { outcomes: DryRunOutcomeItem[] }) {
  return (
    <DataTable
      caption="What would happen, by person"
      columns={COLUMNS}
      rows={outcomes}
      rowId={({ id }) => String(id)}
    />
  );
}
