'use client';

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { relativeText, utcText, zonedText } from '#components/text/time-text.ts';
import { useWords } from '#components/words/use-words.ts';

/** How this reader wants times. */
export interface TimeStyle {
  /** Null: that of the reader's computer, which the server does not know. */
  zone: string | null;
  isHour12: boolean;
  isAbsolute: boolean;
}

const NowContext = createContext(0);
const StyleContext = createContext<TimeStyle>({ zone: null, isHour12: false, isAbsolute: false });

const TICK_MS = 20_000;

/** The clock of a page. It starts at the server's time, so that the first text is the same on both sides. */
export function Clock({ now, style, children }: { now: number; style: TimeStyle; children: ReactNode }) {
  const [shown, setShown] = useState(now);
  useEffect(() => {
    const tick = () => setShown(Date.now());
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <StyleContext value={style}>
      <NowContext value={shown}>{children}</NowContext>
    </StyleContext>
  );
}

/** Date and time in the chosen zone; in the reader's own once the page is hydrated, until then empty. */
function useExactText(at: number, place: string | null, hasSeconds: boolean): string {
  const say = useWords('time');
  const { isHour12 } = useContext(StyleContext);
  const [text, setText] = useState('');
  useEffect(() => {
    if (place === null) setText(zonedText(say, at, null, isHour12, hasSeconds));
  }, [say, at, place, isHour12, hasSeconds]);
  return place === null ? text : zonedText(say, at, place, isHour12, hasSeconds);
}

/** A time with its date, and UTC on hover. `zone`: one that the page is about, whatever the reader chose. */
export function Moment({ at, zone }: { at: number; zone?: string }) {
  const say = useWords('time');
  const style = useContext(StyleContext);
  const exact = useExactText(at, zone ?? style.zone, true);
  return (
    <time dateTime={new Date(at).toISOString()} title={utcText(say, at)} className="moment">
      {exact || utcText(say, at)}
    </time>
  );
}

/** A moment as the reader wants it: how long ago, with the exact time on hover, or the other way round. `isPlan`: something still to come; else it has happened, though the page's clock may lag. */
export function useTimeText(at: number, isPlan = false): { text: string; title: string } {
  const say = useWords('time');
  const now = useContext(NowContext);
  const { zone, isHour12, isAbsolute } = useContext(StyleContext);
  const exact = useExactText(at, zone, !isAbsolute);
  const relative = isPlan && at <= now ? say('due') : relativeText(say, isPlan ? at : Math.min(at, now), now);
  const utc = utcText(say, at);
  if (isAbsolute) {
    const text = exact || say('inUtc', { moment: zonedText(say, at, 'UTC', isHour12, false) });
    return { text, title: say('also', { one: relative, other: utc }) };
  }
  return { text: relative, title: exact ? say('also', { one: exact, other: utc }) : utc };
}

/** A moment as the reader wants it. `isPlan`: something still to come. */
export function Time({ at, isPlan = false }: { at: number; isPlan?: boolean }) {
  const { text, title } = useTimeText(at, isPlan);
  return (
    <time dateTime={new Date(at).toISOString()} title={title} className="moment">
      {text}
    </time>
  );
}
