/** Processes the outbox: claims a mail, sends it, records the result, one after the other. */
import type { Db } from '#db/client.ts';
import { claimDueMail, mailIsDue, settleMail } from '#db/store/mail/outbox.ts';
import type { Delivery, Mail, MailTransport } from '#lib/domain/mail.ts';
import { backoffMs, pause } from '#lib/graph/pause.ts';
import { log } from '#lib/log.ts';
import { whenUnlocked } from './when-unlocked.ts';

/** Between two tries to record what became of a mail; doubled up to half a minute. */
const FIRST_PAUSE_MS = 500;

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
      await untilRecorded(() => settleMail(db, mail, delivery, now()), db, signal);
      if (delivery.kind === 'sent') sent++;
      else log.warn({ mail: mail.key, attempt: mail.attempts, kind: delivery.kind }, delivery.answer);
    }
  } catch (error) {
    log.error({ err: error }, 'the outbox could not be processed; it will be retried');
  }
  return sent;
}

/**
 * Tries again where the database cannot be written, by a full disk for example: nobody else knows what became of this mail. Throws once
 * `signal` is aborted; the next process takes the mail for uncertain.
 */
async function untilRecorded(record: () => void, db: Db, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await whenUnlocked(db, signal);
    try {
      return record();
    } catch (error) {
      if (signal.aborted) throw error;
      if (attempt === 1) log.error({ err: error }, 'what became of a mail could not be recorded; it will be retried');
      await pause(backoffMs(attempt, FIRST_PAUSE_MS), signal);
    }
  }
}

/** A transport that throws, against its contract, may have sent the mail. */
async function deliver(transport: MailTransport, mail: Mail): Promise<Delivery> {
  try {
    return await transport.send(mail);
  } catch (error) {
    return { kind: 'uncertain', answer: `Unexpected: ${error instanceof Error ? error.message : String(error)}` };
  }
}
