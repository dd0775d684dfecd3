'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { address } from '#components/text/address.ts';
import { type Answer, postJson } from '#components/ui/post.ts';
import type { Impact, Published } from '#lib/services/mappings/mapping-changes.ts';
import type { RemovalImpact, Removed } from '#lib/services/mappings/mapping-removal.ts';
import type { draftOf } from './typed-mapping.ts';

type Draft = ReturnType<typeof draftOf>;
type Publication = Draft & { baseId: number | null; rank: number; note: string; release: boolean };

/**
 * What the server says of a draft: its impact, that of a removal, or a refusal.
 * `onPublished`: what happens instead of going on to whom it concerns.
 */
export function useMappingServer(baseId: number | null, onPublished: (() => void) | undefined) {
  const router = useRouter();
  const [impact, setImpact] = useState<Impact | null>(null);
  const [removal, setRemoval] = useState<RemovalImpact | null>(null);
  const [problem, setProblem] = useState<Extract<Answer<unknown>, { ok: false }> | null>(null);
  const [isBusy, setBusy] = useState(false);

  /** A refusal is shown, and gives null. */
  async function ask<T>(path: string, body: unknown): Promise<T | null> {
    setBusy(true);
    const answer = await postJson<T>(path, body);
    setBusy(false);
    setProblem(answer.ok ? null : answer);
    return answer.ok ? answer.data : null;
  }
  const leave = (href: string) => {
    router.push(href);
    router.refresh();
  };

  return {
    impact,
    removal,
    problem,
    isBusy,
    /** The draft is no longer the one that was checked. */
    forget() {
      setImpact(null);
      setRemoval(null);
      setProblem(null);
    },
    async check(draft: Draft) {
      setRemoval(null);
      setImpact(await ask<Impact>('/api/mappings/preview', draft));
    },
    async publish(publication: Publication) {
      const done = await ask<Published>('/api/mappings', publication);
      if (!done) return;
      const { released, employeeType, eventId } = done;
      if (onPublished) onPublished();
      else if (released > 0) leave(address('/people', { type: employeeType, changed: eventId }));
      else leave(address('/mappings', { changed: eventId }));
    },
    async checkRemoval(employeeType: string) {
      setImpact(null);
      setRemoval(await ask<RemovalImpact>('/api/mappings/remove/preview', { employeeType, baseId }));
    },
    async remove(employeeType: string) {
      const done = await ask<Removed>('/api/mappings/remove', { employeeType, baseId });
      if (done) leave(address('/mappings', { changed: done.eventId }));
    },
  };
}
