import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createDirectory } from '#lib/graph/directory.ts';
import { currentCredential } from '#lib/graph/http/credential.ts';
import { graphTransport } from '#lib/graph/send-mail.ts';
import { hasGraphDescription, validateRequest, validateResponse } from '#tests/support/openapi.ts';
import { crowd, csvOf, upn } from '#tests/support/seeds.ts';
import { openWorld } from '#tests/support/world.ts';

interface Sub {
  id: string;
  method: string;
  url: string;
  body?: unknown;
  status: number;
}

/** Stands between the product and the tenant and holds every request and every answer against Microsoft's description. */
async function startInspector(target: string) {
  const problems: string[] = [];
  const seen = new Set<string>();
  const check = (method: string, path: string, body: unknown, status: number, answer: unknown) => {
    seen.add(`${method} ${path.split('?')[0]?.replace(/\/users\/[^/]+/, '/users/{id}')}`);
    const found = [
      ...validateRequest(method, path, body),
      ...validateResponse(method, path, status, answer ?? undefined),
    ];
    problems.push(...found.map((problem) => `${method} ${path}: ${problem}`));
  };
  const server = createServer(async (request, response) => {
    const sent = request.method === 'GET' ? undefined : await json(request);
    const path = (request.url ?? '').replace(/^\/v1\.0/, '');
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    });
    const text = await answer.text();
    const body = text === '' ? undefined : JSON.parse(text);
    check(request.method ?? 'GET', path, sent, answer.status, body);
    if (path === '/$batch')
      for (const sub of (sent as { requests: Sub[] }).requests) {
        const reply = (body as { responses: Sub[] }).responses.find(({ id }) => id === sub.id);
        const emptied = sub.body && Object.keys(sub.body).length === 0 ? undefined : sub.body;
        if (reply) check(sub.method, decodeURIComponent(sub.url), emptied, reply.status, reply.body);
      }
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, problems, seen };
}

describe.skipIf(!hasGraphDescription)("held against Microsoft's own description of Graph", () => {
  test('everything a cycle sends, and everything the demo tenant answers, is as described', async () => {
    const users = [
      ...crowd(8, { mailboxOpensAfterMs: 60_000 }),
      { userPrincipalName: upn('open'), mailboxIsOpen: true },
      { userPrincipalName: upn("o'neil") },
      { userPrincipalName: upn('conflict'), refusal: 'conflict' as const },
    ];
    const world = await openWorld({ users });
    const inspector = await startInspector(world.tenant.url);
    const { tenantId, clientId, clientSecret } = world.tenant;
    const directory = createDirectory({
      baseUrl: inspector.url,
      credential: currentCredential(() => ({ kind: 'secret', tenantId, clientId, clientSecret }), world.tenant.url),
      writesPer150s: 3000,
      unitsPer10s: 8000,
      timing: { replicationMs: 300, backoffBaseMs: 5 },
    });
    world.engine.directory = directory;
    world.drop('newcomers.csv', csvOf([...users, { userPrincipalName: upn('nobody') }]));
    expect(await world.cycle()).toMatchObject({ status: 'completed' });
    const mail = { sender: upn('open'), recipients: [upn('helpdesk')], subject: 's', text: 't', html: '<p>t</p>' };
    const attachment = { name: 'run.log', text: 'SUCCESS: done. [a@b.example]\n' };
    const sent = await graphTransport(directory.post).send({ ...mail, attachment, key: 'k' });
    expect(sent.kind).toBe('sent');

    expect(inspector.problems).toEqual([]);
    expect([...inspector.seen].sort()).toEqual([
      'GET /organization',
      'GET /subscribedSkus',
      'GET /users',
      'GET /users/{id}/mailboxSettings',
      'PATCH /users/{id}',
      'POST /$batch',
      'POST /users/{id}/assignLicense',
      'POST /users/{id}/sendMail',
    ]);
    expect(world.standing()).toMatchObject({ "o'neil": 'awaiting_mailbox/mailbox_opening', open: expect.any(String) });
  });
});
