'use client';

import { useMemo } from 'react';
import { Badge } from '#components/people/badge.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { VisibleText } from '#components/text/visible-text.tsx';
import { Link } from '#components/ui/link.tsx';
import styles from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import type { FileLine } from './file-lines.ts';

const numbers = (id: 'rows' | 'accepted' | 'duplicates' | 'rejected', say: Say<Words['files']>) => ({
  id,
  header: say(id),
  align: 'end' as const,
  cell: (file: FileLine) => file[id],
});

const columnsOf = (say: Say<Words['files']>): Column<FileLine>[] => [
  {
    id: 'name',
    header: say('file'),
    cell: (file) => (
      <span className={styles.cell}>
        <Link href={`/files/${file.id}`}>{file.name}</Link>
        {file.problem && (
          <span className={styles.minor} lang={file.problem.lang}>
            <VisibleText text={file.problem.message} />
          </span>
        )}
      </span>
    ),
  },
  {
    id: 'status',
    header: say('status'),
    cell: ({ status }) => <Badge tone={status.tone}>{status.label}</Badge>,
  },
  numbers('rows', say),
  { ...numbers('accepted', say), hideBelow: 'tablet' },
  { ...numbers('duplicates', say), hideBelow: 'tablet' },
  { ...numbers('rejected', say), hideBelow: 'tablet' },
  {
    id: 'source',
    header: say('from'),
    hideBelow: 'desktop',
    cell: ({ source }) => source,
  },
  {
    id: 'received',
    header: say('received'),
    hideBelow: 'tablet',
    moment: ({ receivedAt }) => receivedAt,
  },
];

export function FilesTable({ files }: { files: FileLine[] }) {
  const say = useWords('files');
  const columns = useMemo(() => columnsOf(say), [say]);
  return <DataTable caption={say('title')} columns={columns} rows={files} rowId={({ id }) => id} />;
}
