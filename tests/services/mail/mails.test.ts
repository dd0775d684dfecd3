import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { events } from '#db/schema/events.ts';
import { outbox } from '#db/schema/mail.ts';
import { listMails, previewReport, readMail, sendTestMail } from '#lib/services/mail/mails.ts';
import { saveSettings } from '#lib/services/settings/settings.ts';
import { addOutcome, addPerson, addRun, openServicesDatabase, operator } from '#tests/support/services-world.ts';

const db = openServicesDatabase();
const viewer = operator('Viewer');

const addMail = (change: Partial<typeof outbox.$inferInsert>) =>
  db
    .insert(outbox)
    .values({
      dedupeKey: crypto.randomUUID(),
      sender: 'autoprovision@contoso.example',
      recipients: ['helpdesk@contoso.example'],
      subject: 'AutoProvision: 3 provisioned',
      text: 'Three mailboxes opened.',
      html: '<p>Three mailboxes opened.</p>',
      status: 'sent',
      createdAt: 1,
      ...change,
    })
    .returning()
    .get();

test('mails are listed newest first and can be narrowed to those in trouble', () => {
  const sent = addMail({});
  const uncertain = addMail({ status: 'uncertain', answer: 'The connection was lost.' });
  expect(listMails(viewer, {}).items.map(({ id }) => id)).toEqual([uncertain.id, sent.id]);
  expect(listMails(viewer, { status: 'uncertain' }).items).toMatchObject([
    { recipients: ['helpdesk@contoso.example'], answer: 'The connection was lost.' },
  ]);
  expect(listMails(viewer, { status: 'nonsense' }).total).toBe(2);
});

test('a mail can be read as its readers get it, with the log attached', () => {
  const { id } = addMail({ attachmentName: 'run.log', attachmentText: 'SUCCESS: fine [a@b.example]' });
  expect(readMail(viewer, { id: String(id) })).toMatchObject({
    subject: 'AutoProvision: 3 provisioned',
    text: 'Three mailboxes opened.',
    attachment: { name: 'run.log', text: 'SUCCESS: fine [a@b.example]' },
  });
});

test('a mail that is not there is not found', () => {
  expect(() => readMail(viewer, { id: 99_999 })).toThrow('There is no such mail.');
});

test('a test mail goes to whom Settings name, and to nobody before', () => {
  const admin = operator('Admin');
  expect(() => sendTestMail(admin)).toThrow('Save a sender and at least one recipient first.');
  saveSettings(admin, { reportSender: 'a@contoso.example', reportRecipients: ['b@contoso.example'] });
  expect(sendTestMail(admin)).toEqual({ recipients: ['b@contoso.example'] });
  const [mail] = listMails(admin, {}).items;
  expect(mail).toMatchObject({ subject: 'AutoProvision: test mail', recipients: ['b@contoso.example'], runId: null });
  expect(readMail(admin, { id: mail?.id }).text).toContain('Demo Admin sent this');
});

test('a preview tells what a report about the last 24 hours would say, and nothing before there was a run', () => {
  const admin = operator('Admin');
  expect(previewReport(admin)).toBeNull();
  const alma = { displayName: 'Alma Alder', userPrincipalName: 'alma@contoso.example' };
  const needsAttention = { state: 'needs_attention', reason: 'account_disabled', message: 'Disabled.' } as const;
  const personId = addPerson(db, { ...alma, ...needsAttention }).id;
  const now = Date.now();
  addRun(db, 'old', { requestedAt: now - 3 * 24 * 3_600_000, finishedAt: now - 3 * 24 * 3_600_000 + 1 });
  addOutcome(db, { runId: 'old', personId: addPerson(db).id });
  expect(previewReport(admin)).toBeNull();
  addRun(db, 'new', { requestedAt: now - 1000, finishedAt: now });
  addOutcome(db, { runId: 'new', personId, ...needsAttention });
  // Whoever was dismissed since needs nobody any more.
  const dismissed = addPerson(db, { state: 'dismissed', reason: 'dismissed' }).id;
  addOutcome(db, { runId: 'new', personId: dismissed, ...needsAttention });
  expect(previewReport(admin)).toMatchObject({
    title: 'AutoProvision: 1 needs attention',
    sections: [
      { title: expect.any(String), lines: [{ label: 'Alma Alder (alma@contoso.example)', rest: 'Disabled.' }] },
    ],
  });
});

test('test mail and preview are in the language that Settings name, and what was sent stays as it was; the history tells of the change', () => {
  const admin = operator('Admin');
  const { id: earlier } = addMail({ subject: 'AutoProvision: 1 licensed' });
  saveSettings(admin, {
    mailLanguage: 'de',
    reportSender: 'a@contoso.example',
    reportRecipients: ['b@contoso.example'],
  });
  sendTestMail(admin);
  const [mail] = listMails(admin, {}).items;
  expect(mail?.subject).toBe('AutoProvision: Test-E-Mail');
  expect(readMail(admin, { id: mail?.id }).text).toContain('Demo Admin hat dies aus den Einstellungen');
  expect(
    db
      .select()
      .from(outbox)
      .where(eq(outbox.id, mail?.id ?? 0))
      .get()?.html,
  ).toContain('<html lang="de">');
  expect(readMail(admin, { id: earlier }).subject).toBe('AutoProvision: 1 licensed');
  const titleIn = () => previewReport(admin)?.title;
  expect([previewReport(admin)?.language, titleIn()]).toEqual(['de', 'AutoProvision: 1 mit Handlungsbedarf']);
  saveSettings(admin, { mailLanguage: 'en' });
  expect([previewReport(admin)?.language, titleIn()]).toEqual(['en', 'AutoProvision: 1 needs attention']);
  const changes = db.select().from(events).where(eq(events.kind, 'settings.changed')).all();
  expect(changes.map(({ data }) => data)).toContainEqual({ name: 'mailLanguage', before: 'en', after: 'de' });
});
