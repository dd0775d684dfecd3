'use client';

import { useRef, useState } from 'react';
import { Upn } from '#components/people/upn.tsx';
import type { ReviewRow } from '#lib/services/drafts/drafts.ts';
import styles from './rows-table.module.css';
import type { DraftState } from './use-draft.ts';

/** What every cell of a row is given. */
export interface RowOfCells {
  index: number;
  row: ReviewRow;
  editor: DraftState;
  /** The cell that is being corrected, `line:place`. */
  editing: string | null;
  edit: (cell: string | null, focus?: string) => void;
}

interface CellProps extends RowOfCells {
  /** Its place in the row; null: the row as a whole. */
  at: number | null;
  name: string;
  value: string;
}

function Editor({
  value,
  name,
  line,
  save,
  leave,
}: {
  value: string;
  name: string;
  line: number;
  save: (to: string) => void;
  leave: (keepFocus: boolean) => void;
}) {
  const [text, setText] = useState(value);
  // Leaving removes the field, which some browsers report as a blur.
  const isDone = useRef(false);
  const finish = (keepFocus: boolean, isWanted = true) => {
    if (isDone.current) return;
    isDone.current = true;
    if (isWanted && text !== value) save(text);
    else leave(keepFocus);
  };
  return (
    <input
      className={styles.editor}
      aria-label={`Correct ${name} in line ${line}`}
      value={text}
      // biome-ignore lint/a11y/noAutofocus: the operator has just asked to correct this very cell
      autoFocus
      onFocus={({ target }) => target.select()}
      onChange={({ target }) => setText(target.value)}
      onBlur={() => finish(false)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(true);
        if (event.key === 'Escape') finish(true, false);
      }}
    />
  );
}

/** One cell: its text is the button that corrects it. Enter saves, Escape leaves. */
export function Cell({ index, row, at, name, value, editor, editing, edit }: CellProps) {
  const key = `${row.line}:${at ?? 'row'}`;
  const [saving, setSaving] = useState<string | null>(null);
  const note = row.notes.find((one) => one.at === at);
  const corrected = row.corrected.find((one) => one.at === at);
  if (editing === key && saving === null)
    return (
      <Editor
        value={value}
        name={name}
        line={row.line}
        leave={(keepFocus) => edit(null, keepFocus ? key : undefined)}
        save={async (to) => {
          setSaving(to);
          await editor.correct(row.line, at, to);
          setSaving(null);
          edit(null, key);
        }}
      />
    );
  const text = saving ?? value;
  const shown = text === '' ? <span className={styles.empty}>empty</span> : <Upn text={text} />;
  const isLocked = editor.draft?.whyNot !== null;
  const isEntrance = note !== undefined || corrected !== undefined || (index === 0 && (at === 0 || at === null));
  return (
    <div className={styles.cell}>
      {isLocked ? (
        <span className={note ? styles[note.kind] : undefined}>{shown}</span>
      ) : (
        <button
          type="button"
          data-cell={key}
          className={`${styles.value} ${note ? styles[note.kind] : ''}`}
          tabIndex={isEntrance ? 0 : -1}
          aria-label={`${value || 'empty'}: correct ${name} in line ${row.line}`}
          onClick={() => edit(key)}
        >
          {shown}
        </button>
      )}
      {corrected && (
        <span className={styles.minor}>
          was {corrected.from || 'empty'}, corrected by {corrected.by}.{' '}
          {!isLocked && (
            <button
              type="button"
              className={styles.link}
              aria-label={`Put back the original ${name} in line ${row.line}`}
              onClick={() => editor.correct(row.line, at, null)}
            >
              Put back
            </button>
          )}
        </span>
      )}
    </div>
  );
}
