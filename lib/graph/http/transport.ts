/** One HTTP round trip to Graph through `@microsoft/microsoft-graph-client`: token, ids, time-out. Retries are decided elsewhere. */

import { randomUUID } from 'node:crypto';
import type { TokenCredential } from '@azure/identity';
import { Client, HTTPMessageHandler, ResponseType } from '@microsoft/microsoft-graph-client';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import { DirectoryError } from './errors.ts';

/** A call and its result, stored with the outcome so that Microsoft's support can trace it. */
export interface CallRecord {
  call: string;
  status: number | null;
  code: string | null;
  /** Graph's message beside the code, cut to a readable length; null where it succeeded or gave none. */
  said: string | null;
  requestId: string | null;
  clientRequestId: string;
  at: number;
  durationMs: number;
}

/** What a request cost at Graph. */
export interface Traffic {
  /** HTTP round trips to Graph. */
  requests: number;
  /** Requests inside `$batch` round trips. */
  subRequests: number;
  writes: number;
  throttled: number;
  retried: number;
  resourceUnits: number;
}

export function noTraffic(): Traffic {
  return { requests: 0, subRequests: 0, writes: 0, throttled: 0, retried: 0, resourceUnits: 0 };
}

/** Which requests a throttled tenant drops first (graph-facts §1). */
export function priorityHeader(urgent: boolean): { 'x-ms-throttle-priority': string } {
  return { 'x-ms-throttle-priority': urgent ? 'high' : 'low' };
}

export type Method = 'GET' | 'POST' | 'PATCH';

export type RoundTrip =
  | {
      kind: 'answered';
      status: number;
      headers: Headers;
      body: unknown;
      record: CallRecord;
      /** Drops the token it was sent with, where that is still in use: a part of a batch was refused with it. */
      dropToken(): void;
    }
  /** No usable answer: reset, time-out or a body that is not JSON. A write may have been applied, unless nothing was sent. */
  | { kind: 'lost'; why: string; wasSent: boolean; record: CallRecord };

/** Connection failures: the request has not left this machine. */
const UNSENT_CODES: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

function wasNeverSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && 'code' in cause && UNSENT_CODES.includes(cause.code);
}

function isRedirect({ status }: Response): boolean {
  return status >= 300 && status < 400;
}

export interface TransportOptions {
  baseUrl: string;
  credential: TokenCredential;
  /** Creates a credential without cached tokens, for `refreshToken`. */
  renewCredential?: () => TokenCredential;
  timeoutMs: number;
}

/** The first line of a sign-in error, without trace lines and without the assertion that some of them echo. */
export function signInMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // The library names only a page of its own.
  if (text.includes('endpoints_resolution_error')) return silence('authorityUnusable');
  const known = /AADSTS\d+:[^\r\n]*/.exec(text)?.[0] ?? text.split(/\r?\n/)[0] ?? '';
  return known.replace(/[A-Za-z0-9_-]{40,}(\.[A-Za-z0-9_-]+)*/g, '…').slice(0, 300);
}

/** True where the authority gave no verdict on us: it throttles, is down or cannot be reached. Its refusals have an AADSTS code. */
function isAuthorityAway(text: string): boolean {
  return !/AADSTS\d/.test(text) && /Http status code: (429|5\d\d)|network_error/.test(text);
}

function tokenError(error: unknown): DirectoryError {
  const text = error instanceof Error ? error.message : '';
  const more = { cause: error };
  if (!isAuthorityAway(text))
    return new DirectoryError('sign_in_failed', sentence('signInFailed', { why: signInMessage(error) }), more);
  const isThrottling = text.includes('Http status code: 429');
  return new DirectoryError('graph_down', sentence(isThrottling ? 'signInsThrottled' : 'entraSilent'), more);
}

export class GraphTransport {
  readonly #client: Client;
  readonly #timeoutMs: number;
  readonly #scope: string;
  readonly #renewCredential: (() => TokenCredential) | undefined;
  #credential: TokenCredential;
  /** The last token that Graph refused. */
  #refused: string | null = null;

  constructor(options: TransportOptions) {
    this.#timeoutMs = options.timeoutMs;
    this.#scope = `${new URL(options.baseUrl).origin}/.default`;
    this.#credential = options.credential;
    this.#renewCredential = options.renewCredential;
    this.#client = Client.initWithMiddleware({
      baseUrl: options.baseUrl,
      defaultVersion: 'v1.0',
      // The bare sender: the SDK's own middleware sends the token only to https hosts it knows, and retries POST.
      middleware: new HTTPMessageHandler(),
    });
  }

  /** Replaces the cached token with a new one, which carries the permissions granted since. */
  async refreshToken(): Promise<string> {
    this.#credential = this.#renewCredential?.() ?? this.#credential;
    return this.token();
  }

  /** The token in use. Throws `DirectoryError` where sign-in fails. */
  async token(): Promise<string> {
    try {
      const answer = await this.#credential.getToken(this.#scope);
      if (!answer) throw new Error('the authority returned no token');
      return answer.token;
    } catch (error) {
      throw tokenError(error);
    }
  }

  /** The next request signs in anew, where there is a way to. Of many requests that were refused together, one drops their token. */
  #drop(refused: string): void {
    if (this.#refused === refused) return;
    this.#refused = refused;
    this.#credential = this.#renewCredential?.() ?? this.#credential;
  }

  /**
   * One round trip; a second one with a new token where Graph refused the cached one, as after a change of secret or permission.
   * Throws `DirectoryError` where sign-in fails or the new token is refused too; everything else is a value.
   */
  async send(method: Method, path: string, body?: unknown, urgent = false): Promise<RoundTrip> {
    const clientRequestId = randomUUID();
    const at = Date.now();
    const record = (status: number | null, requestId: string | null): CallRecord => ({
      call: `${method} ${path.split('?')[0]}`,
      status,
      code: null,
      said: null,
      requestId,
      clientRequestId,
      at,
      durationMs: Date.now() - at,
    });
    let token = await this.token();
    const ask = (bearer: string) => this.#fetch(method, path, body, { token: bearer, clientRequestId, urgent });
    try {
      let response = await ask(token);
      if (response.status === 401) {
        await response.body?.cancel();
        this.#drop(token);
        token = await this.token();
        response = await ask(token);
      }
      if (isRedirect(response))
        return { kind: 'lost', why: silence('redirected'), wasSent: true, record: record(response.status, null) };
      const text = await response.text();
      const requestId = response.headers.get('request-id');
      if (response.status === 401) throw new DirectoryError('sign_in_failed', sentence('tokenRefused'));
      let parsed: unknown;
      try {
        parsed = text === '' ? undefined : JSON.parse(text);
      } catch {
        return {
          kind: 'lost',
          why: silence('unreadable'),
          wasSent: true,
          record: record(response.status, requestId),
        };
      }
      return {
        kind: 'answered',
        status: response.status,
        headers: response.headers,
        body: parsed,
        record: record(response.status, requestId),
        dropToken: () => this.#drop(token),
      };
    } catch (error) {
      if (error instanceof DirectoryError) throw error;
      if (wasNeverSent(error))
        return { kind: 'lost', why: silence('unreachable'), wasSent: false, record: record(null, null) };
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      const why = silence(timedOut ? 'late' : 'broken');
      return { kind: 'lost', why, wasSent: true, record: record(null, null) };
    }
  }

  #fetch(
    method: Method,
    path: string,
    body: unknown,
    { token, clientRequestId, urgent }: { token: string; clientRequestId: string; urgent: boolean },
  ): Promise<Response> {
    const request = this.#client
      .api(path)
      .responseType(ResponseType.RAW)
      .headers({
        authorization: `Bearer ${token}`,
        'client-request-id': clientRequestId,
        accept: 'application/json',
        ...priorityHeader(urgent),
      })
      // To follow a redirect would hand names and licences to whatever host it leads to.
      .options({ signal: AbortSignal.timeout(this.#timeoutMs), redirect: 'manual' });
    switch (method) {
      case 'POST':
        return request.post(body);
      case 'PATCH':
        return request.patch(body);
      default:
        return request.get();
    }
  }
}

/** Some 30 years: what is longer is no time that can be told. */
const LONGEST_RETRY_AFTER_MS = 1e12;

/** `Retry-After` in ms: whole or fractional seconds, or an HTTP date; `fallbackMs` where it is missing or unreadable. */
export function retryAfterMs(value: unknown, fallbackMs: number): number {
  if (typeof value !== 'string' && typeof value !== 'number') return fallbackMs;
  const seconds = Number(value);
  const date = Date.parse(String(value));
  const ms = Number.isFinite(seconds) ? Math.ceil(seconds * 1000) : date - Date.now();
  return Number.isNaN(ms) ? fallbackMs : Math.min(Math.max(0, ms), LONGEST_RETRY_AFTER_MS);
}
