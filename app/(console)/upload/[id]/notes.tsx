'use client';

import { Button } from '#components/controls/button.tsx';
import { numberText } from '#components/text/count-text.ts';
import type { ReviewRow } from '#lib/services/drafts/drafts.ts';
import styles from './rows-table.module.css';
import type { DraftState } from './use-draft.ts';

/** What is wrong with a row or doubtful about it, and what it was probably meant to say. */
export function Notes({ row, editor, alike }: { row: ReviewRow; editor: DraftState; alike: Record<string, number> }) {
  if (row.notes.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {row.notes.map(({ at, kind, message, suggestions }) => (
        <li key={`${at} ${message}`}>
          <span>
            {kind === 'warning' && <span className="muted">Warning: </span>}
            {message}
          </span>
          <span className={styles.suggestions}>
            {(editor.draft?.whyNot === null ? suggestions : []).map(({ to, pattern }) => {
              const same = alike[`${at ?? 'row'}|${pattern}`] ?? 0;
              return (
                <span key={to} className={styles.suggestion}>
                  <Button
                    size="small"
                    disabledFocusable={editor.isBusy}
                    aria-label={`${to === '' ? 'Leave it empty' : to} – use this in line ${row.line}`}
                    onClick={() => editor.correct(row.line, at, to)}
                  >
                    {to === '' ? 'Leave it empty' : to}
                  </Button>
                  {same > 1 && (
                    <Button
                      size="small"
                      appearance="primary"
                      disabledFocusable={editor.isBusy}
                      onClick={() => editor.correctAlike(at, pattern)}
                    >
                      {`Fix all ${numberText(same)} like this`}
                    </Button>
                  )}
                </span>
              );
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}
