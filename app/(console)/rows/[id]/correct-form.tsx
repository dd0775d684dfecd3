'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '#components/controls/button.tsx';
import { Field, Input, Textarea } from '#components/controls/field.tsx';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { RowCaseDetail } from '#lib/services/row-cases/row-cases.ts';

interface Props {
  row: RowCaseDetail;
  /** Why this operator may not correct; null: it may. */
  whyNot: string | null;
}

/** The cells of a row that stayed out, each with what is wrong and what was probably meant; and what came of correcting it. */
export function CorrectForm({ row, whyNot }: Props) {
  const say = useWords('rowCases');
  const refresh = useRefresh();
  const [cells, setCells] = useState(row.cells);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const set = (at: number, to: string) => setCells(cells.with(at, to));
  const send = async (path: string, body: unknown) => {
    setBusy(true);
    const answer = await postJson(path, body);
    setBusy(false);
    setRefusal(answer.ok ? '' : answer.message);
    refresh();
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    void send('/api/rows/correct', { id: row.id, revision: row.revision, cells });
  };
  const correctAlike = (at: number | null, pattern: string) =>
    send('/api/rows/correct-alike', { fileId: row.fileId, at, pattern });
  const alike = (at: number | null, pattern: string) => (
    <Alike
      count={row.alike[`${at ?? 'row'}|${pattern}`] ?? 0}
      isExact={row.isAlikeExact}
      whyNot={whyNot}
      isBusy={isBusy}
      correct={() => correctAlike(at, pattern)}
    />
  );
  const { meant } = row;
  return (
    <form onSubmit={save} className={stack.stack} data-unsaved={cells.some((cell, at) => cell !== row.cells[at])}>
      {!row.isSplit && (
        <div className={stack.row}>
          <p>{say('notSplit')}</p>
          {meant && (
            <>
              <Button appearance="subtle" onClick={() => setCells(meant.cells)}>
                {say('fillIn')}
              </Button>
              {alike(null, meant.pattern)}
            </>
          )}
        </div>
      )}
      {row.names.map((name, at) => {
        const notes = row.notes.filter((note) => note.at === at);
        const isChanged = cells[at] !== row.cells[at];
        const value = cells[at] ?? '';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its place
          <div key={at} className={stack.stack}>
            <Field
              label={name.trim() || say('column', { n: at + 1 })}
              problem={isChanged ? undefined : notes.map(({ message }) => message).join('. ') || undefined}
            >
              {value.includes('\n') ? (
                <Textarea value={value} onChange={({ target }) => set(at, target.value)} />
              ) : (
                <Input value={value} onChange={({ target }) => set(at, target.value)} />
              )}
            </Field>
            {notes.some(({ suggestions }) => suggestions.length > 0) && (
              <div className={stack.row}>
                {notes.flatMap(({ suggestions }) =>
                  suggestions.map(({ to, pattern }) => (
                    <span key={to} className={stack.row}>
                      <Button appearance="subtle" onClick={() => set(at, to)}>
                        {to === '' ? say('leaveEmpty') : say('use', { value: to })}
                      </Button>
                      {alike(at, pattern)}
                    </span>
                  )),
                )}
              </div>
            )}
          </div>
        );
      })}
      {refusal && <p role="alert">{refusal}</p>}
      <div className={stack.row}>
        <GuardedButton type="submit" appearance="primary" whyNot={whyNot} disabledFocusable={isBusy}>
          {say('correct')}
        </GuardedButton>
      </div>
    </form>
  );
}

/** Offered where more rows of the file have the same mistake. */
function Alike(props: {
  count: number;
  isExact: boolean;
  whyNot: string | null;
  isBusy: boolean;
  correct: () => void;
}) {
  const say = useWords('rowCases');
  const { count, isExact, whyNot, isBusy, correct } = props;
  if (count < 2) return null;
  return (
    <GuardedButton appearance="subtle" whyNot={whyNot} disabledFocusable={isBusy} onClick={correct}>
      {isExact ? say('allAlike', { n: count }) : say('alike')}
    </GuardedButton>
  );
}
