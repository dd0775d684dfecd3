'use client';

import { useMemo } from 'react';
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
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

function PersonLink({ id, displayName }: NonNullable<RowCaseItem['person']>) {
  return (
    <Link href={`/people/${id}`}>
      <VisibleText text={displayName} />
    </Link>
  );
}

function Status({ status }: Pick<RowCaseItem, 'status'>) {
  const say = useWords('states');
  return <Badge tone={ROW_CASE_TONES[status]}>{say(`rowCase.${status}`)}</Badge>;
}

const columnsOf = (say: Say<Words['rowCases']>, sayFiles: Say<Words['files']>): Column<RowCaseItem>[] => [
  {
    id: 'row',
    header: say('row'),
    cell: (row) => (
      <span className={`${styles.cell} ${styles.lead}`}>
        <Link href={`/rows/${row.id}`}>
          <VisibleText text={row.name} />
        </Link>
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
    header: say('why'),
    cell: ({ person, ...row }) => (
      <span className={styles.cell}>
        <span lang={row.problem.lang}>
          <VisibleText text={row.problem.message} />
        </span>
        {row.status === 'closed' && (
          <span className={styles.minor}>
            {sayFiles('closedBy', { name: row.settledBy ?? '', why: row.why ?? '' })}
          </span>
        )}
        {person && (
          <span className={styles.minor}>
            {say.parts('correctedBy', { name: row.settledBy ?? '', person: () => <PersonLink {...person} /> })}
          </span>
        )}
      </span>
    ),
  },
  {
    id: 'status',
    header: say('state'),
    hideBelow: 'tablet',
    cell: ({ status }) => <Status status={status} />,
  },
  {
    id: 'file',
    header: sayFiles('file'),
    hideBelow: 'tablet',
    cell: (row) => (
      <span className={styles.cell}>
        <Link href={`/files/${row.fileId}`}>{row.fileName}</Link>
        {row.line !== null && <span className={styles.minor}>{say('line', { line: row.line })}</span>}
      </span>
    ),
  },
  { id: 'received', header: sayFiles('received'), hideBelow: 'desktop', moment: ({ receivedAt }) => receivedAt },
];

/** Open ones can be chosen and closed together. */
export function RowCasesTable({ rows, whyNot }: { rows: RowCaseItem[]; whyNot: string | null }) {
  const say = useWords('rowCases');
  const sayFiles = useWords('files');
  const columns = useMemo(() => columnsOf(say, sayFiles), [say, sayFiles]);
  const selection = {
    nameOf: ({ name }: RowCaseItem) => name,
    actions: (chosen: RowCaseItem[], clear: () => void) => (
      <CloseRows rows={{ cases: chosen }} whyNot={whyNot} onDone={clear} />
    ),
  };
  const isOpen = rows.some(({ status }) => status === 'open');
  const table = { caption: say('caption'), columns, rows, rowId: ({ id }: RowCaseItem) => String(id) };
  return isOpen ? <DataTable {...table} selection={selection} /> : <DataTable {...table} />;
}
