'use client';

import { useMemo } from 'react';
import { Badge, StateBadge } from '#components/people/badge.tsx';
import { PersonCell } from '#components/people/person-cell.tsx';
import { verdictStatus } from '#components/people/state-labels.ts';
import { ROW_CASE_TONES } from '#components/row-cases/row-case-labels.ts';
import { type Column, DataTable } from '#components/table/data-table.tsx';
import { unseen } from '#components/text/unseen.tsx';
import { Link } from '#components/ui/link.tsx';
import styles from '#components/ui/stack.module.css';
import { Sentence } from '#components/words/sentence.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { RowItem } from '#lib/services/files/files.ts';
import type { Words } from '#lib/words/english.ts';
import type { Say } from '#lib/words/say.ts';

/** A sentence that begins with the name of its column needs no other. */
export function Problems({ row }: { row: Pick<RowItem, 'problems' | 'changes'> }) {
  return (
    <>
      {row.problems.map(({ column, ...problem }) => (
        <span key={`${column} ${problem.message}`}>
          {column && !problem.message.startsWith(column) && <strong>{column}: </strong>}
          <Sentence {...problem} />
        </span>
      ))}
      {row.changes.map(({ column, what, lang }) => (
        <span key={`${column} ${what}`} className={styles.minor}>
          {column}: <span lang={lang}>{what}</span>
        </span>
      ))}
    </>
  );
}

function CaseLink({ line, rowCase }: { line: number; rowCase: NonNullable<RowItem['rowCase']> }) {
  const say = useWords('files');
  const { id, status, settledBy, why } = rowCase;
  return (
    <>
      {why !== null && <span className={styles.minor}>{say('closedBy', { name: settledBy ?? '', why })}</span>}
      <Link href={`/rows/${id}`}>
        {say.parts(status === 'open' ? 'correctOrClose' : 'seeWhatWasDone', { line, unseen })}
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

const columnsOf = (say: Say<Words['files']>): Column<RowItem>[] => [
  { id: 'line', header: say('line'), align: 'end', cell: (row) => row.line },
  {
    id: 'verdict',
    header: say('verdict'),
    cell: (row) => <Verdict row={row} />,
  },
  {
    id: 'row',
    header: say('theRow'),
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
    header: say('personNow'),
    hideBelow: 'tablet',
    cell: (row) => row.person && <StateBadge state={row.person.state} />,
  },
];

export function RowsTable({ rows }: { rows: RowItem[] }) {
  const say = useWords('files');
  const columns = useMemo(() => columnsOf(say), [say]);
  return <DataTable caption={say('rowsOf')} columns={columns} rows={rows} rowId={({ line }) => String(line)} />;
}
