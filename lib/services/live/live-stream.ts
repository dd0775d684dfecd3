/** Server-sent events: an answer that stays open and says each new thing once. It asks nobody by itself; `read` does. */

export interface LiveTiming {
  /** How often `read` is asked. */
  everyMs: number;
  /** A comment so often, so that no proxy takes the stream for dead. */
  heartbeatMs: number;
  /** Then the stream ends: the browser comes back, and is authorised anew. */
  endAfterMs: number;
}

const LIVE_TIMING: LiveTiming = { everyMs: 500, heartbeatMs: 15_000, endAfterMs: 5 * 60_000 };

/** The browser comes back so soon after an end. */
const RETRY_MS = 1000;

/** Nobody on the way keeps, squeezes or holds back what is sent. */
export const LIVE_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-store, no-transform',
  'x-accel-buffering': 'no',
};

function eventText(version: string, data: unknown): string {
  return `id: ${version}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The first answer at once, then each one with another version. Ends when its time is up, the reader goes, or `read` throws. */
export function liveStream<T extends { version: string }>(
  read: () => T,
  signal: AbortSignal,
  { everyMs, heartbeatMs, endAfterMs }: LiveTiming = LIVE_TIMING,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const timers: NodeJS.Timeout[] = [];
  let close = () => {};
  const finish = () => {
    for (const timer of timers) clearInterval(timer);
    signal.removeEventListener('abort', end);
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
      const say = (text: string) => controller.enqueue(encoder.encode(text));
      const look = () => {
        try {
          const answer = read();
          if (answer.version !== sent) say(eventText(answer.version, answer));
          sent = answer.version;
        } catch {
          // The database is closed: the server stops. The browser asks again, and hears why by an ordinary answer.
          end();
        }
      };
      signal.addEventListener('abort', end);
      timers.push(
        setInterval(look, everyMs),
        setInterval(() => say(': still here\n\n'), heartbeatMs),
        setTimeout(end, endAfterMs),
      );
      say(`retry: ${RETRY_MS}\n\n`);
      if (signal.aborted) end();
      else look();
    },
    cancel: finish,
  });
}
