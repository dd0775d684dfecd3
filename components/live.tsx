'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import type { Pulse } from '#lib/services/runs.ts';

const WHILE_A_RUN_WORKS_MS = 2_000;
const OTHERWISE_MS = 10_000;

async function askPulse(): Promise<Pulse | 'signed out' | null> {
  try {
    const response = await fetch('/api/pulse', { cache: 'no-store' });
    if (response.status === 401) return 'signed out';
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** Keeps the page fresh: asks whether anything is new, sleeps while the tab is hidden, and tells screen readers when a run starts or ends. */
export function Live({ version }: { version: string }) {
  const router = useRouter();
  const seen = useRef(version);
  const wasOpen = useRef(false);
  const [news, setNews] = useState('');

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;

    const beat = async () => {
      const pulse = document.hidden ? null : await askPulse();
      if (isGone) return;
      if (pulse === 'signed out') return router.refresh();
      if (pulse && pulse.version !== seen.current) {
        seen.current = pulse.version;
        router.refresh();
      }
      const isOpen = pulse ? pulse.openRun !== null : wasOpen.current;
      if (isOpen !== wasOpen.current) setNews(isOpen ? 'A run works now.' : 'The run has ended.');
      wasOpen.current = isOpen;
      clearTimeout(timer);
      timer = setTimeout(beat, isOpen ? WHILE_A_RUN_WORKS_MS : OTHERWISE_MS);
    };
    const onShown = () => {
      if (!document.hidden) void beat();
    };

    void beat();
    document.addEventListener('visibilitychange', onShown);
    return () => {
      isGone = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onShown);
    };
  }, [router]);

  return (
    <p className="unseen" aria-live="polite">
      {news}
    </p>
  );
}
