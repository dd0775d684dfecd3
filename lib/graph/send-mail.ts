/** Sends mail through Microsoft Graph as the sender's own mailbox. */

import type { Delivery, Mail, MailTransport } from '#lib/domain/mail.ts';
import { retryAfterMs } from '#lib/graph/http/transport.ts';
import { faultOf } from '#lib/graph/http/wire.ts';

/** One POST to Graph that is never repeated. Throws where it was not sent or not let in (sign-in). */
export type GraphPost = (
  path: string,
  body: unknown,
) => Promise<{ kind: 'answered'; status: number; headers: Headers; body: unknown } | { kind: 'lost'; why: string }>;

/** Sends by `sendMail`. It accepts (202), it does not deliver; nothing is kept in Sent Items. */
export function graphTransport(post: GraphPost): MailTransport {
  return {
    name: 'graph',
    async send(mail) {
      try {
        const answer = await post(`/users/${encodeURIComponent(mail.sender)}/sendMail`, requestBody(mail));
        if (answer.kind === 'lost')
          return { kind: 'uncertain', answer: `Microsoft Graph did not say whether it took the mail: ${answer.why}.` };
        return judge(answer.status, answer.headers, answer.body, mail.sender);
      } catch (error) {
        return {
          kind: 'try_again',
          retryAfterMs: null,
          answer: error instanceof Error ? error.message : String(error),
        };
      }
    },
  };
}

function requestBody({ recipients, subject, html, attachment }: Mail): unknown {
  return {
    message: {
      subject,
      body: { contentType: 'html', content: html },
      toRecipients: recipients.map((address) => ({ emailAddress: { address } })),
      ...(attachment
        ? {
            attachments: [
              {
                '@odata.type': '#microsoft.graph.fileAttachment',
                name: attachment.name,
                contentType: 'text/plain',
                contentBytes: Buffer.from(attachment.text, 'utf8').toString('base64'),
              },
            ],
          }
        : {}),
    },
    saveToSentItems: false,
  };
}

function judge(status: number, headers: Headers, body: unknown, sender: string): Delivery {
  if (status >= 200 && status < 300) {
    const requestId = headers.get('request-id');
    return { kind: 'sent', answer: `Microsoft Graph accepted it (${status}${requestId ? `, ${requestId}` : ''}).` };
  }
  const { code, message } = faultOf(status, body);
  const said = `Microsoft Graph answered ${status} ${code}: ${message}`;
  const retryAfter = headers.get('retry-after');
  if (status === 429 || (status === 503 && retryAfter !== null))
    return { kind: 'try_again', retryAfterMs: retryAfter === null ? null : retryAfterMs(retryAfter, 0), answer: said };
  if (status === 401) return { kind: 'try_again', retryAfterMs: null, answer: said };
  // A gateway that gave up waiting does not know whether Exchange went on.
  if (status >= 500 || status === 408) return { kind: 'uncertain', answer: said };
  return { kind: 'refused', answer: `${explain(status, code, sender)}${said}` };
}

function explain(status: number, code: string, sender: string): string {
  if (code === 'ErrorSendAsDenied') return `The app may not send as ${sender}. `;
  if (status === 403) return `Mail.Send is missing, or the app is not allowed to use the mailbox ${sender}. `;
  if (status === 404) return `The sender ${sender} has no mailbox in Exchange Online. `;
  return '';
}
