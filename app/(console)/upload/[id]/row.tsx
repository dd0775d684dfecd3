'use client';

import { Badge } from '#components/people/badge.tsx';
import type { Tone } from '#components/people/state-labels.ts';
import type { DraftPreview } from '#lib/services/drafts/draft-preview.ts';
import type { ReviewRow } from '#lib/services/drafts/drafts.ts';
import { Cell, type RowOfCells } from './cell.tsx';
import { Notes } from './notes.tsx';
import styles from './rows-table.module.css';

type RecordedOutcome = NonNullable<DraftPreview['result']>['outcomes'][number];

interface RowProps extends RowOfCells {
  measure: (row: HTMLTableRowElement | null) => void;
  /** What each column means, by its place. */
  means: readonly (string | null)[];
  /** What the dry run found. */
  outcome: RecordedOutcome | undefined;
  alike: Record<string, number>;
}

const VERDICTS: Record<NonNullable<ReviewRow['verdict']>, { label: string; tone: Tone }> = {
  ok: { label: 'New', tone: 'good' },
  known: { label: 'Already known', tone: 'quiet' },
  duplicate: { label: 'Duplicate', tone: 'quiet' },
  rejected: { label: 'Cannot be imported', tone: 'bad' },
};

const ROW_TONES: Record<RecordedOutcome['kind'], Tone> = {
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

function Verdict({ row, outcome, editor, alike }: Pick<RowProps, 'row' | 'outcome' | 'editor' | 'alike'>) {
  const words = row.verdict && VERDICTS[row.verdict];
  return (
    <div className={styles.verdict}>
      <span className={styles.badges}>
        {words && <Badge tone={words.tone}>{words.label}</Badge>}
        {outcome && (
          <Badge tone={ROW_TONES[outcome.kind]} title={outcome.message}>
            {outcome.title}
          </Badge>
        )}
      </span>
      {row.duplicateOf !== null && (
        <span className={styles.minor}>Line {row.duplicateOf} names this person first.</span>
      )}
      {outcome && (outcome.kind === 'cannot' || outcome.kind === 'unknown' || outcome.kind === 'held') && (
        <span className={styles.minor}>{outcome.message}</span>
      )}
      <Notes row={row} editor={editor} alike={alike} />
    </div>
  );
}

/** One row of the upload: its verdict with suggested corrections, and its cells, each of which can be corrected. */
export function Row(props: RowProps) {
  const { index, measure, row, means } = props;
  const whole = row.cells === null;
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      className={row.verdict === 'rejected' ? styles.rejected : undefined}
    >
      <th scope="row" className={styles.end}>
        {row.line}
      </th>
      <td>
        <Verdict {...props} />
      </td>
      {whole ? (
        <td colSpan={means.length}>
          <Cell {...props} at={null} name="the whole row" value={row.raw ?? ''} />
        </td>
      ) : (
        row.cells?.map((value, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its place
          <td key={at}>
            <Cell {...props} at={at} name={means[at] ?? `column ${at + 1}`} value={value} />
          </td>
        ))
      )}
    </tr>
  );
}
