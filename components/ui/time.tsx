'use client';

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { localText, relativeText, utcText } from '#components/text/time-text.ts';

const NowContext = createContext(0);

const TICK_MS = 20_000;

/** The clock of a page. It starts at the server's time, so that the first text is the same on both sides. */
export function Clock({ now, children }: { now: number; children: ReactNode }) {
  const [shown, setShown] = useState(now);
  useEffect(() => {
    const tick = () => setShown(Date.now());
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <NowContext value={shown}>{children}</NowContext>;
}

/** The reader's own time zone, once the page is hydrated: the server does not know it. */
function useLocalText(at: number): string {
  const [text, setText] = useState('');
  useEffect(() => setText(localText(at)), [at]);
  return text;
}

/** A time in the reader's zone, with UTC on hover; UTC until the page is hydrated. */
export function Moment({ at }: { at: number }) {
  const local = useLocalText(at);
  return (
    <time dateTime={new Date(at).toISOString()} title={utcText(at)} className="moment">
      {local || utcText(at)}
    </time>
  );
}

/** A moment as people say it, and the exact time in the reader's zone and in UTC. `isPlan`: something still to come; else it has happened, though the page's clock may lag. */
export function useTimeText(at: number, isPlan = false): { text: string; title: string } {
  const now = useContext(NowContext);
  const local = useLocalText(at);
  return {
    text: isPlan && at <= now ? 'due now' : relativeText(isPlan ? at : Math.min(at, now), now),
    title: local ? `${local} (${utcText(at)})` : utcText(at),
  };
}

/** A moment as people say it, with the exact time on hover. `isPlan`: something still to come. */
export function Time({ at, isPlan = false }: { at: number; isPlan?: boolean }) {
  const { text, title } = useTimeText(at, isPlan);
  return (
    <time dateTime={new Date(at).toISOString()} title={title} className="moment">
      {text}
    </time>
  );
}
