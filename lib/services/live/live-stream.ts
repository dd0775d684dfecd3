/** Server-sent events: a response that stays open and sends every new version once. Polls `read`. */

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
