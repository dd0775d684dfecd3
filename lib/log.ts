/** The process log: one JSON line per entry, on stderr, so that stdout stays free for the command line's results. Never a secret. */
import pino from 'pino';

const wanted = process.env.LOG_LEVEL?.trim().toLowerCase() ?? '';

/** Set by `lib/log-forward`. Next bundles this file once more: both write to the same process. */
const shared = globalThis as typeof globalThis & { autoprovisionForwardLine?: (line: string) => void };

const stderr = pino.destination({ dest: 2, sync: true });

/** What JSON leaves as it is although terminals and readers of lines act on it: the controls C1, separators of lines, marks of direction. */
const ACTED_ON = /[\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What was redacted is so for everybody who gets the line. */
function write(line: string): void {
  const plain = line.replace(ACTED_ON, escaped);
  stderr.write(plain);
  shared.autoprovisionForwardLine?.(plain);
}

export const log = pino(
  {
    // A level that does not exist is refused by `lib/env.ts`, in one line; pino would throw here.
    level: wanted in pino.levels.values || wanted === 'silent' ? wanted : 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['*.authorization', '*.password', '*.clientSecret', '*.access_token', '*.cookie'], censor: '***' },
  },
  { write },
);

const SPAN_MS = 60_000;

/** For what a stranger can cause: the first `limit` lines of each minute are written, and of the others how many there were. */
export function sparingly(limit: number, tellMore: (lines: number) => void): (write: () => void) => void {
  let lines = 0;
  let more = 0;
  const endSpan = () => {
    if (more > 0) tellMore(more);
    lines = 0;
    more = 0;
  };
  return (write) => {
    if (lines === 0) setTimeout(endSpan, SPAN_MS).unref();
    if (lines === limit) {
      more += 1;
      return;
    }
    lines += 1;
    write();
  };
}
