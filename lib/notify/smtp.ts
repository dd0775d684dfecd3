/** Sends mail through an SMTP server: one connection per mail, and it is always known whether the message was handed over. */
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Delivery, Mail, MailTransport } from '#lib/domain/mail.ts';
import type { SmtpSettings } from '#lib/env.ts';
import { oneLine } from './one-line.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 30_000;

export interface SmtpTimeouts {
  connectMs: number;
  silenceMs: number;
}

/** A transport for one server. The server's certificate is always checked; with `starttls` nothing is said in clear after the greeting. */
export function smtpTransport(
  settings: SmtpSettings,
  timeouts: SmtpTimeouts = { connectMs: CONNECT_TIMEOUT_MS, silenceMs: SILENCE_TIMEOUT_MS },
): MailTransport {
  return {
    name: 'smtp',
    async send(mail) {
      // Read by nodemailer only after the server has said yes to DATA: from then on nobody but the server knows.
      let handedOver = false;
      try {
        const bytes = await composeMessage(mail);
        const message = new Readable({
          read() {
            handedOver = true;
            this.push(bytes);
            this.push(null);
          },
        });
        return await converse(settings, timeouts, mail, message);
      } catch (error) {
        return judge(error, handedOver);
      }
    },
  };
}

function composeMessage({ key, sender, recipients, subject, text, html, attachment }: Mail): Promise<Buffer> {
  return new MailComposer({
    // The same at every attempt, so that a mail server can recognise a repetition.
    messageId: `<${key}@${sender.split('@').at(-1)}>`,
    from: sender,
    to: recipients,
    subject,
    text,
    html,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(attachment
      ? {
          attachments: [
            { filename: attachment.name, content: attachment.text, contentType: 'text/plain; charset=utf-8' },
          ],
        }
      : {}),
  })
    .compile()
    .build();
}

function connectionTo(settings: SmtpSettings, timeouts: SmtpTimeouts): SMTPConnection {
  return new SMTPConnection({
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.connectMs,
    dnsTimeout: timeouts.connectMs,
    socketTimeout: timeouts.silenceMs,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true },
  });
}

/** Connects and signs in where there is a login. Rejects with nodemailer's error. */
function open(connection: SMTPConnection, { user, password }: SmtpSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject);
    connection.connect((error) => {
      if (error) return reject(error);
      if (user === null) return resolve();
      connection.login({ credentials: { user, pass: password ?? '' } }, (refused) =>
        refused ? reject(refused) : resolve(),
      );
    });
  });
}

/** Connects and sends. Rejects with nodemailer's error. */
async function converse(
  settings: SmtpSettings,
  timeouts: SmtpTimeouts,
  mail: Mail,
  message: Readable,
): Promise<Delivery> {
  const connection = connectionTo(settings, timeouts);
  try {
    await open(connection, settings);
    return await new Promise<Delivery>((resolve, reject) => {
      connection.on('error', reject);
      connection.send({ from: mail.sender, to: mail.recipients }, message, (error, info) =>
        error ? reject(error) : resolve(sent(info)),
      );
    });
  } finally {
    connection.close();
  }
}

/** Connects and signs in, and sends nothing. Null where that works; otherwise what went wrong, in one line. */
export async function smtpProblem(
  settings: SmtpSettings,
  timeouts: SmtpTimeouts = { connectMs: CONNECT_TIMEOUT_MS, silenceMs: SILENCE_TIMEOUT_MS },
): Promise<string | null> {
  const connection = connectionTo(settings, timeouts);
  try {
    await open(connection, settings);
    return null;
  } catch (error) {
    return oneLine(smtpError(error).message);
  } finally {
    connection.close();
  }
}

function sent({ response, rejected }: SMTPConnection.SentMessageInfo): Delivery {
  const missed = rejected.length > 0 ? ` It refused these recipients: ${rejected.join(', ')}.` : '';
  return { kind: 'sent', answer: oneLine(`The mail server said: ${response}.${missed}`) };
}

function judge(error: unknown, handedOver: boolean): Delivery {
  const { code, responseCode, message } = smtpError(error);
  const answer = oneLine(message);
  const wasAnswered = responseCode !== null && (!handedOver || code === 'EMESSAGE');
  if (wasAnswered && responseCode >= 500) return { kind: 'refused', answer: `The mail server refused: ${answer}` };
  if (handedOver && !wasAnswered)
    return { kind: 'uncertain', answer: `The mail server got the mail but did not say whether it took it: ${answer}` };
  return { kind: 'try_again', retryAfterMs: null, answer: `The mail was not sent: ${answer}` };
}

/** What nodemailer says about an error; the parts it leaves out are null. */
function smtpError(error: unknown): { code: string | null; responseCode: number | null; message: string } {
  if (!(error instanceof Error)) return { code: null, responseCode: null, message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const responseCode = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null;
  return { code, responseCode, message: error.message };
}
