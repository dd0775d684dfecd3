'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';

/** Asks for a test of the whole set-up; the page shows what it finds. */
export function TestSetup(props: { label: string; whyNot: string | null; isUnderWay: boolean; isPrimary?: boolean }) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const test = async () => {
    setBusy(true);
    const answer = await postJson('/api/setup/checks', {});
    setProblem(answer.ok ? '' : answer.message);
    setBusy(false);
    router.refresh();
  };
  return (
    <div className={stack.row}>
      <span role="status" className="muted">
        {problem || (props.isUnderWay && 'Testing …')}
      </span>
      <GuardedButton
        whyNot={props.whyNot}
        appearance={props.isPrimary ? 'primary' : 'secondary'}
        onClick={test}
        disabledFocusable={isBusy || props.isUnderWay}
      >
        {props.label}
      </GuardedButton>
    </div>
  );
}
