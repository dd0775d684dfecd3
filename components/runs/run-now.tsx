'use client';

import { PlayIcon } from '@primer/octicons-react/PlayIcon';
import { useState } from 'react';
import { GuardedButton } from '#components/controls/guarded-button.tsx';
import { useRefresh } from '#components/live/use-refresh.ts';
import { Link } from '#components/ui/link.tsx';
import { postJson } from '#components/ui/post.ts';
import stack from '#components/ui/stack.module.css';
import { useWords } from '#components/words/use-words.ts';
import type { StartedRun } from '#lib/services/runs/run-requests.ts';

/** Starts a cycle, or a dry run that says what a cycle would do. */
export function RunNow({ whyNot }: { whyNot: string | null }) {
  const say = useWords('runs');
  const refresh = useRefresh();
  const [isBusy, setBusy] = useState(false);
  const [feedback, setFeedback] = useState<{ text: string; runId?: string }>({ text: '' });
  const start = async (dryRun: boolean) => {
    setBusy(true);
    const answer = await postJson<StartedRun>('/api/runs', { dryRun });
    if (answer.ok) {
      const { wasQueued, runId } = answer.data;
      setFeedback({
        text: say(wasQueued ? 'alreadyQueued' : dryRun ? 'dryRunStarts' : 'runStarts'),
        runId,
      });
    } else setFeedback({ text: answer.message });
    setBusy(false);
    refresh();
  };
  return (
    <div className={stack.row}>
      <span role="status" className="muted">
        {feedback.text}
        {feedback.runId && (
          <>
            {' '}
            <Link href={`/runs/${feedback.runId}`}>{say('watch')}</Link>
          </>
        )}
      </span>
      <GuardedButton whyNot={whyNot} onClick={() => start(true)} disabledFocusable={isBusy}>
        {say('dryRun')}
      </GuardedButton>
      <GuardedButton
        whyNot={whyNot}
        appearance="primary"
        icon={<PlayIcon />}
        onClick={() => start(false)}
        disabledFocusable={isBusy}
      >
        {say('runNow')}
      </GuardedButton>
    </div>
  );
}
