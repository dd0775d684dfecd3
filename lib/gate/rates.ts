/** How often one visitor may ask for what costs, and for how much at once. In memory: a restart forgives. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { pathOf } from './check-request.ts';
import { visitorAddress, visitorNetwork } from './visitor-address.ts';

interface Rate {
  points: number;
  /** Seconds. */
  duration: number;
}

/** Of one address, or of one network of IPv6. A whole helpdesk may sit behind one: the rates are for a busy office, and far below what hurts. */
const ANY: Rate = { points: 3000, duration: 10 };
/** A sign-in asks four times, and makes the identity provider work. */
const SIGN_IN: Rate = { points: 120, duration: 60 };
/** Answers with 500, each of which is told in the log with all that is known of it. */
const FAILURES: Rate = { points: 100, duration: 60 };

/** Of one session, and ten times as often of one visitor: whoever has a cookie can write others beside it. */
const COSTLY: { paths: RegExp; rate: Rate }[] = [
  { paths: /^\/api\/(?:drafts|files)$/, rate: { points: 30, duration: 60 } },
  { paths: /^\/api\/find$/, rate: { points: 100, duration: 10 } },
  // A pasted list is a search for each of its names.
  { paths: /^\/api\/lists$/, rate: { points: 20, duration: 60 } },
  { paths: /\/(?:export|results|evidence|preview)$/, rate: { points: 60, duration: 60 } },
];

const SESSIONS_A_VISITOR = 10;

/** Each holds memory, and perhaps a file, until it is taken: a busy office has a hundred, most of them live updates. */
export const OPEN_ANSWERS = 1000;
/** Seconds to wait where there are as many. */
const OPEN_WAIT = 10;

const SESSION_COOKIE = /(?:^|;\s*)(?:__(?:Host|Secure)-)?next-auth\.session-token=([^;]*)/;

function sessionKey(headers: IncomingMessage['headers']): string | null {
  const cookie = SESSION_COOKIE.exec(headers.cookie ?? '')?.[1];
  return cookie ? createHash('sha256').update(cookie).digest('base64') : null;
}

export interface Rates {
  /** Seconds until the visitor may ask again; null where it may now. */
  ask(request: IncomingMessage): Promise<number | null>;
  /** Tells that an answer begins. */
  begin(request: IncomingMessage, response: ServerResponse): void;
  /** Tells that the request was answered with 500. */
  failed(request: IncomingMessage): void;
}

const visitorOf = (request: IncomingMessage) => visitorNetwork(visitorAddress(request));

export function rates(): Rates {
  const any = new RateLimiterMemory(ANY);
  const signIn = new RateLimiterMemory(SIGN_IN);
  const failures = new RateLimiterMemory(FAILURES);
  const costly = COSTLY.map(({ paths, rate: { points, duration } }) => ({
    paths,
    ofSession: new RateLimiterMemory({ points, duration }),
    ofVisitor: new RateLimiterMemory({ points: points * SESSIONS_A_VISITOR, duration }),
  }));
  const open = new Map<string, number>();
  return {
    async ask(request) {
      const path = pathOf(request.url ?? '');
      const visitor = visitorOf(request);
      if ((open.get(visitor) ?? 0) >= OPEN_ANSWERS) return OPEN_WAIT;
      const asked = [{ limiter: any, key: visitor }];
      if (/^\/api\/auth\/(?:signin|callback)\//.test(path)) asked.push({ limiter: signIn, key: visitor });
      for (const { paths, ofSession, ofVisitor } of costly)
        if (paths.test(path))
          asked.push(
            { limiter: ofSession, key: sessionKey(request.headers) ?? visitor },
            { limiter: ofVisitor, key: visitor },
          );
      try {
        for (const { limiter, key } of asked) await limiter.consume(key);
        const failed = await failures.get(visitor);
        return failed && failed.consumedPoints >= FAILURES.points ? secondsOf(failed) : null;
      } catch (spent) {
        if (spent instanceof RateLimiterRes) return secondsOf(spent);
        throw spent;
      }
    },
    begin(request, response) {
      const visitor = visitorOf(request);
      open.set(visitor, (open.get(visitor) ?? 0) + 1);
      const over = () => {
        for (const one of ends) one.off('close', over);
        const left = (open.get(visitor) ?? 0) - 1;
        if (left > 0) open.set(visitor, left);
        else open.delete(visitor);
      };
      // One that waits for another on its connection is not told that this has closed.
      const ends = [response, request.socket];
      for (const one of ends) one.once('close', over);
    },
    failed(request) {
      failures.consume(visitorOf(request)).catch(() => {});
    },
  };
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.ceil(msBeforeNext / 1000);
}
