'use client';

import { useState } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';

interface Props {
  /** Where the request is posted, and with what. */
  to: string;
  body: Record<string, string>;
  label: string;
  /** Said while the answer is awaited. */
  underWay: string;
  whyNot: string | null;
  isUnderWay: boolean;
  isPrimary?: boolean;
}

/** Asks for something that is read or tested in the background; the page shows what is found. */
export function AskButton({ to, body, label, underWay, whyNot, isUnderWay, isPrimary = false }: Props) {
  const refresh = useRefresh();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const ask = async () => {
    setBusy(true);
    const answer = await postJson(to, body);
    setProblem(answer.ok ? '' : answer.message);
    setBusy(false);
    refresh();
  };
  return (
    <div className={stack.row}>
      <span role="status" className="muted">
        {problem || (isUnderWay && underWay)}
      </span>
      <GuardedButton
        whyNot={whyNot}
        appearance={isPrimary ? 'primary' : 'secondary'}
        onClick={ask}
        disabledFocusable={isBusy || isUnderWay}
      >
        {label}
      </GuardedButton>
    </div>
  );
}
