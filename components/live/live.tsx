'use client';

import { useEffect, useRef, useState } from 'react';
import { useWords } from '#components/words/use-words.ts';
import type { LiveUpdate } from '#lib/services/live/live-updates.ts';
import { tellActivity } from './activity.ts';
import { followLiveUpdates } from './live-updates-source.ts';
import { storeLiveUpdate } from './live-updates-store.ts';
import { percentOf, titleWith } from './tab-title.ts';
import { useRefresh } from './use-refresh.ts';

/** During a run something changes twice a second; the page is reloaded no more often than this. */
const REFRESH_MS = 1_500;

/** Puts the progress into the tab's title, also where a page brings a new title; gives the function that takes it out again. */
function keepTitle(percentNow: () => number | null): { apply: () => void; stop: () => void } {
  const apply = () => {
    const wanted = titleWith(document.title, percentNow());
    if (wanted !== document.title) document.title = wanted;
  };
  const observer = new MutationObserver(apply);
  observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  return {
    apply,
    stop: () => {
      observer.disconnect();
      document.title = titleWith(document.title, null);
    },
  };
}

/** Calls `work` at once, then at most every `ms`, and once more for what came meanwhile. */
function atMostEvery(ms: number, work: () => void): { ask: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  const rest = () => {
    timer = undefined;
    if (isAsked) run();
  };
  const run = () => {
    isAsked = false;
    timer = setTimeout(rest, ms);
    work();
  };
  return {
    ask: () => {
      isAsked = true;
      if (timer === undefined) run();
    },
    stop: () => clearTimeout(timer),
  };
}

/** Keeps the page fresh: hears what is new, shows progress in the tab's title, and tells screen readers when a run starts or ends. */
export function Live({ version }: { version: string }) {
  const say = useWords('navigation');
  const [started, ended] = [say('runStarted'), say('runEnded')];
  const refresh = useRefresh();
  const seen = useRef(version);
  const [news, setNews] = useState('');

  useEffect(() => {
    let openIds = '';
    let percent: number | null = null;
    let isStale = false;
    const title = keepTitle(() => percent);
    const refreshing = atMostEvery(REFRESH_MS, refresh);
    const refreshWhereSeen = () => {
      if (!isStale || document.hidden) return;
      isStale = false;
      refreshing.ask();
    };
    const onUpdate = (update: LiveUpdate) => {
      storeLiveUpdate(update);
      const [first] = update.openRuns;
      percent = first ? percentOf(first) : null;
      title.apply();
      const ids = update.openRuns.map(({ id }) => id).join();
      if (ids === '' && openIds !== '') setNews(ended);
      if (ids !== '' && openIds === '') setNews(started);
      openIds = ids;
      isStale ||= update.version !== seen.current;
      seen.current = update.version;
      refreshWhereSeen();
    };
    const unfollow = followLiveUpdates({ onUpdate, onSignedOut: refresh });
    const stopTelling = tellActivity();
    document.addEventListener('visibilitychange', refreshWhereSeen);
    return () => {
      unfollow();
      stopTelling();
      refreshing.stop();
      title.stop();
      document.removeEventListener('visibilitychange', refreshWhereSeen);
    };
  }, [refresh, started, ended]);

  return (
    <p className="unseen" aria-live="polite">
      {news}
    </p>
  );
}
