'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import type { StartedRun } from '#lib/services/runs/run-requests.ts';

/** Starts a dry run over everybody; the address then names it. */
export function StartDryRun(props: { label: string; whyNot: string | null; isUnderWay: boolean }) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const start = async () => {
    setBusy(true);
    const answer = await postJson<StartedRun>('/api/runs', { dryRun: true, checkAll: true });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.message);
    setProblem('');
    router.push(`/setup?step=dry-run&run=${encodeURIComponent(answer.data.runId)}`);
  };
  return (
    <div className={stack.row}>
      <span role="status" className="muted">
        {problem}
      </span>
      <GuardedButton
        whyNot={props.whyNot}
        appearance="primary"
        onClick={start}
        disabledFocusable={isBusy || props.isUnderWay}
      >
        {props.label}
      </GuardedButton>
    </div>
  );
}
