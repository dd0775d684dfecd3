'use client';

import { useMemo } from 'react';
import { Badge } from '#components/people/badge.tsx';
import { fileStatus } from '#components/people/state-labels.ts';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { Link } from '#components/ui/link.tsx';
import styles from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { FileItem } from '#lib/services/files/files.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import { sourceText } from './file-labels.ts';

const numbers = (id: 'accepted' | 'duplicates' | 'rejected', say: Say<Words['files']>): Column<FileItem> => ({
  id,
  header: say(id),
  align: 'end',
  hideBelow: 'tablet',
  cell: (file) => say('figure', { n: file[id] }),
});

/** During an import: how many of how many. */
function rowsText(say: Say<Words['files']>, { status, rows, rowsTotal }: FileItem): string {
  const isUnderWay = status === 'importing' && rowsTotal !== null;
  return isUnderWay ? say('partOf', { n: rows, all: rowsTotal }) : say('figure', { n: rows });
}

function Status({ file }: { file: FileItem }) {
  const { label, tone } = fileStatus(useWords('documents'), file.status);
  return <Badge tone={tone}>{label}</Badge>;
}

const columnsOf = (say: Say<Words['files']>): Column<FileItem>[] => [
  {
    id: 'name',
    header: say('file'),
    cell: (file) => (
      <span className={styles.cell}>
        <Link href={`/files/${file.id}`}>{file.name}</Link>
        {file.problem && (
          <span className={styles.minor} lang={file.problem.lang}>
            {file.problem.message}
          </span>
        )}
      </span>
    ),
  },
  {
    id: 'status',
    header: say('status'),
    cell: (file) => <Status file={file} />,
  },
  {
    id: 'rows',
    header: say('rows'),
    align: 'end',
    cell: (file) => rowsText(say, file),
  },
  numbers('accepted', say),
  numbers('duplicates', say),
  numbers('rejected', say),
  {
    id: 'source',
    header: say('from'),
    hideBelow: 'desktop',
    cell: (file) => sourceText(say, file),
  },
  {
    id: 'received',
    header: say('received'),
    hideBelow: 'tablet',
    cell: (file) => <Time at={file.receivedAt} />,
  },
];

export function FilesTable({ files }: { files: FileItem[] }) {
  const say = useWords('files');
  const columns = useMemo(() => columnsOf(say), [say]);
  return <DataTable caption={say('title')} columns={columns} rows={files} rowId={({ id }) => id} />;
}
