'use client';

import { Badge, StateBadge } from '#components/people/badge.tsx';
import { PersonCell } from '#components/people/person-cell.tsx';
import { verdictStatus } from '#components/people/state-labels.ts';
import { ROW_CASE_TONES } from '#components/row-cases/row-case-labels.ts';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { Link } from '#components/ui/link.tsx';
import styles from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { RowItem } from '#lib/services/files/files.ts';

function Problems({ row }: { row: RowItem }) {
  return (
    <>
      {row.problems.map(({ column, message }) => (
        <span key={`${column} ${message}`}>
          {column && <strong>{column}: </strong>}
          {message}
        </span>
      ))}
      {row.changes.map(({ column, what }) => (
        <span key={`${column} ${what}`} className={styles.minor}>
          {column}: {what}
        </span>
      ))}
    </>
  );
}

function CaseLink({ line, rowCase }: { line: number; rowCase: NonNullable<RowItem['rowCase']> }) {
  const { id, status, settledBy, why } = rowCase;
  return (
    <>
      {why !== null && (
        <span className={styles.minor}>
          Closed by {settledBy}: {why}
        </span>
      )}
      <Link href={`/rows/${id}`}>
        {status === 'open' ? 'Correct or close' : 'See what was done'}
        <span className="unseen"> with line {line}</span>
      </Link>
    </>
  );
}

function Verdict({ row: { rowCase, verdict } }: { row: RowItem }) {
  const say = useWords('states');
  const sayDocument = useWords('documents');
  if (rowCase) return <Badge tone={ROW_CASE_TONES[rowCase.status]}>{say(`rowCase.${rowCase.status}`)}</Badge>;
  const { label, tone } = verdictStatus(sayDocument, verdict);
  return <Badge tone={tone}>{label}</Badge>;
}

const COLUMNS: Column<RowItem>[] = [
  { id: 'line', header: 'Line', align: 'end', cell: (row) => row.line },
  {
    id: 'verdict',
    header: 'Verdict',
    cell: (row) => <Verdict row={row} />,
  },
  {
    id: 'row',
    header: 'Row',
    cell: (row) => (
      <span className={styles.cell}>
        {row.person ? <PersonCell {...row.person} /> : <code className={styles.text}>{row.raw}</code>}
        <Problems row={row} />
        {row.rowCase && <CaseLink line={row.line} rowCase={row.rowCase} />}
      </span>
    ),
  },
  {
    id: 'state',
    header: 'Person now',
    hideBelow: 'tablet',
    cell: (row) => row.person && <StateBadge state={row.person.state} />,
  },
];

export function RowsTable({ rows }: { rows: RowItem[] }) {
  return <DataTable caption="Rows of this file" columns={COLUMNS} rows={rows} rowId={({ line }) => String(line)} />;
}
