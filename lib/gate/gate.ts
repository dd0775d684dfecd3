/** What stands between a visitor and Next: headers, host, method, length, arrival and rate, in this order, before a byte of a body is read. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { isLoopback } from '#lib/domain/loopback.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { expectArrival, expectTaking } from './arrival.ts';
import { isLeftOut, isUpload, type Refusal, refusalOf } from './check-request.ts';
import { securityHeaders } from './headers.ts';
import { rates } from './rates.ts';
import { refusalLog } from './refusal-log.ts';
import { saidTo } from './said-to.ts';
import { ADDRESS_HEADER, visitorAddress } from './visitor-address.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const LATE: Refusal = { status: 408, message: 'The body did not arrive in time. Please send it again.' };

/** A sender who is still at it gets this long to read the answer. */
const LINGER_MS = 1000;

function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const { status, message, headers } = refusal;
  const isApi = request.url?.startsWith('/api/');
  const { text, language } = saidTo(request, refusal);
  const body = isApi ? JSON.stringify({ error: { code: 'invalid', message } }) : `${text}\n`;
  response.writeHead(status, {
    ...headers,
    'content-language': isApi ? 'en' : language,
    'content-type': isApi ? 'application/json' : 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
  // To close while bytes come in would take the answer from the sender; they are thrown away, and not for long.
  request.resume();
  setTimeout(() => request.destroy(), LINGER_MS).unref();
}

export interface Gate {
  publicUrl: string;
  hostname: string;
  port: number;
  tenantMode: 'demo' | 'entra';
}

/**
 * Whether this server answers to a name: the public one, and the one it listens on, by which a proxy on this machine may ask. In
 * the demo also any name of this machine, as behind a container's port.
 */
function answersTo({ publicUrl, hostname, port, tenantMode }: Gate): (host: string) => boolean {
  const listening = new URL(`http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`);
  const own = [new URL(publicUrl).host, listening.host];
  return (host) => own.includes(host) || (tenantMode === 'demo' && isLoopback(`http://${host}`));
}

/** `next` behind the gate. */
export function behindGate(gate: Gate, next: Handler): Handler {
  const headers = securityHeaders(gate.publicUrl);
  const isOurs = answersTo(gate);
  const { ask, begin, failed } = rates();
  const answering = new WeakMap<Socket, number>();
  const note = refusalLog();
  const turnAway = (request: IncomingMessage, response: ServerResponse, refusal: Refusal) => {
    note(request, refusal.status);
    if (response.headersSent) request.destroy();
    else refuse(request, response, refusal);
  };
  return (request, response) => {
    const { socket } = request;
    const before = answering.get(socket) ?? 0;
    // The last byte of one may have come before it ends. Nobody who waits for it, as browsers and proxies do, asks for a third.
    if (before > 1) return void socket.destroy();
    answering.set(socket, before + 1);
    response.once('close', () => answering.set(socket, (answering.get(socket) ?? 1) - 1));
    expectTaking(response);
    for (const [name, value] of headers) response.setHeader(name, value);
    const { method = '', url = '' } = request;
    const refusal = refusalOf(
      { method, url, headers: request.headers, hosts: request.headersDistinct.host?.length ?? 0 },
      isOurs,
    );
    if (refusal) return turnAway(request, response, refusal);
    for (const name of Object.keys(request.headers)) if (isLeftOut(name)) delete request.headers[name];
    request.headers[ADDRESS_HEADER] = visitorAddress(request);
    void ask(request).then((seconds) => {
      if (seconds !== null) return turnAway(request, response, tooMany(seconds));
      if (response.destroyed) return;
      begin(request, response);
      response.once('finish', () => {
        if (response.statusCode === 500) failed(request);
      });
      expectArrival(request, isUpload(url), () => turnAway(request, response, LATE));
      next(request, response);
    });
  };
}

function tooMany(seconds: number): Refusal {
  return { status: 429, ...sentence('tooManyRequests', { seconds }), headers: { 'retry-after': String(seconds) } };
}
