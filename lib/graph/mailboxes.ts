/** Probes mailboxes: the only reliable way to learn that one is open, and first access helps a new one to start. */
import type { MailboxProbe } from '#lib/domain/account.ts';
import type { SubAnswer, SubRequest } from '#lib/graph/http/batch.ts';
import { DirectoryError } from '#lib/graph/http/errors.ts';
import type { CallRecord } from '#lib/graph/http/transport.ts';
import { faultOf, mailboxSettingsSchema } from '#lib/graph/http/wire.ts';
import type { GraphClient } from './graph-client.ts';
import type { RequestContext } from './request-queue.ts';

export interface ProbedMailbox {
  probe: MailboxProbe;
  call: CallRecord;
}

function probeRequest(accountId: string): SubRequest {
  return {
    method: 'GET',
    url: `/users/${encodeURIComponent(accountId)}/mailboxSettings?$select=userPurpose`,
    label: 'GET /users/{id}/mailboxSettings',
    units: 0,
  };
}

/** Codes by which Exchange Online says that no mailbox answers, without saying why (graph-facts §4). */
const SILENT_CODES = new Set([
  'MailboxNotEnabledForRESTAPI',
  'ResourceNotFound',
  'ErrorInvalidUser',
  'ErrorNonExistentMailbox',
]);

function readProbe(answer: SubAnswer): MailboxProbe {
  if (answer.kind === 'lost') return { kind: 'unknown', why: answer.why };
  if (answer.status === 200) {
    const settings = mailboxSettingsSchema.safeParse(answer.body);
    return settings.success
      ? { kind: 'answers', purpose: settings.data.userPurpose ?? 'user' }
      : { kind: 'unknown', why: 'the response was unreadable' };
  }
  const fault = faultOf(answer.status, answer.body);
  if (fault.code === 'MailboxNotHostedInExchangeOnline') return { kind: 'on_premises' };
  if (answer.status === 404 && (SILENT_CODES.has(fault.code) || fault.code === ''))
    return { kind: 'silent', code: fault.code };
  if (answer.status === 403) return { kind: 'unknown', why: 'access to the mailbox was refused' };
  return { kind: 'unknown', why: `Graph answered ${answer.status} ${fault.code}`.trim() };
}

/**
 * Probes the mailboxes of accounts, 20 per round trip. One result per id, in order. Where every one is refused with 403, the
 * permission is missing (`DirectoryError`); a single 403 says nothing about the mailbox and stays `unknown`.
 */
export async function probeMailboxes(
  client: GraphClient,
  accountIds: readonly string[],
  context: RequestContext,
): Promise<ProbedMailbox[]> {
  const answers = await client.readAll(accountIds.map(probeRequest), context);
  const isRefused = (answer: SubAnswer) => answer.kind === 'answered' && answer.status === 403;
  if (answers.length > 0 && answers.every(isRefused))
    throw new DirectoryError(
      'permission_missing',
      'MailboxSettings.Read is missing: Exchange Online refused every mailbox (403).',
    );
  return answers.map((answer) => ({ probe: readProbe(answer), call: answer.record }));
}
