'use client';

import { Badge } from '#components/people/badge.tsx';
import { fileStatus } from '#components/people/state-labels.ts';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { numberText } from '#components/text/count-text.ts';
import { Link } from '#components/ui/link.tsx';
import styles from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { FileItem } from '#lib/services/files/files.ts';
import { sourceText } from './file-labels.ts';

const numbers = (id: 'accepted' | 'duplicates' | 'rejected', header: string): Column<FileItem> => ({
  id,
  header,
  align: 'end',
  hideBelow: 'tablet',
  cell: (file) => numberText(file[id]),
});

/** During an import: how many of how many. */
function rowsText({ status, rows, rowsTotal }: FileItem): string {
  const isUnderWay = status === 'importing' && rowsTotal !== null;
  return isUnderWay ? `${numberText(rows)} of ${numberText(rowsTotal)}` : numberText(rows);
}

function Status({ file }: { file: FileItem }) {
  const { label, tone } = fileStatus(useWords('documents'), file.status);
  return <Badge tone={tone}>{label}</Badge>;
}

const COLUMNS: Column<FileItem>[] = [
  {
    id: 'name',
    header: 'File',
    cell: (file) => (
      <span className={styles.cell}>
        <Link href={`/files/${file.id}`}>{file.name}</Link>
        {file.problem && <span className={styles.minor}>{file.problem.message}</span>}
      </span>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    cell: (file) => <Status file={file} />,
  },
  {
    id: 'rows',
    header: 'Rows',
    align: 'end',
    cell: (file) => rowsText(file),
  },
  numbers('accepted', 'Accepted'),
  numbers('duplicates', 'Duplicates'),
  numbers('rejected', 'Rejected'),
  {
    id: 'source',
    header: 'From',
    hideBelow: 'desktop',
    cell: (file) => sourceText(file),
  },
  {
    id: 'received',
    header: 'Received',
    hideBelow: 'tablet',
    cell: (file) => <Time at={file.receivedAt} />,
  },
];

export function FilesTable({ files }: { files: FileItem[] }) {
  return <DataTable caption="Files" columns={COLUMNS} rows={files} rowId={({ id }) => id} />;
}
