'use client';

/** The latest live update of this tab, for whatever shows progress. One listener (`Live`) fills it. */
import { useSyncExternalStore } from 'react';
import type { LiveUpdate, OpenRun } from '#lib/services/live/live-updates.ts';

let latest: LiveUpdate | null = null;
const watchers = new Set<() => void>();

export function storeLiveUpdate(update: LiveUpdate): void {
  latest = update;
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

/** How far an open run is, newer than the page; null: not heard of. */
export function useOpenRun(id: string | undefined): OpenRun | null {
  const update = useSyncExternalStore(
    watch,
    () => latest,
    () => null,
  );
  return update?.openRuns.find((run) => run.id === id) ?? null;
}
