'use client';

import { useEffect } from 'react';
import { useRefresh } from './use-refresh.ts';

const EVERY_MS = 800;
/** After this long polling is not worth it: the page's live updates will show the end. */
const PATIENCE_MS = 120_000;

/** Reloads the page from the server again and again while something that began at `since` is in progress. */
export function KeepFresh({ since }: { since: number }) {
  const refresh = useRefresh();
  useEffect(() => {
    const timer = setInterval(() => {
      if (Date.now() - since < PATIENCE_MS && !document.hidden) refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh, since]);
  return null;
}
