'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const EVERY_MS = 800;
/** What takes longer is not worth asking for so often: the page's own pulse will show it. */
const PATIENCE_MS = 120_000;

/** Stands on a page while something that began at `since` is under way: asks the server for the page again and again. */
export function KeepFresh({ since }: { since: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (Date.now() - since < PATIENCE_MS && !document.hidden) router.refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [router, since]);
  return null;
}
