import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import type { Mail } from '#lib/domain/mail.ts';
import { type GraphPost, graphTransport } from '#lib/graph/send-mail.ts';

const mail: Mail = {
  key: 'run.1',
  sender: "o'hara+reports@contoso.example",
  recipients: ['ops@contoso.example', 'desk@contoso.example'],
  subject: 'AutoProvision: 1 provisioned',
  text: 'text',
  html: '<p>html</p>',
  attachment: { name: 'run.log', text: 'SUCCESS: Zoë. [zoe@contoso.example]\r\n' },
};

interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A Graph that gives one answer, or hangs up instead; and what was posted to it. */
async function graphThat(reply: Reply | 'hangs up') {
  const posted: { url: string; body: unknown }[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    posted.push({ url: request.url ?? '', body: await json(request) });
    if (reply === 'hangs up') return void request.socket.destroy();
    response.writeHead(reply.status, reply.headers).end(reply.body === undefined ? '' : JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post: GraphPost = async (path, body) => {
    try {
      const answer = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
      const text = await answer.text();
      return {
        kind: 'answered',
        status: answer.status,
        headers: answer.headers,
        body: text ? JSON.parse(text) : undefined,
      };
    } catch {
      return { kind: 'lost', why: 'the connection broke' };
    }
  };
  return { transport: graphTransport(post), posted };
}

const graphError = (code: string, message = 'Said in English.') => ({ error: { code, message } });

test('a mail is posted as the sender with recipients, HTML and the log, and 202 means sent', async () => {
  const { transport, posted } = await graphThat({ status: 202, headers: { 'request-id': 'abc' } });
  expect(await transport.send(mail)).toEqual({ kind: 'sent', answer: 'Microsoft Graph accepted it (202, abc).' });
  expect(posted).toEqual([
    {
      url: "/users/o'hara%2Breports%40contoso.example/sendMail",
      body: {
        message: {
          subject: mail.subject,
          body: { contentType: 'html', content: mail.html },
          toRecipients: mail.recipients.map((address) => ({ emailAddress: { address } })),
          attachments: [
            {
              '@odata.type': '#microsoft.graph.fileAttachment',
              name: 'run.log',
              contentType: 'text/plain',
              contentBytes: Buffer.from('SUCCESS: Zoë. [zoe@contoso.example]\r\n').toString('base64'),
            },
          ],
        },
        saveToSentItems: false,
      },
    },
  ]);
});

test.each([429, 503])('a %i with Retry-After is obeyed', async (status) => {
  const { transport } = await graphThat({ status, headers: { 'retry-after': '90' }, body: graphError('TooMany') });
  expect(await transport.send(mail)).toMatchObject({ kind: 'try_again', retryAfterMs: 90_000 });
});

test('a 429 without Retry-After was surely not sent', async () => {
  const { transport } = await graphThat({ status: 429, body: graphError('TooMany') });
  expect(await transport.send(mail)).toMatchObject({ kind: 'try_again', retryAfterMs: null });
});

test.each([408, 500, 502, 503, 504])(
  'a %i that promises nothing may hide a sent mail: it is not repeated',
  async (status) => {
    const { transport } = await graphThat({ status });
    expect(await transport.send(mail)).toMatchObject({ kind: 'uncertain' });
  },
);

test('a lost answer may hide a sent mail: it is not repeated', async () => {
  const { transport, posted } = await graphThat('hangs up');
  expect(await transport.send(mail)).toMatchObject({ kind: 'uncertain' });
  expect(posted).toHaveLength(1);
});

test.each([
  [403, 'ErrorAccessDenied', 'Mail.Send is missing'],
  [403, 'ErrorSendAsDenied', 'may not send as'],
  [404, 'ErrorInvalidUser', 'has no mailbox'],
  [404, 'MailboxNotEnabledForRESTAPI', 'has no mailbox'],
  [400, 'ErrorInvalidRecipients', 'ErrorInvalidRecipients'],
])('%i %s is final and says what to correct', async (status, code, words) => {
  const { transport } = await graphThat({ status, body: graphError(code) });
  const delivery = await transport.send(mail);
  expect(delivery.kind).toBe('refused');
  expect(delivery.answer).toContain(words);
  expect(delivery.answer).toContain('Said in English.');
});

test('a sign-in that fails was surely not sent', async () => {
  const transport = graphTransport(async () => {
    throw new Error('Sign-in to Microsoft Graph failed.');
  });
  expect(await transport.send(mail)).toEqual({
    kind: 'try_again',
    retryAfterMs: null,
    answer: 'Sign-in to Microsoft Graph failed.',
  });
});
