/** A real SMTP server on loopback that keeps what it takes and can be told to misbehave. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import type { SmtpSettings } from '#lib/env.ts';

const TLS = path.join(import.meta.dirname, '..', 'fixtures', 'tls');
export const CERTIFICATE = readFileSync(path.join(TLS, 'certificate.pem'), 'utf8');
const KEY = readFileSync(path.join(TLS, 'key.pem'), 'utf8');

export interface TakenMail {
  from: string;
  to: string[];
  source: string;
  user: string | null;
  isSecure: boolean;
}

export interface MailServer {
  settings: SmtpSettings;
  taken: TakenMail[];
  close(): Promise<void>;
}

/** An SMTP answer other than 250: `421 text`. */
export function reply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

export interface MailServerOptions {
  security?: SmtpSettings['security'];
  port?: number;
  /** Called when the whole message has arrived; what it throws is the answer. */
  onMessage?: (count: number) => void;
  server?: SMTPServerOptions;
}

/** Starts a server; it ends with the test. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const security = options.security ?? 'none';
  const taken: TakenMail[] = [];
  let messages = 0;
  const server = new SMTPServer({
    key: KEY,
    cert: CERTIFICATE,
    secure: security === 'tls',
    disabledCommands: security === 'none' ? ['STARTTLS'] : [],
    authOptional: true,
    logger: false,
    disableReverseLookup: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        try {
          options.onMessage?.(++messages);
        } catch (error) {
          done(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        taken.push({
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          to: session.envelope.rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString('utf8'),
          user: session.user ?? null,
          isSecure: session.secure,
        });
        done();
      });
    },
    ...options.server,
  });
  // A client that leaves in mid-conversation is no fault of the server.
  server.on('error', () => {});
  const listening = server.listen(options.port ?? 0, '127.0.0.1');
  await once(listening, 'listening');
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  onTestFinished(close);
  const { port } = listening.address() as AddressInfo;
  return { settings: { host: '127.0.0.1', port, security, user: null, password: null }, taken, close };
}
