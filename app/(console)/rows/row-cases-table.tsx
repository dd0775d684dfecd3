'use client';

import { Badge } from '#components/people/badge.tsx';
import { Upn } from '#components/people/upn.tsx';
import { CloseRows } from '#components/row-cases/close-rows.tsx';
import { ROW_CASE_TONES } from '#components/row-cases/row-case-labels.ts';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Link } from '#components/ui/link.tsx';
import styles from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { RowCaseItem } from '#lib/services/row-cases/row-cases.ts';

function Status({ status }: Pick<RowCaseItem, 'status'>) {
  const say = useWords('states');
  return <Badge tone={ROW_CASE_TONES[status]}>{say(`rowCase.${status}`)}</Badge>;
}

const COLUMNS: Column<RowCaseItem>[] = [
  {
    id: 'row',
    header: 'Row',
    cell: (row) => (
      <span className={styles.cell}>
        <Link href={`/rows/${row.id}`}>{row.name}</Link>
        {row.userPrincipalName !== null && row.userPrincipalName !== row.name && (
          <span className={styles.minor}>
            <Upn text={row.userPrincipalName} />
          </span>
        )}
      </span>
    ),
  },
  {
    id: 'why',
    header: 'Why it stayed out',
    cell: (row) => (
      <span className={styles.cell}>
        {row.problem}
        {row.status === 'closed' && (
          <span className={styles.minor}>
            Closed by {row.settledBy}: {row.why}
          </span>
        )}
        {row.person && (
          <span className={styles.minor}>
            Corrected by {row.settledBy}:{' '}
            <Link href={`/people/${row.person.id}`}>
              <VisibleText text={row.person.displayName} />
            </Link>
          </span>
        )}
      </span>
    ),
  },
  {
    id: 'status',
    header: 'State',
    hideBelow: 'tablet',
    cell: ({ status }) => <Status status={status} />,
  },
  {
    id: 'file',
    header: 'File',
    hideBelow: 'tablet',
    cell: (row) => (
      <span className={styles.cell}>
        <Link href={`/files/${row.fileId}`}>{row.fileName}</Link>
        {row.line !== null && <span className={styles.minor}>line {row.line}</span>}
      </span>
    ),
  },
  { id: 'received', header: 'Received', hideBelow: 'desktop', moment: ({ receivedAt }) => receivedAt },
];

/** Open ones can be chosen and closed together. */
export function RowCasesTable({ rows, whyNot }: { rows: RowCaseItem[]; whyNot: string | null }) {
  const selection = {
    nameOf: ({ name }: RowCaseItem) => name,
    actions: (chosen: RowCaseItem[], clear: () => void) => (
      <CloseRows rows={{ cases: chosen }} whyNot={whyNot} size="small" onDone={clear} />
    ),
  };
  const isOpen = rows.some(({ status }) => status === 'open');
  const table = { caption: 'Rows that stayed out', columns: COLUMNS, rows, rowId: ({ id }: RowCaseItem) => String(id) };
  return isOpen ? <DataTable {...table} selection={selection} /> : <DataTable {...table} />;
}
