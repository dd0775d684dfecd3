'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';

interface Props {
  userPrincipalName: string;
  label: string;
  whyNot: string | null;
  isUnderWay: boolean;
}

/** Has the facts read from Microsoft 365; the page shows what follows from them. */
export function FindCause({ userPrincipalName, label, whyNot, isUnderWay }: Props) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const ask = async () => {
    setBusy(true);
    const answer = await postJson('/api/diagnoses', { userPrincipalName });
    setProblem(answer.ok ? '' : answer.message);
    setBusy(false);
    router.refresh();
  };
  return (
    <div className={stack.row}>
      <span role="status" className="muted">
        {problem || (isUnderWay && 'Reading …')}
      </span>
      <GuardedButton whyNot={whyNot} onClick={ask} disabledFocusable={isBusy || isUnderWay}>
        {label}
      </GuardedButton>
    </div>
  );
}
