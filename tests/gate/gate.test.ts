import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { expectTaking } from '#lib/gate/arrival.ts';
import { behindGate } from '#lib/gate/gate.ts';
import { OPEN_ANSWERS } from '#lib/gate/rates.ts';
import { log } from '#lib/log.ts';

const PUBLIC = 'https://autoprovision.contoso.example';
const MB = 1024 * 1024;
let server: Server;
/** What came through. */
let passed: IncomingMessage[];
/** An answer that is there to its last byte, and ends when the next is asked for, as that of a file may. */
let late: ServerResponse | null;

beforeEach(async () => {
  passed = [];
  late = null;
  const gate = { publicUrl: PUBLIC, hostname: '127.0.0.1', port: 3000, tenantMode: 'entra' } as const;
  const app = behindGate(gate, async (asked, response) => {
    passed.push(asked);
    // A sender who is cut off gives an error here, as it does in Next.
    if (asked.url === '/fails') response.statusCode = 500;
    // An answer that goes on, as that of live updates.
    late?.end();
    late = null;
    if (asked.url === '/ends-late') {
      late = response.writeHead(200, { 'content-length': '2' });
      return void late.write('ok');
    }
    if (asked.url === '/open') return void response.flushHeaders();
    response.end(await text(asked).catch(() => ''));
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterEach(() => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
});

interface Asked {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  /** Sent, and the request ended, unless `open`. */
  body?: string;
  open?: boolean;
}

interface Answered {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

function ask({ method = 'GET', path = '/', headers = {}, body = '', open = false }: Asked): Promise<Answered> {
  const { port } = server.address() as AddressInfo;
  const all = { host: 'autoprovision.contoso.example', ...headers };
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers: all, agent: false }, async (answer) =>
      resolve({ status: answer.statusCode, headers: answer.headers, body: await text(answer) }),
    );
    asked.on('error', reject);
    asked.write(body);
    if (!open) asked.end();
  });
}

describe('host', () => {
  test.each(['autoprovision.contoso.example', 'AutoProvision.Contoso.example', '127.0.0.1:3000'])(
    'answers to %s',
    async (host) => expect((await ask({ headers: { host } })).status).toBe(200),
  );

  test.each(['evil.example', 'localhost:3000', 'autoprovision.contoso.example.evil.example', '127.0.0.1'])(
    'does not answer to %s',
    async (host) => {
      expect((await ask({ headers: { host } })).status).toBe(421);
      expect(passed).toEqual([]);
    },
  );
});

test('whoever opens another name, or asks too often, reads why in the language of the browser', async () => {
  const host = 'evil.example';
  const german = { 'accept-language': 'fr, de-CH;q=0.8, en;q=0.5' };
  const page = await ask({ headers: { host, ...german } });
  expect([page.headers['content-language'], page.body]).toEqual([
    'de',
    'Unter diesem Namen antwortet der Server nicht: Öffnen Sie die Adresse, unter der er eingerichtet wurde.\n',
  ]);
  const other = await ask({ headers: { host, 'accept-language': 'fr' } });
  expect([other.headers['content-language'], other.body]).toEqual([
    'en',
    'This server does not answer to that name: open the address it was set up with.\n',
  ]);
  // A program reads English, and a page of ours says it in its own words.
  const forProgram = await ask({ path: '/api/people', headers: { host, ...german } });
  expect(JSON.parse(forProgram.body).error.message).toMatch(/^This server does not answer/);
});

test.each(['evil.example', 'autoprovision.contoso.example'])('a second Host, %s, is refused', async (second) => {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET / HTTP/1.1\r\nHost: autoprovision.contoso.example\r\nHost: ${second}\r\nConnection: close\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  expect(passed).toEqual([]);
});

describe('method', () => {
  test.each(['TRACE', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('%s answers 405', async (method) => {
    const { status, headers } = await ask({ method, path: '/api/runs' });
    expect(status).toBe(405);
    expect(headers.allow).toBeTruthy();
    expect(passed).toEqual([]);
  });

  test('nothing is posted to a page', async () => {
    const action = { 'next-action': 'a'.repeat(40), 'content-length': '2' };
    expect((await ask({ method: 'POST', path: '/people', headers: action, body: '[]' })).status).toBe(405);
    expect(passed).toEqual([]);
  });
});

describe('address', () => {
  test.each(['/api/../people', '/api/%2e%2E/people', '/api/.%2e/sign-in', String.raw`/api/..\people`, '/api/./find'])(
    '%s, which leads elsewhere than it seems to, is refused before its body is read',
    async (path) => {
      const form = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '5' };
      expect((await ask({ method: 'POST', path, headers: form, body: '--x--' })).status).toBe(400);
      expect((await ask({ path })).status).toBe(400);
      expect(passed).toEqual([]);
    },
  );

  test.each(['/api/auth/%63allback/azure-ad', '/api/auth/sign%69n/azure-ad', '/api/people/expor%74'])(
    '%s, which the rates would not know, is refused: no browser writes a letter so',
    async (path) => {
      expect((await ask({ method: 'POST', path, headers: { 'content-length': '0' } })).status).toBe(400);
      expect(passed).toEqual([]);
    },
  );

  test.each(['/people/%E0%A4%A', '/files/%', '/api/drafts/%zz', 'http://autoprovision.contoso.example/people'])(
    '%s, which is no path, is refused',
    async (path) => {
      expect((await ask({ path })).status).toBe(400);
      expect(passed).toEqual([]);
    },
  );

  test.each([
    '/',
    '//people',
    '/people/',
    '/help/administrators?q=..%2F..&r=%#x',
    '/people/a%20b..c',
    '/_next/static/chunks/a~b.js',
  ])('%s passes', async (path) => expect((await ask({ path })).status).toBe(200));
});

describe('body', () => {
  test.each([
    ['/api/auth/callback/azure-ad', 16 * 1024],
    ['/api/people/edit', MB],
  ])('%s takes %i bytes and not one more', async (path, limit) => {
    const post = (size: number) => ({
      method: 'POST',
      path,
      body: 'x'.repeat(size),
      headers: { 'content-length': String(size) },
    });
    expect((await ask(post(limit))).body).toHaveLength(limit);
    expect(passed).toHaveLength(1);
    expect((await ask(post(limit + 1))).status).toBe(413);
    expect(passed).toHaveLength(1);
  });

  test('a form of 9.5 MB is refused before one byte of it came', async () => {
    const headers = { 'content-length': String(9.5 * MB), 'content-type': 'multipart/form-data; boundary=x' };
    const { status, headers: answered } = await ask({
      method: 'POST',
      path: '/api/auth/callback/x',
      headers,
      open: true,
    });
    expect(status).toBe(413);
    expect(answered.connection).toBe('close');
    expect(passed).toEqual([]);
  });

  test('a body of unknown length is taken for uploads only', async () => {
    const chunked = { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body: 'x'.repeat(100) };
    expect((await ask({ ...chunked, path: '/api/auth/signin/azure-ad' })).status).toBe(411);
    expect((await ask({ ...chunked, path: '/api/drafts?name=a.csv' })).body).toHaveLength(100);
  });

  test('a body for a page is refused', async () => {
    const { status } = await ask({ path: '/people', headers: { 'content-length': '3' }, body: 'abc' });
    expect(status).toBe(413);
  });

  test('a body that drips is cut off after 20 s', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const asked = ask({
      method: 'POST',
      path: '/api/people/edit',
      headers: { 'content-length': '1000' },
      body: 'slow',
      open: true,
    });
    await vi.waitUntil(() => passed.length === 1);
    vi.advanceTimersByTime(19_000);
    expect(passed[0]?.destroyed).toBe(false);
    vi.advanceTimersByTime(1000);
    expect((await asked).status).toBe(408);
  });
});

describe('answers', () => {
  const ONE = 'GET /open HTTP/1.1\r\nHost: autoprovision.contoso.example\r\n\r\n';
  const connected = () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    return socket;
  };

  test('who asks on one connection for more and more before anything has come is let go', async () => {
    const socket = connected();
    socket.write(ONE.repeat(40));
    expect(await text(socket).catch(() => '')).toBe('');
    expect(passed.length).toBeLessThanOrEqual(2);
  });

  test('who asks again after the last byte has come is answered, also where the answer before has not ended', async () => {
    const socket = connected();
    for (let asked = 1; asked <= 5; asked += 1) {
      socket.write(ONE.replace('/open', '/ends-late'));
      await once(socket, 'data');
    }
    expect(passed).toHaveLength(5);
  });

  test('a visitor has so many open at most, and others are answered meanwhile', async () => {
    const sockets = Array.from({ length: OPEN_ANSWERS - 1 }, connected);
    for (const socket of sockets.slice(1)) socket.write(ONE);
    // The second waits for the first.
    sockets[0]?.write(ONE.repeat(2));
    await vi.waitUntil(() => passed.length === OPEN_ANSWERS, { timeout: 20_000 });
    const [mine, theirs] = [{}, { headers: { 'x-forwarded-for': '203.0.113.8' } }];
    expect((await ask(mine)).status).toBe(429);
    expect((await ask(theirs)).status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await vi.waitUntil(async () => (await ask(mine)).status === 200, { timeout: 20_000 });
  });

  test('one that is not taken is given up, one that takes long to make is not', async () => {
    const given = createServer((asked, response) => {
      expectTaking(response, 50);
      if (asked.url === '/') response.end(Buffer.alloc(50 * MB));
      else asked.socket.once('timeout', () => response.end('made'));
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void given.close());
    await once(given, 'listening');
    const { port } = given.address() as AddressInfo;
    const [deaf, reader] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    const left = once(given, 'request').then(([asked]) => once(asked.socket, 'close'));
    deaf.on('error', () => {}).write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await left;
    reader.write('GET /made HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(await text(reader)).toContain('made');
  });

  test('how long that is is told for each', async () => {
    await ask({});
    expect(passed[0]?.socket.timeout).toBe(30_000);
  });
});

test('every answer has the headers, also a refusal', async () => {
  for (const asked of [{}, { method: 'TRACE' }, { headers: { host: 'evil.example' } }]) {
    const { headers } = await ask(asked);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['permissions-policy']).toBeTruthy();
  }
});

test('headers by which Next talks to itself do not come in from outside', async () => {
  const forged = { 'x-middleware-subrequest': 'proxy', 'x-nextjs-data': '1', 'x-invoke-path': '/', 'next-resume': '1' };
  await ask({ headers: { ...forged, rsc: '1' } });
  expect(Object.keys(passed[0]?.headers ?? {}).toSorted()).toEqual(['connection', 'host', 'rsc', 'x-visitor-address']);
});

test('all is sent whole: who asks for a part, also one that cannot be, gets everything', async () => {
  expect((await ask({ headers: { range: 'bytes=5-2', 'if-range': '"a"' } })).status).toBe(200);
  expect(Object.keys(passed[0]?.headers ?? {}).filter((name) => name.endsWith('range'))).toEqual([]);
});

test('the app hears where a request comes from; what a visitor writes there does not reach it', async () => {
  await ask({ headers: { 'x-visitor-address': '203.0.113.9' } });
  expect(passed[0]?.headers['x-visitor-address']).toBe('127.0.0.1');
});

test('what is turned away is logged without its query, at most 20 lines a minute, and then how many more there were', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const logged = vi.spyOn(log, 'warn');
  const lines = () => logged.mock.calls.splice(0);
  await ask({
    path: '/people?q=Ada',
    headers: { host: `evil.example${'x'.repeat(1000)}`, 'x-forwarded-for': '203.0.113.7' },
  });
  const [fields, sentence] = lines()[0] ?? [];
  expect(sentence).toBe('a request was turned away');
  expect(fields).toMatchObject({ status: 421, method: 'GET', path: '/people', address: '203.0.113.7' });
  expect(JSON.stringify(fields)).not.toContain('Ada');
  expect(JSON.stringify(fields).length).toBeLessThan(400);
  for (let sent = 0; sent < 50; sent += 1) await ask({ method: 'TRACE' });
  expect(lines().map(([refused]) => refused)).toEqual(
    Array.from({ length: 19 }, () => expect.objectContaining({ status: 405 })),
  );
  vi.advanceTimersByTime(60_000);
  expect(lines()).toEqual([[{ requests: 31 }, 'more requests were turned away']]);
  await ask({ method: 'TRACE' });
  expect(lines()).toHaveLength(1);
});

test.each([
  ['203.0.113.7:51234', '203.0.113.7'],
  ['[2001:db8::7]:51234', '2001:db8::7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['10.0.0.1, 203.0.113.7:80', '203.0.113.7'],
  // No proxy is needed for these: whoever sends them writes what he likes.
  ['<script>', '127.0.0.1'],
  ['x'.repeat(8000), '127.0.0.1'],
  ['203.0.113.7:51234:1', '127.0.0.1'],
])('of X-Forwarded-For, %s, the app hears the address alone', async (named, heard) => {
  await ask({ headers: { 'x-forwarded-for': named } });
  expect(passed[0]?.headers['x-visitor-address']).toBe(heard);
});

test('what a stranger writes reaches the log, and no terminal takes it for a command', async () => {
  const lines: string[] = [];
  const shared = globalThis as typeof globalThis & { autoprovisionForwardLine?: (line: string) => void };
  shared.autoprovisionForwardLine = (line) => lines.push(line);
  const { level } = log;
  log.level = 'warn';
  onTestFinished(() => {
    delete shared.autoprovisionForwardLine;
    log.level = level;
  });
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  // The control that begins a sequence, as one byte and as HTTP allows it.
  socket.write(Buffer.from('GET / HTTP/1.1\r\nHost: \u009b31mevil\r\nConnection: close\r\n\r\n', 'latin1'));
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 421 /);
  log.warn({ name: '\u202egnp.exe\u2028next' }, 'a name');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { host: '\u009b31mevil' },
    { name: '\u202egnp.exe\u2028next' },
  ]);
  expect(lines.join('')).toMatch(/^[\x20-\x7e\n]*$/);
});

describe('rates', () => {
  test.each([
    ['another port each time', (n: number) => `203.0.113.7:${50_000 + n}`, '203.0.113.8:50000'],
    ['another address of its network each time', (n: number) => `2001:db8:0:1::${n}`, '2001:db8:0:2::1'],
    ['no address at all', (n: number) => `visitor-${n}`, '203.0.113.8'],
  ])('whoever comes with %s is one visitor', async (_name, nth, other) => {
    const storm = (named: string) =>
      ask({
        method: 'POST',
        path: '/api/auth/signin/azure-ad',
        headers: { 'content-length': '0', 'x-forwarded-for': named },
      });
    const answers = await Promise.all(Array.from({ length: 130 }, (_, n) => storm(nth(n))));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
    expect((await storm(other)).status).toBe(200);
  });

  test('a sign-in storm ends at 120 a minute, for that visitor only', async () => {
    const storm = (visitor: string) =>
      ask({
        method: 'POST',
        path: '/api/auth/signin/azure-ad',
        headers: { 'content-length': '0', 'x-forwarded-for': `1.1.1.1, ${visitor}` },
      });
    const answers = await Promise.all(Array.from({ length: 130 }, () => storm('203.0.113.7')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(120);
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    expect(JSON.parse(refused?.body ?? '').error.message).toMatch(/wait \d+ s/);
    expect((await storm('203.0.113.8')).status).toBe(200);
  });

  test('whoever makes a hundred answers fail within a minute waits, because each is told in the log; others do not', async () => {
    const failing = { path: '/fails', headers: { 'x-forwarded-for': '203.0.113.7' } };
    for (let asked = 0; asked < 100; asked += 1) expect((await ask(failing)).status).toBe(500);
    const { status, headers } = await ask({ ...failing, path: '/' });
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(passed).toHaveLength(100);
    expect((await ask({ headers: { 'x-forwarded-for': '203.0.113.8' } })).status).toBe(200);
  });

  test('uploads are counted by session', async () => {
    const upload = (cookie: string) =>
      ask({
        method: 'POST',
        path: '/api/drafts?name=a.csv',
        headers: { cookie: `a=b; next-auth.session-token=${cookie}` },
      });
    const answers = await Promise.all(Array.from({ length: 31 }, () => upload('one')));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
    expect((await upload('another')).status).toBe(200);
  });

  test('and by visitor, whatever cookies are invented beside the one that counts', async () => {
    const upload = (visitor: string, n: number) =>
      ask({
        method: 'POST',
        path: '/api/drafts?name=a.csv',
        headers: {
          cookie: `next-auth.session-token=invented-${n}; __Host-next-auth.session-token=real`,
          'x-forwarded-for': visitor,
        },
      });
    const answers = await Promise.all(Array.from({ length: 301 }, (_, n) => upload('203.0.113.7', n)));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
    expect((await upload('203.0.113.8', 0)).status).toBe(200);
  });
});
