import { eq } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { outbox } from '#db/schema/mail.ts';
import { claimDueMail, enqueueMail, recoverInterruptedMail } from '#db/store/mail/outbox.ts';
import type { Delivery, Mail, MailTransport } from '#lib/domain/mail.ts';
import { sendDueMail } from '#lib/engine/outbox.ts';

const NOW = Date.UTC(2026, 10, 23, 9, 30);
const MINUTE = 60_000;

const mailOf = (key: string): Mail & { runId: null } => ({
  key,
  runId: null,
  sender: 'autoprovision@contoso.example',
  recipients: ['ops@contoso.example'],
  subject: 'AutoProvision: 1 provisioned',
  text: 'text',
  html: '<p>html</p>',
  attachment: { name: 'run.log', text: 'SUCCESS: done. [ada@contoso.example]\r\n' },
});

/** A database with mails, a transport that answers as told, and a clock that stands still. */
function post(keys: string[], answers: (Delivery | Error)[]) {
  const db = openDatabase(':memory:');
  onTestFinished(() => void db.$client.close());
  for (const key of keys) enqueueMail(db, mailOf(key), NOW);
  const sent: Mail[] = [];
  const transport: MailTransport = {
    name: 'test',
    async send(mail) {
      sent.push(mail);
      const answer = answers.shift();
      if (!answer) throw new Error('one mail too many');
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const clock = { now: NOW };
  const send = (signal = new AbortController().signal) => sendDueMail({ db, transport, now: () => clock.now, signal });
  const row = (key: string) => db.select().from(outbox).where(eq(outbox.dedupeKey, key)).get();
  return { db, sent, send, row, clock };
}

const SENT: Delivery = { kind: 'sent', answer: '250 ok' };
const later = (retryAfterMs: number | null = null): Delivery => ({ kind: 'try_again', retryAfterMs, answer: 'down' });

test('a mail is sent whole, once, and its answer is kept', async () => {
  const { send, sent, row } = post(['a'], [SENT]);
  expect(await send()).toBe(1);
  expect(await send()).toBe(0);
  const { runId: _, ...mail } = mailOf('a');
  expect(sent).toMatchObject([mail]);
  expect(row('a')).toMatchObject({ status: 'sent', sentAt: NOW, transport: 'test', answer: '250 ok', attempts: 1 });
});

test('a second mail about the same thing is not stored', () => {
  const { db } = post(['a'], []);
  expect(enqueueMail(db, { ...mailOf('a'), subject: 'again' }, NOW)).toBe(false);
  expect(db.select().from(outbox).all()).toMatchObject([{ subject: 'AutoProvision: 1 provisioned' }]);
});

test('what was surely not sent is tried again after 1, 5, 15 and then every 60 minutes', async () => {
  const { send, sent, clock, row } = post(['a'], [later(), later(), later(), later(), later(), SENT]);
  for (const [attempt, pause] of [1, 5, 15, 60, 60].entries()) {
    await send();
    expect(row('a')).toMatchObject({
      status: 'queued',
      attempts: attempt + 1,
      nextAttemptAt: clock.now + pause * MINUTE,
    });
    clock.now += pause * MINUTE - 1;
    expect(await send()).toBe(0);
    clock.now += 1;
  }
  expect(await send()).toBe(1);
  expect(sent).toHaveLength(6);
});

test('a server that names a longer pause is obeyed', async () => {
  const { send, row } = post(['a'], [later(7 * MINUTE)]);
  await send();
  expect(row('a')?.nextAttemptAt).toBe(NOW + 7 * MINUTE);
});

test('a report that cannot be sent for 24 hours is given up, and says why', async () => {
  const { send, sent, clock, row } = post(
    ['a'],
    Array.from({ length: 100 }, () => later()),
  );
  while (row('a')?.status === 'queued') {
    await send();
    clock.now = row('a')?.nextAttemptAt ?? clock.now;
  }
  expect(row('a')).toMatchObject({ status: 'failed', answer: 'down' });
  expect(clock.now).toBeLessThanOrEqual(NOW + 24 * 60 * MINUTE);
  expect(sent.length).toBeGreaterThan(20);
});

test.each<[Delivery | Error, string]>([
  [{ kind: 'uncertain', answer: 'no answer' }, 'uncertain'],
  [{ kind: 'refused', answer: 'no' }, 'failed'],
  [new Error('a bug'), 'uncertain'],
])('after %j a mail is never sent again', async (answer, status) => {
  const { send, sent, clock, row } = post(['a'], [answer]);
  await send();
  clock.now += 48 * 60 * MINUTE;
  await send();
  expect(sent).toHaveLength(1);
  expect(row('a')).toMatchObject({ status });
});

test('one mail that cannot be sent does not hold up the next', async () => {
  const { send, sent } = post(['a', 'b', 'c'], [later(), { kind: 'refused', answer: 'no' }, SENT]);
  expect(await send()).toBe(1);
  expect(sent.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
});

test('a mail that was being sent when the process died may have arrived: it is not sent again', async () => {
  const { db, send, sent, row } = post(['a', 'b'], [SENT]);
  expect(claimDueMail(db, 'test', NOW)?.key).toBe('a');
  expect(recoverInterruptedMail(db)).toBe(1);
  expect(await send()).toBe(1);
  expect(sent.map(({ key }) => key)).toEqual(['b']);
  expect(row('a')).toMatchObject({ status: 'uncertain' });
});

test('two senders never get the same mail', () => {
  const { db } = post(['a', 'b'], []);
  const claims = [1, 2, 3].map(() => claimDueMail(db, 'test', NOW)?.key ?? null);
  expect(claims).toEqual(['a', 'b', null]);
});

test('nothing is claimed once the server is stopping', async () => {
  const { send, row } = post(['a'], []);
  expect(await send(AbortSignal.abort())).toBe(0);
  expect(row('a')).toMatchObject({ status: 'queued' });
});

test('a broken database is no error of the caller', async () => {
  const { db, send } = post(['a'], []);
  db.$client.exec('drop table outbox');
  expect(await send()).toBe(0);
});

test('what became of a mail is recorded as soon as the disk has room again, and the mail is not sent twice', async () => {
  const { db, send, sent, row } = post(['a'], [SENT]);
  db.$client.exec(
    "create trigger full before update on outbox when new.status = 'sent' begin select raise(abort, 'no room'); end",
  );
  setTimeout(() => db.$client.exec('drop trigger full'), 100);
  expect(await send()).toBe(1);
  expect(sent).toHaveLength(1);
  expect(row('a')).toMatchObject({ status: 'sent', answer: '250 ok' });
});
