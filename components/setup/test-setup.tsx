'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import styles from '#components/runs/run-now.module.css';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { postJson } from '#components/ui/post.ts';

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
    <div className={styles.runNow}>
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
