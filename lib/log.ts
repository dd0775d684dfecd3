/** The process log: one JSON line an entry, on stderr, so that stdout stays free for the command line's answers. Never a secret. */
import pino from 'pino';

export const log = pino(
  {
    level: process.env.LOG_LEVEL ?? 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['*.authorization', '*.password', '*.clientSecret', '*.access_token', '*.cookie'], censor: '***' },
  },
  pino.destination({ dest: 2, sync: true }),
);
