'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { postJson } from '#components/ui/post.ts';
import type { AgainScope } from '#lib/services/runs/re-run.ts';
import type { StartedAgain } from '#lib/services/runs/run-requests.ts';

export interface AgainRequest {
  kind: 'failed' | 'all' | 'chosen';
  /** The number that the button says. */
  expected: number;
  mapping: 'now' | 'then';
  people?: number[];
}

/** Starts a re-run and goes to it; where it is refused, says why and shows the numbers of now. */
export function useAgain(of: AgainScope) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const start = async (request: AgainRequest) => {
    setBusy(true);
    const answer = await postJson<StartedAgain>('/api/runs/again', { of, ...request });
    if (answer.ok) return router.push(`/runs/${answer.data.runId}`);
    setSaid(answer.message);
    setBusy(false);
    router.refresh();
  };
  return { isBusy, said, start };
}
