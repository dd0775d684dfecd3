'use client';

import { useMemo } from 'react';
import { Badge } from '#components/people/badge.tsx';
import bar from '#components/runs/outcome-bar.module.css';
import { OutcomeBar } from '#components/runs/outcome-bar.tsx';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { Link } from '#components/ui/link.tsx';
import styles from '#components/ui/stack.module.css';
import { Time } from '#components/ui/time.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';
import type { RunLine } from './run-lines.ts';

function columnsOf(say: Say<Words['runs']>): Column<RunLine>[] {
  return [
    {
      id: 'started',
      header: say('run'),
      cell: ({ id, title, at }) => (
        <span className={`${styles.cell} ${styles.whole}`}>
          <Link href={`/runs/${id}`}>{title}</Link>
          <span className={styles.minor}>
            <Time at={at} />
          </span>
        </span>
      ),
    },
    {
      id: 'status',
      header: say('status'),
      cell: ({ status }) => <Badge tone={status.tone}>{status.label}</Badge>,
    },
    {
      id: 'result',
      header: say('result'),
      cell: ({ sums, result }) => (
        <>
          {sums && <OutcomeBar sums={sums} />}
          <span className={bar.words}>{result}</span>
        </>
      ),
    },
    {
      id: 'trigger',
      header: say('startedBy'),
      hideBelow: 'tablet',
      cell: ({ trigger }) => trigger,
    },
    {
      id: 'took',
      header: say('took'),
      hideBelow: 'tablet',
      align: 'end',
      cell: ({ took }) => took,
    },
  ];
}

export function RunsTable({ runs }: { runs: RunLine[] }) {
  const say = useWords('runs');
  const columns = useMemo(() => columnsOf(say), [say]);
  return <DataTable caption={say('caption')} columns={columns} rows={runs} rowId={({ id }) => id} />;
}
