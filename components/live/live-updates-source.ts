/** Where the browser hears what is new: a stream of events, or, where that is blocked or the tab is hidden, asking now and then. */
import { getJson, sessionEnd } from '#components/ui/post.ts';
import type { LiveUpdate } from '#lib/services/live/live-updates.ts';

/** A stream that is silent this long after it was opened is being buffered by a proxy. */
const SILENCE_MS = 6_000;
const FAILURES_BEFORE_POLLING = 2;
const POLL_WHILE_A_RUN_WORKS_MS = 2_000;
const POLL_OTHERWISE_MS = 10_000;
/** A blocked stream is tried again after this long. */
const TRY_STREAM_AGAIN_MS = 5 * 60_000;

export interface LiveUpdateListener {
  onUpdate(update: LiveUpdate): void;
  /** The session has ended. */
  onSignedOut(): void;
}

/** Asks now and then. Gives the function that stops it. */
function poll({ onUpdate, onSignedOut }: LiveUpdateListener): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  let waitMs = POLL_OTHERWISE_MS;
  const beat = async () => {
    const answer = await getJson<LiveUpdate>('/api/live-updates');
    if (isOver) return;
    if (answer.ok) {
      waitMs = answer.data.openRuns.length > 0 ? POLL_WHILE_A_RUN_WORKS_MS : POLL_OTHERWISE_MS;
      onUpdate(answer.data);
    } else if (answer.code === 'unauthenticated') return onSignedOut();
    timer = setTimeout(beat, waitMs);
  };
  void beat();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

/** Listens to the stream; `onBlocked` where it says nothing or fails again and again. Gives the function that stops it. */
function stream({ onUpdate }: LiveUpdateListener, onBlocked: () => void): () => void {
  const source = new EventSource('/api/live');
  let failures = 0;
  // A stream lives on the session it was opened with; what was answered since then is newer.
  const forget = sessionEnd.subscribe(() => sessionEnd.isEnded() && onBlocked());
  const silence = setTimeout(onBlocked, SILENCE_MS);
  source.onmessage = ({ data }: MessageEvent<string>) => {
    clearTimeout(silence);
    failures = 0;
    sessionEnd.tell(false);
    onUpdate(JSON.parse(data));
  };
  source.onerror = () => {
    failures += 1;
    // The browser gave up: the answer was a refusal, or no stream.
    if (source.readyState === EventSource.CLOSED || failures >= FAILURES_BEFORE_POLLING) onBlocked();
  };
  return () => {
    clearTimeout(silence);
    forget();
    source.close();
  };
}

/** Follows what is new until the returned function is called. A hidden tab only asks, because a browser keeps few streams open at once. */
export function followLiveUpdates(listener: LiveUpdateListener): () => void {
  let stop = () => {};
  let again: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    stop();
    clearTimeout(again);
    stop = document.hidden ? poll(listener) : stream(listener, fallBack);
  };
  const fallBack = () => {
    stop();
    stop = poll(listener);
    again = setTimeout(connect, TRY_STREAM_AGAIN_MS);
  };
  connect();
  document.addEventListener('visibilitychange', connect);
  window.addEventListener('online', connect);
  // A page taken out of the browser's back-forward cache has lost its stream.
  window.addEventListener('pageshow', connect);
  return () => {
    stop();
    clearTimeout(again);
    document.removeEventListener('visibilitychange', connect);
    window.removeEventListener('online', connect);
    window.removeEventListener('pageshow', connect);
  };
}
