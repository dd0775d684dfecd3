/** Processes the outbox: claims a mail, sends it, records the result, one after the other. */
import type { Db } from '#db/client.ts';
import { claimDueMail, mailIsDue, settleMail } from '#db/store/mail/outbox.ts';
import type { Delivery, Mail, MailTransport } from '#lib/domain/mail.ts';
import { log } from '#lib/log.ts';
import { whenUnlocked } from './when-unlocked.ts';

export interface SendDueMail {
  db: Db;
  transport: MailTransport;
  now: () => number;
  signal: AbortSignal;
}

/** Sends every mail that is due and returns how many were sent. Never throws: a database error is only logged. */
export async function sendDueMail({ db, transport, now, signal }: SendDueMail): Promise<number> {
  let sent = 0;
  try {
    while (!signal.aborted && mailIsDue(db, now())) {
      await whenUnlocked(db, signal);
      const mail = claimDueMail(db, transport.name, now());
      if (!mail) break;
      const delivery = await deliver(transport, mail);
      await whenUnlocked(db, signal);
      settleMail(db, mail, delivery, now());
      if (delivery.kind === 'sent') sent++;
      else log.warn({ mail: mail.key, attempt: mail.attempts, kind: delivery.kind }, delivery.answer);
    }
  } catch (error) {
    log.error({ err: error }, 'the outbox could not be processed; it will be retried');
  }
  return sent;
}

/** A transport that throws, against its contract, may have sent the mail. */
async function deliver(transport: MailTransport, mail: Mail): Promise<Delivery> {
  try {
    return await transport.send(mail);
  } catch (error) {
    return { kind: 'uncertain', answer: `Unexpected: ${error instanceof Error ? error.message : String(error)}` };
  }
}
