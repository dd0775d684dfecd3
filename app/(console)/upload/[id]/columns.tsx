'use client';

import { useState } from 'react';
import { Field, Select } from '#components/controls/field.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { unseen } from '#components/text/unseen.tsx';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import { KNOWN_COLUMNS, REQUIRED_COLUMNS } from '#lib/domain/newcomer.ts';
import type { DraftDetail } from '#lib/services/drafts/drafts.ts';
import styles from './draft-editor.module.css';
import type { DraftState } from './use-draft.ts';

/** Columns that mean nothing here, by name; and those that may mean something, each with a button that says it does. */
function Unused({ editor, draft, columns }: ColumnsProps & { columns: NonNullable<DraftDetail['columns']> }) {
  const say = useWords('upload');
  const { unused } = draft;
  const plain = unused.filter(({ guess }) => guess === null).map(({ name }) => name);
  const guessed = unused.flatMap(({ guess, ...column }) => (guess === null ? [] : [{ ...column, guess }]));
  return (
    <>
      {guessed.length > 0 && (
        <ul className={styles.guesses}>
          {guessed.map(({ at, name, guess }) => (
            <li key={at} className={stack.row}>
              <span>{say('guess', { name, meaning: say(`column.${guess}`) })}</span>
              <GuardedButton
                appearance="subtle"
                whyNot={draft.whyNot}
                disabledFocusable={editor.isBusy}
                onClick={() => editor.matchColumns({ ...columns, [guess]: at })}
              >
                {say.parts('use', { name, meaning: say(`column.${guess}`), unseen })}
              </GuardedButton>
            </li>
          ))}
        </ul>
      )}
      {plain.length > 0 && <p className={styles.plain}>{say('kept', { names: plain.join(', ') })}</p>}
    </>
  );
}

interface ColumnsProps {
  editor: DraftState;
  draft: DraftDetail;
}

/** Which column of the file holds what; open where that is not clear. */
export function Columns({ editor, draft }: ColumnsProps) {
  const say = useWords('upload');
  const sayRow = useWords('rowCases');
  const { columns, names, columnProblems, notes } = draft;
  const [isOpen, setOpen] = useState(columnProblems.length + notes.length > 0);
  if (!columns) return null;
  const found = KNOWN_COLUMNS.flatMap((name) => {
    const at = columns[name];
    return at === null ? [] : [names[at] === name ? name : `${names[at]} = ${name}`];
  });
  return (
    <section className={styles.columns} aria-label={say('columns')}>
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <strong>{say('columns')}</strong> <span className="muted">{found.join(', ') || say('noneKnown')}</span>
        </summary>
        {columnProblems.length > 0 && (
          <p role="alert">
            {say('chooseWhich', { problems: columnProblems.map(({ message }) => message).join(say('and')) })}
          </p>
        )}
        {notes.map(({ message }) => (
          <p key={message}>{message}</p>
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
                <option value="">{say(REQUIRED_COLUMNS.includes(name) ? 'chooseColumn' : 'notInFile')}</option>
                {names.map((text, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two columns of a file may have the same name; their place is what tells them apart
                  <option key={at} value={at}>
                    {text.trim() || sayRow('column', { n: at + 1 })}
                  </option>
                ))}
              </Select>
            </Field>
          ))}
        </div>
      </details>
      <Unused editor={editor} draft={draft} columns={columns} />
    </section>
  );
}
