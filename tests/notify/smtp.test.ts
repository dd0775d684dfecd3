import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import type { Mail } from '#lib/domain/mail.ts';
import type { SmtpSettings } from '#lib/env.ts';
import { smtpTransport } from '#lib/notify/smtp.ts';

const TLS = path.join(import.meta.dirname, '..', 'fixtures', 'tls');
const key = readFileSync(path.join(TLS, 'key.pem'));
const cert = readFileSync(path.join(TLS, 'certificate.pem'), 'utf8');

const mail: Mail = {
  key: 'run.20261123T093000Z-aaaaaa',
  sender: 'autoprovision@contoso.example',
  recipients: ['ops@contoso.example', 'desk@contoso.example'],
  subject: 'AutoProvision: 1 provisioned',
  text: 'In plain words: Zoë.',
  html: '<p>In HTML.</p>',
  attachment: { name: 'run.log', text: 'SUCCESS: Zoë. [zoe@contoso.example]\r\n' },
};

const plain: SmtpSettings = { host: '127.0.0.1', port: 0, security: 'none', user: null, password: null };

interface Received {
  recipients: string[];
  message: string;
  secure: boolean;
  user: unknown;
}

const smtpError = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode });

/** A mail server and what it took. */
async function serverWith(options: SMTPServerOptions = {}, port = 0) {
  const received: Received[] = [];
  const server = new SMTPServer({
    key,
    cert,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      void text(stream).then((message) => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ recipients, message, secure: session.secure, user: session.user });
        done();
      });
    },
    ...options,
  });
  // Clients that leave in the middle are what some tests are about.
  server.on('error', () => {});
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => server.close(resolve));
  onTestFinished(close);
  return { received, close, port: (server.server.address() as AddressInfo).port };
}

/** Trusts the certificate of the tests until the test ends. */
function trustTestCertificate(): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, cert]);
  onTestFinished(() => setDefaultCACertificates(before));
}

test('a mail arrives whole: recipients, subject, text, HTML, the log, and an id that stays the same', async () => {
  const { received, port } = await serverWith();
  expect(await smtpTransport({ ...plain, port }).send(mail)).toMatchObject({ kind: 'sent' });
  expect(received).toHaveLength(1);
  const [{ recipients, message } = { recipients: [], message: '' }] = received;
  expect(recipients).toEqual(mail.recipients);
  expect(message).toContain('Subject: AutoProvision: 1 provisioned');
  expect(message).toContain('Message-ID: <run.20261123T093000Z-aaaaaa@contoso.example>');
  expect(message).toContain('Content-Type: multipart/alternative');
  expect(message).toContain('In plain words: Zo=C3=AB.');
  expect(message).toContain('<p>In HTML.</p>');
  expect(message).toMatch(/filename=run\.log/);
});

test('with TLS from the first byte and a login, both are used', async () => {
  trustTestCertificate();
  const { received, port } = await serverWith({
    secure: true,
    disabledCommands: [],
    onAuth: ({ username, password }, _session, done) =>
      username === 'robot' && password === 'secret' ? done(null, { user: username }) : done(new Error('no')),
  });
  const settings: SmtpSettings = { ...plain, port, security: 'tls', user: 'robot', password: 'secret' };
  expect(await smtpTransport(settings).send(mail)).toMatchObject({ kind: 'sent' });
  expect(received).toMatchObject([{ secure: true, user: 'robot' }]);
});

test('with STARTTLS the mail goes only through the encrypted connection', async () => {
  trustTestCertificate();
  const { received, port } = await serverWith({ disabledCommands: ['AUTH'] });
  expect(await smtpTransport({ ...plain, port, security: 'starttls' }).send(mail)).toMatchObject({ kind: 'sent' });
  expect(received).toMatchObject([{ secure: true }]);
});

test('a server without the required STARTTLS gets no mail', async () => {
  const { received, port } = await serverWith();
  expect(await smtpTransport({ ...plain, port, security: 'starttls' }).send(mail)).toMatchObject({ kind: 'refused' });
  expect(received).toEqual([]);
});

test.each(['tls', 'starttls'] as const)('a certificate that nobody vouches for gets no mail (%s)', async (security) => {
  const { received, port } = await serverWith({ secure: security === 'tls', disabledCommands: ['AUTH'] });
  const delivery = await smtpTransport({ ...plain, port, security }).send(mail);
  expect(delivery.kind).toBe('try_again');
  expect(delivery.answer).toContain('certificate');
  expect(received).toEqual([]);
});

test('a login that is refused for good is final, and the password is not in the answer', async () => {
  const { received, port } = await serverWith({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(smtpError(535, 'Wrong name or password')),
  });
  const delivery = await smtpTransport({ ...plain, port, user: 'robot', password: 'hunter2' }).send(mail);
  expect(delivery).toMatchObject({ kind: 'refused' });
  expect(delivery.answer).toContain('Wrong name or password');
  expect(delivery.answer).not.toContain('hunter2');
  expect(received).toEqual([]);
});

test('a server that offers no login although one is set gets no mail', async () => {
  const { received, port } = await serverWith();
  const delivery = await smtpTransport({ ...plain, port, user: 'robot', password: 'secret' }).send(mail);
  expect(delivery.kind).not.toBe('sent');
  expect(received).toEqual([]);
});

test.each([
  [451, 'try_again'],
  [550, 'refused'],
] as const)('a sender answered with %i: %s', async (code, kind) => {
  const { port } = await serverWith({ onMailFrom: (_address, _session, done) => done(smtpError(code, 'Not you')) });
  expect(await smtpTransport({ ...plain, port }).send(mail)).toMatchObject({ kind });
});

test.each([
  [452, 'try_again'],
  [554, 'refused'],
] as const)('a message answered with %i was not taken: %s', async (code, kind) => {
  const { port } = await serverWith({
    onData: (stream, _session, done) => void text(stream).then(() => done(smtpError(code, 'Not this'))),
  });
  expect(await smtpTransport({ ...plain, port }).send(mail)).toMatchObject({ kind });
});

test('one refused recipient does not keep the mail from the others, and is named', async () => {
  const { received, port } = await serverWith({
    onRcptTo: ({ address }, _session, done) =>
      address.startsWith('desk') ? done(smtpError(550, 'Nobody here')) : done(),
  });
  const delivery = await smtpTransport({ ...plain, port }).send(mail);
  expect(delivery.kind).toBe('sent');
  expect(delivery.answer).toContain('desk@contoso.example');
  expect(received).toMatchObject([{ recipients: ['ops@contoso.example'] }]);
});

/** A server of few words: answers each line by `answer`, and after the end of the message does `atEnd`. */
async function scriptedServer(atEnd: 'hangs up' | 'falls silent' | 'says 421', onDataCommand = '354 go on') {
  const server = createServer((socket) => {
    let inMessage = false;
    socket.on('error', () => {});
    socket.write('220 here\r\n');
    socket.on('data', (bytes) => {
      const said = bytes.toString();
      if (inMessage) {
        if (!said.includes('\r\n.\r\n')) return;
        if (atEnd === 'hangs up') socket.destroy();
        if (atEnd === 'says 421') socket.end('421 closing\r\n');
      } else if (said.startsWith('DATA')) {
        inMessage = onDataCommand.startsWith('354');
        if (onDataCommand === '') socket.destroy();
        else socket.write(`${onDataCommand}\r\n`);
      } else socket.write('250 ok\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test.each(['hangs up', 'falls silent'] as const)(
  'a server that has the whole message and %s may have taken it: uncertain',
  async (atEnd) => {
    const port = await scriptedServer(atEnd);
    const timeouts = { connectMs: 2000, silenceMs: 300 };
    expect(await smtpTransport({ ...plain, port }, timeouts).send(mail)).toMatchObject({ kind: 'uncertain' });
  },
);

test('a server that answers the whole message with 421 has not taken it', async () => {
  const port = await scriptedServer('says 421');
  expect(await smtpTransport({ ...plain, port }).send(mail)).toMatchObject({ kind: 'try_again' });
});

test('a connection lost before the server asked for the message certainly sent nothing', async () => {
  const port = await scriptedServer('hangs up', '');
  expect(await smtpTransport({ ...plain, port }).send(mail)).toMatchObject({ kind: 'try_again' });
});

test('a server that is down gets the mail once it is up', async () => {
  const { port, close } = await serverWith();
  await close();
  const transport = smtpTransport({ ...plain, port });
  expect(await transport.send(mail)).toMatchObject({ kind: 'try_again' });
  const { received } = await serverWith({}, port);
  expect(await transport.send(mail)).toMatchObject({ kind: 'sent' });
  expect(received).toHaveLength(1);
});

test('a subject with a line break stays one header', async () => {
  const { received, port } = await serverWith();
  await smtpTransport({ ...plain, port }).send({ ...mail, subject: 'a\r\nBcc: eve@x.example' });
  expect(received).toHaveLength(1);
  expect(received[0]?.message).not.toMatch(/^Bcc:/m);
});
