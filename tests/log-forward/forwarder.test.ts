import { readFileSync } from 'node:fs';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { logFinding } from '#lib/engine/doctor/outside-checks.ts';
import { readEnv } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { type Forwarder, type ForwardLimits, forwardLog, forwardState } from '#lib/log-forward/forwarder.ts';
import { listenOnLoopback } from '#tests/support/tcp-server.ts';

const TLS = path.join(import.meta.dirname, '..', 'fixtures', 'tls');
const CERTIFICATE = path.join(TLS, 'certificate.pem');
const [key, cert] = [readFileSync(path.join(TLS, 'key.pem')), readFileSync(CERTIFICATE)];

const LIMITS: ForwardLimits = {
  maxLines: 200,
  maxBytes: 8 * 1024 * 1024,
  patienceMs: 5000,
  firstPauseMs: 20,
  longestPauseMs: 40,
  steadyMs: 20,
};

/** The messages of a stream, each as long as the number in front of it says. */
function messagesOf(bytes: Buffer): string[] {
  const messages: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(' ', at);
    const end = blank + 1 + Number(bytes.toString('latin1', at, blank));
    if (blank < 0 || end > bytes.length) break;
    messages.push(bytes.toString('utf8', blank + 1, end));
    at = end;
  }
  return messages;
}

/** A receiver and what it got; `isDeaf`: it takes connections and reads nothing. */
async function receiver({ port = 0, protocol = 'tls', isDeaf = false } = {}) {
  const got: Buffer[] = [];
  const sockets = new Set<Socket>();
  const listen = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (isDeaf) socket.pause();
    socket.on('data', (block: Buffer) => void got.push(block));
  };
  const server: Server = protocol === 'tls' ? createTlsServer({ key, cert }, listen) : createTcpServer(listen);
  // A client that does not trust it leaves in the middle.
  server.on('tlsClientError', () => {});
  const listening = await listenOnLoopback(server, port);
  return {
    ...listening,
    messages: () => messagesOf(Buffer.concat(got)),
    hear: () => {
      for (const socket of sockets) socket.resume();
    },
  };
}

function targetOf(port: number, more: Record<string, string> = { LOG_FORWARD_CA: CERTIFICATE }, protocol = 'tls') {
  const target = readEnv({ LOG_FORWARD: `${protocol}://127.0.0.1:${port}`, ...more }).logForward;
  if (!target) throw new Error('no target');
  return target;
}

let forwarder: Forwarder | undefined;
afterEach(() => forwarder?.close(0));

function forward(port: number, limits: Partial<ForwardLimits> = {}) {
  forwarder = forwardLog(targetOf(port), { ...LIMITS, ...limits });
  return forwarder;
}

const lineOf = (n: number, more = '') =>
  JSON.stringify({ level: 30, time: '2026-11-27T12:00:00.000Z', n, msg: `line ${n}${more}` });

/** The log is silent in tests; here it speaks until the test ends. */
function logFrom(level: 'info' | 'error') {
  const { level: before } = log;
  log.level = level;
  onTestFinished(() => {
    log.level = before;
  });
}

const soon = (check: () => void) => vi.waitFor(check, 60_000);

/** How many lines are missing, as the messages themselves tell. */
const toldLost = (messages: readonly string[]) =>
  messages.reduce((sum, message) => sum + Number(/"lines":(\d+)/.exec(message)?.[1] ?? 0), 0);

/** The numbers of the lines that arrived. */
const numbers = (messages: readonly string[]) => messages.flatMap((message) => /"n":(\d+)/.exec(message)?.[1] ?? []);

test('each line of the log arrives as a message of RFC 5424, with its severity, and redacted', async () => {
  const { port, messages } = await receiver();
  forward(port);
  logFrom('info');
  log.warn({ status: 429 }, 'a request was turned away: Zoë\n');
  log.error({ smtp: { password: 'hunter2' } }, 'failed');
  await soon(() => expect(messages()).toHaveLength(2));
  const form = /^<(\d+)>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) \S+ autoprovision \d+ - - (\{.*\})$/;
  const [first, second] = messages().map((message) => form.exec(message));
  expect([first?.[1], second?.[1]]).toEqual([String(16 * 8 + 4), String(16 * 8 + 3)]);
  expect(JSON.parse(first?.[3] ?? '')).toMatchObject({ status: 429, msg: 'a request was turned away: Zoë\n' });
  expect(JSON.parse(second?.[3] ?? '')).toMatchObject({ smtp: { password: '***' } });
  expect(messages().join()).not.toContain('hunter2');
});

test('a receiver with a certificate of an unknown authority gets nothing', async () => {
  const { port, messages } = await receiver();
  forwarder = forwardLog(targetOf(port, {}), LIMITS);
  forwarder.add(lineOf(1));
  await soon(() => expect(forwardState()?.problem?.message).toMatch(/self-signed certificate/));
  expect(forwardState()).toMatchObject({ waiting: expect.any(Number), lost: 0 });
  expect(messages()).toEqual([]);
  expect(await logFinding({ logForward: targetOf(port, {}) })).toMatchObject({
    status: 'warning',
    message: expect.stringContaining('self-signed certificate'),
  });
  expect(await logFinding({ logForward: targetOf(port) })).toMatchObject({ status: 'ok' });
});

test('on this machine plain TCP will do', async () => {
  const { port, messages } = await receiver({ protocol: 'tcp' });
  forwarder = forwardLog(targetOf(port, {}, 'tcp'), LIMITS);
  forwarder.add(lineOf(1));
  await soon(() => expect(numbers(messages())).toEqual(['1']));
});

describe('a receiver that is gone', () => {
  test('is told of, and gets what waited once it is back', async () => {
    const first = await receiver();
    const { add, state } = bound(forward(first.port));
    add(lineOf(1));
    await soon(() => expect(numbers(first.messages())).toEqual(['1']));
    await first.close();
    await soon(() => expect(state().problem).not.toBeNull());
    for (const n of [2, 3, 4]) add(lineOf(n));
    expect(await logFinding({ logForward: targetOf(first.port) })).toMatchObject({
      status: 'warning',
      message: expect.stringContaining(`tls://127.0.0.1:${first.port} does not accept the log: connect ECONNREFUSED`),
    });
    const second = await receiver({ port: first.port });
    await soon(() => expect(numbers(second.messages())).toEqual(['2', '3', '4']));
    await soon(() => expect(state()).toMatchObject({ problem: null, lost: 0, waiting: 0 }));
  });

  test('from the start is tried again, and the lines without room are counted, there too', async () => {
    logFrom('error');
    const { port, close } = await receiver();
    await close();
    const { add, state } = bound(forward(port, { maxLines: 10 }));
    await soon(() => expect(state().problem).not.toBeNull());
    for (let n = 1; n <= 50; n += 1) add(lineOf(n));
    const { waiting, lost } = state();
    expect(waiting).toBe(10);
    expect(lost).toBeGreaterThanOrEqual(40);
    const back = await receiver({ port });
    await soon(() => expect(numbers(back.messages())).toEqual(Array.from({ length: 50 - lost }, (_, i) => `${i + 1}`)));
    await soon(() => expect(toldLost(back.messages())).toBe(lost));
  });

  test('has no room for long lines either', async () => {
    const { port, close } = await receiver();
    await close();
    const { add, state } = bound(forward(port, { maxBytes: 20_000 }));
    for (let n = 1; n <= 50; n += 1) add(lineOf(n, 'x'.repeat(7000)));
    expect(state()).toMatchObject({ waiting: 2, lost: 48 });
  });
});

describe('a receiver that is slow', () => {
  test('holds up nothing: what there is room for arrives, and how much is missing', async () => {
    logFrom('error');
    const slow = await receiver({ isDeaf: true });
    const { add, state } = bound(forward(slow.port));
    const total = 30_000;
    for (let n = 1; n <= total; n += 1) {
      add(lineOf(n, 'x'.repeat(2000)));
      if (n % 100 === 0) await new Promise(setImmediate);
    }
    const { lost } = state();
    expect(state().waiting).toBeLessThanOrEqual(LIMITS.maxLines);
    expect(lost).toBeGreaterThan(0);
    slow.hear();
    await soon(() => expect(state().waiting).toBe(0));
    await soon(() => expect(numbers(slow.messages())).toHaveLength(total - state().lost));
    await soon(() => expect(toldLost(slow.messages())).toBe(state().lost));
  });

  test('and takes nothing at all is left and tried again', async () => {
    const deaf = await receiver({ isDeaf: true });
    const { add, state } = bound(forward(deaf.port, { patienceMs: 100, maxLines: 10_000, maxBytes: 64 * 1024 * 1024 }));
    for (let n = 1; n <= 4000; n += 1) add(lineOf(n, 'x'.repeat(7000)));
    await soon(() => expect(state().problem?.message).toBe('it takes nothing'));
  });
});

test('what is longer than a receiver must take is cut, never within a character', async () => {
  const { port, messages } = await receiver();
  forward(port).add(lineOf(1, 'ö'.repeat(10_000)));
  await soon(() => expect(messages()).toHaveLength(1));
  const [message = ''] = messages();
  expect(Buffer.byteLength(message)).toBeLessThanOrEqual(8192);
  expect(message).toMatch(/ö$/);
});

test('before the process ends the last lines are sent', async () => {
  const { port, messages } = await receiver();
  const last = forward(port);
  last.add(lineOf(1));
  await last.close(5000);
  await soon(() => expect(numbers(messages())).toEqual(['1']));
});

function bound(one: Forwarder) {
  return { add: (line: string) => one.add(line), state: () => one.state() };
}
