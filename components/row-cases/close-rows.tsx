'use client';

import { useState } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import { ReasonDialog } from '#components/people/actions/reason-dialog.tsx';
import { useToast } from '#components/people/actions/toasts.tsx';
import { postJson, sessionEnd } from '#components/ui/post.ts';
import { useWords } from '#components/words/use-words.ts';

/** Rows that were chosen, or all that are open in a file. */
type RowsToClose = { cases: readonly { id: number; revision: number }[] } | { fileId: string; open: number };

interface Props {
  rows: RowsToClose;
  /** What is closed, in the words of the button; without it the rows are counted. */
  label?: string;
  /** A whole file that was refused. */
  isFile?: boolean;
  /** Why this operator may not; null: it may. */
  whyNot: string | null;
  onDone?: () => void;
}

/** Closes rows that will never become a person, or a file that was refused whole: asks why, and says what came of it. */
export function CloseRows({ rows, label, isFile = false, whyNot, onDone }: Props) {
  const say = useWords('rowCases');
  const sayAction = useWords('actions');
  const refresh = useRefresh();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const toast = useToast();
  const count = 'cases' in rows ? rows.cases.length : rows.open;
  const words = label ?? say('closeRows', { n: count });
  const often = isFile ? (['often.wrongFile'] as const) : (['often.left', 'often.noMailbox'] as const);
  const close = async (why: string) => {
    setBusy(true);
    const [url, body] =
      'cases' in rows
        ? ['/api/rows/close', { cases: rows.cases.map(({ id, revision }) => ({ id, revision })), why }]
        : ['/api/rows/close-file', { ...rows, why }];
    const answer = await postJson<{ closed: number }>(url as string, body);
    setBusy(false);
    if (sessionEnd.isEnded()) return refresh();
    setAsking(false);
    toast({ text: answer.ok ? say('closedRows', { n: answer.data.closed }) : answer.message });
    if (answer.ok) onDone?.();
    refresh();
  };
  return (
    <>
      <GuardedButton whyNot={whyNot} disabledFocusable={isBusy} onClick={() => setAsking(true)}>
        {words}
      </GuardedButton>
      <ReasonDialog
        title={say('question', { deed: words })}
        verb={say('close')}
        reasons={[say('often.again'), ...often.map((reason) => sayAction(reason))]}
        isOpen={isAsking}
        isBusy={isBusy}
        close={() => setAsking(false)}
        act={close}
      >
        <p>{say('closeMeans')}</p>
      </ReasonDialog>
    </>
  );
}
