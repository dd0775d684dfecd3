'use client';

import { Notes } from '#app/(console)/upload/[id]/notes.tsx';
import { Badge } from '#components/people/badge.tsx';
import type { Tone } from '#components/people/state-labels.ts';
import { VisibleText } from '#components/text/visible-text.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { DraftPreview } from '#lib/services/drafts/draft-preview.ts';
import type { ReviewRow } from '#lib/services/drafts/drafts.ts';
import { Cell, type RowOfCells } from './cell.tsx';
import styles from './rows-table.module.css';
import type { TableColumns } from './table-columns.ts';

type Finding = NonNullable<DraftPreview['result']>['findings'][number];

interface RowProps extends RowOfCells {
  measure: (row: HTMLTableRowElement | null) => void;
  columns: TableColumns;
  /** What the dry run found. */
  outcome: Finding | undefined;
  alike: Record<string, number>;
}

const VERDICT_TONES: Record<NonNullable<ReviewRow['verdict']>, Tone> = {
  ok: 'goodQuiet',
  known: 'quiet',
  duplicate: 'quiet',
  rejected: 'bad',
};

const ROW_TONES: Record<Finding['kind'], Tone> = {
  licensed: 'good',
  mailbox: 'goodQuiet',
  opening: 'info',
  sync: 'info',
  start: 'info',
  seat: 'info',
  held: 'warn',
  unknown: 'warn',
  cannot: 'bad',
};

function Verdict({ row, columns, outcome, editor, alike }: RowProps) {
  const say = useWords('upload');
  return (
    <div className={styles.verdict}>
      <span className={styles.badges}>
        {row.verdict && <Badge tone={VERDICT_TONES[row.verdict]}>{say(`verdict.${row.verdict}`)}</Badge>}
        {outcome && (
          <Badge tone={ROW_TONES[outcome.kind]} title={outcome.message}>
            {outcome.title}
          </Badge>
        )}
      </span>
      {row.duplicateOf !== null && <span className={styles.minor}>{say('namedFirst', { line: row.duplicateOf })}</span>}
      {outcome && (outcome.kind === 'cannot' || outcome.kind === 'unknown' || outcome.kind === 'held') && (
        <span className={styles.minor}>
          <VisibleText text={outcome.message} />
        </span>
      )}
      <Notes row={row} means={columns.means} editor={editor} alike={alike} />
    </div>
  );
}

/** One row of the upload: its verdict with suggested corrections, and its cells, each of which can be corrected. */
export function Row(props: RowProps) {
  const say = useWords('upload');
  const { index, measure, row, columns } = props;
  const { apart, together, means, names, widths } = columns;
  const cell = (at: number) => (
    <Cell {...props} at={at} name={means[at] ?? names[at] ?? ''} value={row.cells?.[at] ?? ''} />
  );
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      className={row.verdict === 'rejected' ? styles.rejected : undefined}
    >
      <th scope="row" className={styles.end} data-name={say('line')}>
        {row.line}
      </th>
      <td>
        <Verdict {...props} />
      </td>
      {row.cells === null ? (
        <td colSpan={widths.length - 2}>
          <Cell {...props} at={null} name={say('wholeRow')} value={row.raw ?? ''} />
        </td>
      ) : (
        <>
          {apart.map((at) => (
            <td key={at} data-name={names[at]}>
              {cell(at)}
            </td>
          ))}
          {together.length > 0 && (
            <td>
              <dl className={styles.together}>
                {together.map((at) => (
                  <div key={at}>
                    <dt>{names[at]}</dt>
                    <dd>{cell(at)}</dd>
                  </div>
                ))}
              </dl>
            </td>
          )}
        </>
      )}
    </tr>
  );
}
