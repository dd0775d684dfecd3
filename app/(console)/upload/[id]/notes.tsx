'use client';

import { useState } from 'react';
import styles from '#app/(console)/upload/[id]/rows/rows-table.module.css';
import { Button } from '#components/controls/button.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { ReviewRow } from '#lib/services/drafts/drafts.ts';
import { MapType } from './map-type.tsx';
import type { DraftState } from './use-draft.ts';

interface NotesProps {
  row: ReviewRow;
  /** What each column means, by its place. */
  means: readonly (string | null)[];
  editor: DraftState;
  alike: Record<string, number>;
}

/** The EmployeeType of a row that has no mapping, where that is what a note is about. */
function unmappedType({ row, means, editor }: NotesProps, at: number | null): string | null {
  if (at === null || means[at] !== 'EmployeeType') return null;
  const type = row.cells?.[at]?.trim() ?? '';
  const isMapped = editor.draft?.mapped.some(({ employeeType }) => employeeType.toLowerCase() === type.toLowerCase());
  return type === '' || isMapped ? null : type;
}

/** What is wrong with a row or doubtful about it, and what it was probably meant to say. */
export function Notes(props: NotesProps) {
  const say = useWords('upload');
  const { row, editor, alike } = props;
  if (row.notes.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {row.notes.map(({ at, kind, message, suggestions }) => {
        const type = kind === 'warning' ? unmappedType(props, at) : null;
        return (
          <li key={`${at} ${message}`}>
            <span>
              {kind === 'warning' && <span className="muted">{say('warning')} </span>}
              {message}
            </span>
            <span className={styles.suggestions}>
              {editor.draft?.whyNot === null &&
                suggestions.map(({ to, pattern }) => (
                  <Suggestion
                    key={to}
                    to={to}
                    line={row.line}
                    same={alike[`${at ?? 'row'}|${pattern}`] ?? 0}
                    correct={() => editor.correct(row.line, at, to)}
                    correctAlike={() => editor.correctAlike(at, pattern)}
                  />
                ))}
              {type !== null && <MapType type={type} editor={editor} />}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Suggestion(props: {
  to: string;
  line: number;
  /** How many rows have this mistake. */
  same: number;
  correct: () => Promise<boolean>;
  correctAlike: () => Promise<boolean>;
}) {
  const say = useWords('upload');
  const sayRow = useWords('rowCases');
  const { to, line, same } = props;
  const value = to === '' ? sayRow('leaveEmpty') : to;
  const [isAsked, setAsked] = useState(false);
  const ask = async (change: () => Promise<boolean>) => {
    setAsked(true);
    await change();
    setAsked(false);
  };
  return (
    <span className={styles.suggestion}>
      <Button
        appearance="subtle"
        disabledFocusable={isAsked}
        aria-label={say('useInLine', { value, line })}
        onClick={() => ask(props.correct)}
      >
        {value}
      </Button>
      {same > 1 && (
        <Button appearance="subtle" disabledFocusable={isAsked} onClick={() => ask(props.correctAlike)}>
          {say('fixAll', { n: same })}
        </Button>
      )}
    </span>
  );
}
