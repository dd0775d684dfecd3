'use client';

/** The latest pulse of this tab, for whatever shows progress. One listener (`Live`) fills it. */
import { useSyncExternalStore } from 'react';
import type { OpenRun, Pulse } from '#lib/services/live/live-updates.ts';

let latest: Pulse | null = null;
const watchers = new Set<() => void>();

export function keepPulse(pulse: Pulse): void {
  latest = pulse;
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

/** How far an open run is, newer than the page; null: not heard of. */
export function useOpenRun(id: string | undefined): OpenRun | null {
  const pulse = useSyncExternalStore(
    watch,
    () => latest,
    () => null,
  );
  return pulse?.openRuns.find((run) => run.id === id) ?? null;
}
