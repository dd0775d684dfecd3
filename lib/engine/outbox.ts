/** Works the outbox off: claims a mail, sends it, records what became of it, one after the other. */
import type { Db } from '#db/client.ts';
import { claimDueMail, settleMail } from '#db/store/mail/outbox.ts';
import type { Delivery, Mail, MailTransport } from '#lib/domain/mail.ts';
import { log } from '#lib/log.ts';

export interface SendDueMail {
  db: Db;
  transport: MailTransport;
  now: () => number;
  signal: AbortSignal;
}

/** Sends every mail that is due, and gives how many were sent. Never throws: a broken database is a line in the log. */
export async function sendDueMail({ db, transport, now, signal }: SendDueMail): Promise<number> {
  let sent = 0;
  try {
    while (!signal.aborted) {
      const mail = claimDueMail(db, transport.name, now());
      if (!mail) break;
      const delivery = await attempt(transport, mail);
      settleMail(db, mail, delivery, now());
      if (delivery.kind === 'sent') sent++;
      else log.warn({ mail: mail.key, attempt: mail.attempts, kind: delivery.kind }, delivery.answer);
    }
  } catch (error) {
    log.error({ err: error }, 'the outbox could not be worked off; it is tried again');
  }
  return sent;
}

/** A transport that breaks its promise and throws may have sent the mail. */
async function attempt(transport: MailTransport, mail: Mail): Promise<Delivery> {
  try {
    return await transport.send(mail);
  } catch (error) {
    return { kind: 'uncertain', answer: `Unexpected: ${error instanceof Error ? error.message : String(error)}` };
  }
}
