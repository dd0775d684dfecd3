/** What the other end of Graph's address may not do to us: lead a request elsewhere, or have an old token used for ever. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createDirectory } from '#lib/graph/directory.ts';
import { GraphTransport, noTraffic } from '#lib/graph/http/transport.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Signs in with one token after the other: each credential keeps its own. */
function signInOf(signIns: { count: number }) {
  return () => {
    signIns.count += 1;
    const token = `token-${signIns.count}`;
    return { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  };
}

function transportTo(baseUrl: string, signIns: { count: number }) {
  const signIn = signInOf(signIns);
  return new GraphTransport({ baseUrl, credential: signIn(), renewCredential: signIn, timeoutMs: 5000 });
}

test.each([301, 302, 303, 307, 308])(
  'a redirect (%i) is not followed: no other host sees a person or a token',
  async (status) => {
    let seen = 0;
    const elsewhere = await listen((_request, response) => {
      seen += 1;
      response.end('{}');
    });
    const graph = await listen((_request, response) =>
      response.writeHead(status, { location: `${elsewhere}/v1.0/$batch` }).end(),
    );
    const transport = transportTo(graph, { count: 0 });
    const body = { requests: [{ id: '1', method: 'GET', url: '/users/alma.alder@contoso.example' }] };
    expect(await transport.send('POST', '/$batch', body)).toMatchObject({
      kind: 'lost',
      why: expect.stringContaining('redirect'),
      record: { status },
    });
    expect(seen).toBe(0);
  },
);

test('a refused token is dropped at once: many requests under way renew it once and succeed', async () => {
  const graph = await listen((request, response) => {
    const isNew = request.headers.authorization === 'Bearer token-2';
    response.writeHead(isNew ? 200 : 401, { 'content-type': 'application/json' }).end('{}');
  });
  const signIns = { count: 0 };
  const transport = transportTo(graph, signIns);
  const answers = await Promise.all(Array.from({ length: 20 }, () => transport.send('GET', '/organization')));
  expect(answers.every((answer) => answer.kind === 'answered' && answer.status === 200)).toBe(true);
  expect(signIns.count).toBe(2);
});

test('where the new token is refused too, sign-in has failed, after one more try', async () => {
  let asked = 0;
  const graph = await listen((_request, response) => {
    asked += 1;
    response.writeHead(401).end();
  });
  const transport = transportTo(graph, { count: 0 });
  await expect(transport.send('GET', '/organization')).rejects.toMatchObject({ kind: 'sign_in_failed' });
  expect(asked).toBe(2);
});

/** A tenant that refuses every request inside a batch until a token is good enough; and a directory that asks it. */
async function refusingInside(isGood: (authorization: string) => boolean) {
  let batches = 0;
  const graph = await listen(async (request, response) => {
    batches += 1;
    const isRefused = !isGood(request.headers.authorization ?? '');
    const { requests } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as {
      requests: { id: string }[];
    };
    const refused = { error: { code: 'InvalidAuthenticationToken', message: 'Access token validation failure.' } };
    const answer = isRefused ? { status: 401, body: refused } : { status: 200, body: { value: [] } };
    const responses = requests.map(({ id }) => ({ id, ...answer }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ responses }));
  });
  const signIns = { count: 0 };
  const signIn = signInOf(signIns);
  const budgets = { writesPer150s: 100, unitsPer10s: 1000 };
  const directory = createDirectory({ baseUrl: graph, credential: signIn(), renewCredential: signIn, ...budgets });
  /** 600 names: 40 look-ups in two batches. */
  const names = Array.from({ length: 600 }, (_, n) => `person${n}@contoso.example`);
  const lookUp = () => directory.findAccounts(names, { urgent: true, traffic: noTraffic() });
  return { lookUp, signIns, batches: () => batches };
}

test('a token refused inside a batch is dropped as well: the same requests are asked again with one new token', async () => {
  const { lookUp, signIns, batches } = await refusingInside((authorization) => authorization === 'Bearer token-2');
  const found = await lookUp();
  expect(found.map(({ lookup }) => lookup.kind)).toEqual(Array(600).fill('absent'));
  expect(signIns.count).toBe(2);
  expect(batches()).toBe(4);
});

test('refused with the new token too, a look-up inside a batch ends as a failed sign-in', async () => {
  const { lookUp, batches } = await refusingInside(() => false);
  await expect(lookUp()).rejects.toMatchObject({ kind: 'sign_in_failed' });
  expect(batches()).toBe(4);
});

test.each(['for the whole batch', 'inside it'])(
  'Graph that is unavailable (503, %s) is asked again when it said, and not before',
  async (where) => {
    const askedAt: number[] = [];
    const graph = await listen(async (request, response) => {
      askedAt.push(performance.now());
      const { requests } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as {
        requests: { id: string }[];
      };
      const isAway = askedAt.length === 1;
      const headers = { 'Retry-After': '2' };
      if (isAway && where === 'for the whole batch') return response.writeHead(503, headers).end();
      const answer = isAway ? { status: 503, headers } : { status: 200, body: { value: [] } };
      response.end(JSON.stringify({ responses: requests.map(({ id }) => ({ id, ...answer })) }));
    });
    const budgets = { writesPer150s: 100, unitsPer10s: 1000 };
    const directory = createDirectory({ baseUrl: graph, credential: signInOf({ count: 0 })(), ...budgets });
    const [found] = await directory.findAccounts(['ada@contoso.example'], { urgent: true, traffic: noTraffic() });
    expect(found?.lookup.kind).toBe('absent');
    const [first = 0, second = 0] = askedAt;
    expect(second - first).toBeGreaterThan(1900);
  },
);

/** A tenant whose list of licences has pages: `nextOf` gives the address after one, undefined after the last. What it read, and how often it asked. */
async function licencesInPages(nextOf: (url: string) => string | undefined) {
  let asked = 0;
  const graph = await listen(async (request, response) => {
    const { requests } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as {
      requests: { id: string; url: string }[];
    };
    const responses = requests.map(({ id, url }) => {
      if (!url.startsWith('/subscribedSkus')) return { id, status: 200, body: { value: [] } };
      asked += 1;
      const value = [{ skuId: `sku-${url}`, skuPartNumber: 'PLAN', servicePlans: [] }];
      return { id, status: 200, body: { value, '@odata.nextLink': nextOf(url) } };
    });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ responses }));
  });
  const signIn = signInOf({ count: 0 });
  const budgets = { writesPer150s: 100, unitsPer10s: 1000 };
  const directory = createDirectory({ baseUrl: graph, credential: signIn(), renewCredential: signIn, ...budgets });
  const read = directory.readTenant({ urgent: true, traffic: noTraffic() });
  return { read, asked: () => asked };
}

test('licences on a next page are read as well', async () => {
  const second = '/subscribedSkus?$skiptoken=2';
  const { read } = await licencesInPages((url) => (url === second ? undefined : `https://graph.example/v1.0${second}`));
  expect((await read).skus.map(({ skuId }) => skuId)).toEqual(
    ['/subscribedSkus', second].map((url) => `sku-${url}`.toLowerCase()),
  );
});

test('a licence that the tenant names twice is one licence', async () => {
  let asked = 0;
  const { read } = await licencesInPages((url) => {
    asked += 1;
    return asked < 3 ? `https://graph.example/v1.0${url.split('?')[0]}?$skiptoken=1` : undefined;
  });
  expect((await read).skus).toHaveLength(2);
});

test('pages of licences that lead in a circle end, as an answer that cannot be read', async () => {
  const { read, asked } = await licencesInPages(() => 'https://graph.example/v1.0/subscribedSkus?$skiptoken=1');
  await expect(read).rejects.toMatchObject({ kind: 'graph_down' });
  expect(asked()).toBe(20);
});

test('a next page that lies elsewhere is not asked for', async () => {
  const { read, asked } = await licencesInPages(() => 'https://elsewhere.example/licences');
  await expect(read).rejects.toMatchObject({ kind: 'graph_down' });
  expect(asked()).toBe(1);
});

test.each([
  ['lead in a circle', 'https://graph.example/v1.0/users?$skiptoken=1', 40],
  ['lie elsewhere', 'https://elsewhere.example/people', 1],
])('pages of users that %s end, and somebody who may be on one is not called missing', async (_what, next, most) => {
  let asked = 0;
  const graph = await listen(async (request, response) => {
    const { requests } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as {
      requests: { id: string }[];
    };
    asked += 1;
    const responses = requests.map(({ id }) => ({ id, status: 200, body: { value: [], '@odata.nextLink': next } }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ responses }));
  });
  const budgets = { writesPer150s: 100, unitsPer10s: 1000 };
  const directory = createDirectory({ baseUrl: graph, credential: signInOf({ count: 0 })(), ...budgets });
  const [found] = await directory.findAccounts(['ada@contoso.example'], { urgent: true, traffic: noTraffic() });
  expect(found?.lookup).toMatchObject({ kind: 'unknown', why: 'the response was incomplete' });
  expect(asked).toBe(most);
});
