'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useRefresh } from '#components/live/use-refresh.ts';
import { postJson } from '#components/ui/post.ts';
import type { ReRunScope } from '#lib/services/runs/re-run.ts';
import type { StartedReRun } from '#lib/services/runs/run-requests.ts';

export interface ReRunRequest {
  kind: 'failed' | 'all' | 'chosen';
  /** The number that the button says. */
  expected: number;
  mapping: 'now' | 'then';
  people?: number[];
}

/** Starts a re-run and goes to it; where it is refused, says why and shows the numbers of now. */
export function useReRun(of: ReRunScope) {
  const router = useRouter();
  const refresh = useRefresh();
  const [isBusy, setBusy] = useState(false);
  const [feedback, setFeedback] = useState('');
  const start = async (request: ReRunRequest) => {
    setBusy(true);
    const answer = await postJson<StartedReRun>('/api/runs/again', { of, ...request });
    if (answer.ok) return router.push(`/runs/${answer.data.runId}`);
    setFeedback(answer.message);
    setBusy(false);
    refresh();
  };
  return { isBusy, feedback, start };
}
