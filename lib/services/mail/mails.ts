/** Report mails for the web: sent, queued, and each mail as its recipients get it. */
import { z } from 'zod';
import { MAIL_STATUSES, type MailStatus } from '#db/schema/mail.ts';
import { recordEvent } from '#db/store/events/record-event.ts';
import { countMails, type MailRow, mailById, pageOfMails } from '#db/store/mail/mails-read.ts';
import { enqueueMail } from '#db/store/mail/outbox.ts';
import { countArrivals, filesOfRuns, newAttentionCases, runsEndedSince } from '#db/store/mail/report.ts';
import { lastIntakeRun, numberOfRun } from '#db/store/runs/runs-read.ts';
import { readSettings } from '#db/store/system/settings.ts';
import type { Operator } from '#lib/auth/operator.ts';
import type { MailLanguage } from '#lib/domain/settings.ts';
import { readEnv, readServerEnv } from '#lib/env.ts';
import { newId } from '#lib/ids.ts';
import { firstRowsLeftOut } from '#lib/intake/rows/case-names.ts';
import { type Page as ReportPage, renderHtml, renderText } from '#lib/notify/render.ts';
import { reportPage } from '#lib/notify/report.ts';
import { database } from '#lib/services/http/database.ts';
import { authorise, parseInput, ServiceError } from '#lib/services/http/errors.ts';
import { type Page, paged, pageSchema } from '#lib/services/http/listing.ts';
import { sayIn } from '#lib/words/dictionary.ts';

export interface MailItem {
  id: number;
  subject: string;
  sender: string;
  recipients: string[];
  status: MailStatus;
  createdAt: number;
  sentAt: number | null;
  attempts: number;
  nextAttemptAt: number | null;
  runId: string | null;
  /** The mail server's answer, or why the mail was not sent. */
  answer: string | null;
}

export interface MailList extends Page<MailItem> {
  query: MailsQuery;
}

export interface MailDetail extends MailItem {
  /** Null: about no run, or retention has deleted it since. */
  runNumber: number | null;
  /** Empty once it is older than the retention in Settings. */
  text: string;
  transport: string | null;
  attachment: { name: string; text: string } | null;
}

/** A report as it would be sent, in the language of mails; of long lists the first few. */
export type ReportPreview = ReportPage;

const PEOPLE_PREVIEWED = 5;

/** `?status=failed&page=…`. Invalid values count as absent. */
const mailsQuerySchema = z.object({
  status: z.enum(MAIL_STATUSES).nullable().catch(null).default(null),
  page: pageSchema,
});
type MailsQuery = z.infer<typeof mailsQuerySchema>;

const recipientsSchema = z.array(z.string()).catch([]);

function toItem(row: MailRow): MailItem {
  return {
    id: row.id,
    subject: row.subject,
    sender: row.sender,
    recipients: recipientsSchema.parse(row.recipients),
    status: row.status,
    createdAt: row.createdAt,
    sentAt: row.sentAt,
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt,
    runId: row.runId,
    answer: row.answer,
  };
}

/** One page of mails, newest first. `input` is the address's search parameters (`mailsQuerySchema`). */
export function listMails(operator: Operator | null, input: unknown): MailList {
  authorise(operator, 'mail:read');
  const query = parseInput(mailsQuerySchema, input);
  const db = database();
  const page = paged(countMails(db, query.status), query.page, (offset, limit) =>
    pageOfMails(db, query.status, offset, limit).map(toItem),
  );
  return { ...page, query };
}

function testPage(language: MailLanguage, name: string): ReportPage {
  const say = sayIn(language, 'report');
  return {
    language,
    title: say('testTitle'),
    summary: say('testSummary', { name }),
    sections: [],
    footer: { label: say('testFooter'), href: `${readServerEnv().publicUrl}/settings?section=reports`, rest: '' },
    note: null,
  };
}

/**
 * Sends a test mail to the recipients in Settings, the way reports are sent. Returns the recipients. Throws `invalid` where
 * there are none.
 */
export function sendTestMail(operator: Operator | null): { recipients: string[] } {
  authorise(operator, 'settings:write');
  const now = Date.now();
  return database().transaction(
    (tx) => {
      const { reportSender: sender, reportRecipients: recipients, mailLanguage } = readSettings(tx, readEnv());
      if (sender === '' || recipients.length === 0) throw new ServiceError('invalid', ['noRecipients']);
      const page = testPage(mailLanguage, operator.name);
      const mail = { subject: page.title, text: renderText(page), html: renderHtml(page), attachment: null };
      enqueueMail(tx, { ...mail, key: `test.${newId(now)}`, runId: null, sender, recipients }, now);
      const message = `${operator.name} sent a test mail to ${recipients.join(', ')}.`;
      recordEvent(tx, { kind: 'mail.tested', at: now, actor: operator, message, data: { recipients } });
      return { recipients };
    },
    { behavior: 'immediate' },
  );
}

const DAY_MS = 24 * 3_600_000;

/** What a report about the last 24 hours would say, whatever was sent of it; null where there is no news. */
export function previewReport(operator: Operator | null): ReportPreview | null {
  authorise(operator, 'settings:read');
  const db = database();
  const run = lastIntakeRun(db);
  if (!run) return null;
  const since = Date.now() - DAY_MS;
  const runIds = runsEndedSince(db, since);
  return reportPage({
    language: readSettings(db, readEnv()).mailLanguage,
    run,
    endIsNews: false,
    arrivals: countArrivals(db, { runIds, since }),
    needHuman: newAttentionCases(db, { runIds, since }, PEOPLE_PREVIEWED),
    files: filesOfRuns(db, runIds),
    rows: firstRowsLeftOut(db, runIds, PEOPLE_PREVIEWED),
    publicUrl: readServerEnv().publicUrl,
    checkpoint: null,
  });
}

/** One mail. `input`: `{ id }`. Throws `not_found`. */
export function readMail(operator: Operator | null, input: unknown): MailDetail {
  authorise(operator, 'mail:read');
  const { id } = parseInput(z.object({ id: z.coerce.number().int().positive() }), input);
  const db = database();
  const row = mailById(db, id);
  if (!row) throw new ServiceError('not_found', ['noMail']);
  return {
    ...toItem(row),
    runNumber: numberOfRun(db, row.runId),
    text: row.text,
    transport: row.transport,
    attachment:
      row.attachmentName !== null && row.attachmentText !== null
        ? { name: row.attachmentName, text: row.attachmentText }
        : null,
  };
}
