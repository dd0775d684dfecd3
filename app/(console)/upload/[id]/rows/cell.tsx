'use client';

import { useEffect, useRef, useState } from 'react';
import type { DraftState } from '#app/(console)/upload/[id]/use-draft.ts';
import { Upn } from '#components/people/upn.tsx';
import { unseen } from '#components/text/unseen.tsx';
import { useWords } from '#components/words/use-words.ts';
import type { DraftDetail, ReviewRow } from '#lib/services/drafts/drafts.ts';
import styles from './rows-table.module.css';

/** What every cell of a row is given. */
export interface RowOfCells {
  index: number;
  row: ReviewRow;
  editor: DraftState;
  /** The cell that is being corrected, `line:place`. */
  editing: string | null;
  edit: (cell: string | null, focus?: string) => void;
  /** How many rows still say what this cell said before it was corrected. */
  same: (at: number, from: string) => number;
}

interface CellProps extends RowOfCells {
  /** Its place in the row; null: the row as a whole. */
  at: number | null;
  name: string;
  value: string;
}

interface EditorProps {
  value: string;
  name: string;
  line: number;
  save: (to: string, keepFocus: boolean) => void;
  leave: (keepFocus: boolean) => void;
}

/** No EmployeeType is called so: a cell has no line break at its end. */
const ANOTHER = 'another\n';

/** An EmployeeType is chosen among those that are mapped; any other can be typed. */
function TypeEditor({ mapped, ...props }: EditorProps & { mapped: DraftDetail['mapped'] }) {
  const say = useWords('upload');
  const { value, name, line, save, leave } = props;
  const [isTyped, setTyped] = useState(false);
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    try {
      select.current?.showPicker();
    } catch {
      // The browser opens it by a click or a key of its own.
    }
  }, []);
  if (isTyped) return <Editor {...props} />;
  const isMapped = mapped.some(({ employeeType }) => employeeType === value);
  return (
    <select
      ref={select}
      className={styles.editor}
      aria-label={say('correctName', { name, line })}
      value={value}
      // biome-ignore lint/a11y/noAutofocus: the operator has just asked to correct this very cell
      autoFocus
      onChange={({ target }) => (target.value === ANOTHER ? setTyped(true) : save(target.value, true))}
      onBlur={() => leave(false)}
      onKeyDown={({ key }) => key === 'Escape' && leave(true)}
    >
      {!isMapped && (
        <option value={value}>{value === '' ? say('chooseType') : say('notMapped', { type: value })}</option>
      )}
      {mapped.map(({ employeeType, licences }) => (
        <option key={employeeType} value={employeeType}>
          {say('typeAndLicences', { type: employeeType, licences })}
        </option>
      ))}
      <option value={ANOTHER}>{say('anotherType')}</option>
    </select>
  );
}

function Editor({ value, name, line, save, leave }: EditorProps) {
  const say = useWords('upload');
  const [text, setText] = useState(value);
  // Leaving removes the field, which some browsers report as a blur.
  const isDone = useRef(false);
  const finish = (keepFocus: boolean, isWanted = true) => {
    if (isDone.current) return;
    isDone.current = true;
    if (isWanted && text !== value) save(text, keepFocus);
    else leave(keepFocus);
  };
  return (
    <input
      className={styles.editor}
      aria-label={say('correctName', { name, line })}
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

/** What an operator made of a cell: who, what it was, the way back, and the same for all others that say what it said. */
function Corrected({ row, at, name, value, editor, same }: CellProps) {
  const say = useWords('upload');
  const corrected = row.corrected.find((one) => one.at === at);
  if (!corrected) return null;
  const { from, by } = corrected;
  const before = from || say('empty');
  const isLocked = editor.draft?.whyNot !== null;
  const others = at === null || name === 'UserPrincipalName' ? 0 : same(at, from);
  return (
    <span className={styles.minor}>
      {say('correctedBy', { from: before, by })}{' '}
      {!isLocked && (
        <button
          type="button"
          className={styles.link}
          aria-label={say('putBackCell', { name, line: row.line })}
          onClick={() => editor.correct(row.line, at, null)}
        >
          {say('putBack')}
        </button>
      )}{' '}
      {!isLocked && at !== null && others > 0 && (
        <button type="button" className={styles.link} onClick={() => editor.correctSame(at, from, value)}>
          {say.parts('applyTo', { n: others, name, from: before, unseen })}
        </button>
      )}
    </span>
  );
}

/** One cell: its text is the button that corrects it. Enter saves, Escape leaves. */
export function Cell(props: CellProps) {
  const say = useWords('upload');
  const { index, row, at, name, value, editor, editing, edit } = props;
  const key = `${row.line}:${at ?? 'row'}`;
  const [saving, setSaving] = useState<string | null>(null);
  const note = row.notes.find((one) => one.at === at);
  const corrected = row.corrected.find((one) => one.at === at);
  if (editing === key) {
    const leave = (keepFocus: boolean) => edit(null, keepFocus ? key : undefined);
    const save = async (to: string, keepFocus: boolean) => {
      setSaving(to);
      leave(keepFocus);
      await editor.correct(row.line, at, to);
      setSaving(null);
    };
    const field = { value: saving ?? value, name, line: row.line, leave, save };
    const mapped = name === 'EmployeeType' ? (editor.draft?.mapped ?? []) : [];
    return mapped.length > 0 ? <TypeEditor {...field} mapped={mapped} /> : <Editor {...field} />;
  }
  const text = saving ?? value;
  const shown = text === '' ? <span className={styles.empty}>{say('empty')}</span> : <Upn text={text} />;
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
          aria-label={say('correctCell', { text: text || say('empty'), name, line: row.line })}
          onClick={() => edit(key)}
        >
          {shown}
        </button>
      )}
      {saving === null && <Corrected {...props} />}
    </div>
  );
}
