/** Server-sent events: a response that stays open and sends every new version once. Polls `read`. */
import { ServiceError } from '#lib/services/http/errors.ts';

export interface LiveTiming {
  /** How often `read` is called. */
  everyMs: number;
  /** How often a comment is sent, so that no proxy takes the stream for dead. */
  heartbeatMs: number;
  /** Then the stream ends: the browser reconnects, and is authorised again. */
  endAfterMs: number;
}

const LIVE_TIMING: LiveTiming = { everyMs: 500, heartbeatMs: 15_000, endAfterMs: 5 * 60_000 };

/** How soon the browser reconnects after the end. */
const RETRY_MS = 1000;

/** Nothing on the way may cache, compress or buffer the stream. */
export const LIVE_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-store, no-transform',
  'x-accel-buffering': 'no',
};

function eventText(version: string, data: unknown): string {
  return `id: ${version}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Sends the first answer at once, then every new version. Ends when its time is up, the reader leaves, or `read` throws. */
export function liveStream<T extends { version: string }>(
  read: () => T,
  signal: AbortSignal,
  { everyMs, heartbeatMs, endAfterMs }: LiveTiming = LIVE_TIMING,
  onEnd = () => {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const timers: NodeJS.Timeout[] = [];
  let close = () => {};
  const finish = () => {
    for (const timer of timers) clearInterval(timer);
    signal.removeEventListener('abort', end);
    onEnd();
  };
  const end = () => {
    finish();
    close();
    close = () => {};
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let sent: string | null = null;
      close = () => controller.close();
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const poll = () => {
        try {
          const answer = read();
          if (answer.version !== sent) send(eventText(answer.version, answer));
          sent = answer.version;
        } catch {
          // The session has ended, or the server is stopping. The browser reconnects and gets the reason in an ordinary response.
          end();
        }
      };
      signal.addEventListener('abort', end);
      timers.push(
        setInterval(poll, everyMs),
        setInterval(() => send(': still here\n\n'), heartbeatMs),
        setTimeout(end, endAfterMs),
      );
      send(`retry: ${RETRY_MS}\n\n`);
      if (signal.aborted) end();
      else poll();
    },
    cancel: finish,
  });
}

/** Only a window that is seen has a stream; six thousand of one Viewer took the server's memory and its time. */
const STREAMS_EACH = 50;

const streams = new Map<string, Set<symbol>>();

/** A stream of `owner`’s. Throws `unavailable` where there are as many as anybody needs: pages then ask now and then. */
export function liveStreamOf<T extends { version: string }>(
  owner: string,
  read: () => T,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const open = streams.get(owner) ?? new Set();
  if (open.size >= STREAMS_EACH)
    throw new ServiceError('unavailable', `${STREAMS_EACH} live updates are open already: ask /api/live-updates.`);
  const mine = Symbol();
  streams.set(owner, open.add(mine));
  return liveStream(read, signal, LIVE_TIMING, () => {
    const isFirstEnd = open.delete(mine);
    if (isFirstEnd && open.size === 0) streams.delete(owner);
  });
}
