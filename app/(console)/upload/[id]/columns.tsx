'use client';

import { useState } from 'react';
import { Field, Select } from '#components/controls/field.tsx';
import { KNOWN_COLUMNS, REQUIRED_COLUMNS } from '#lib/domain/newcomer.ts';
import type { DraftDetail } from '#lib/services/drafts/drafts.ts';
import styles from './draft-editor.module.css';
import type { DraftState } from './use-draft.ts';

/** Which column of the file holds what; open where that is not clear. */
export function Columns({ editor, draft }: { editor: DraftState; draft: DraftDetail }) {
  const { columns, names, columnProblems, notes } = draft;
  const [isOpen, setOpen] = useState(columnProblems.length + notes.length > 0);
  if (!columns) return null;
  const found = KNOWN_COLUMNS.flatMap((name) => {
    const at = columns[name];
    return at === null ? [] : [names[at] === name ? name : `${names[at]} = ${name}`];
  });
  return (
    <details className={styles.columns} open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <strong>Columns</strong> <span className="muted">{found.join(', ') || 'none is known'}</span>
      </summary>
      {columnProblems.length > 0 && (
        <p role="alert">
          Choose which column holds what: {columnProblems.join(', and ')}. Then the rows can be checked.
        </p>
      )}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <div className={styles.selects}>
        {KNOWN_COLUMNS.map((name) => (
          <Field key={name} label={name} required={REQUIRED_COLUMNS.includes(name)}>
            <Select
              value={columns[name] ?? ''}
              disabled={editor.isBusy || draft.whyNot !== null}
              onChange={({ target: { value } }) =>
                editor.matchColumns({ ...columns, [name]: value === '' ? null : Number(value) })
              }
            >
              <option value="">{REQUIRED_COLUMNS.includes(name) ? 'Choose a column' : 'Not in this file'}</option>
              {names.map((text, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns of a file may have the same name; their place is what tells them apart
                <option key={at} value={at}>
                  {text.trim() || `Column ${at + 1}`}
                </option>
              ))}
            </Select>
          </Field>
        ))}
      </div>
    </details>
  );
}
