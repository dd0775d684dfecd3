/** Probes mailboxes: the only reliable way to learn that one is open, and first access helps a new one to start. */
import type { MailboxProbe } from '#lib/domain/account.ts';
import type { SubAnswer, SubRequest } from '#lib/graph/http/batch.ts';
import type { CallRecord } from '#lib/graph/http/transport.ts';
import { faultOf, mailboxSettingsSchema } from '#lib/graph/http/wire.ts';
import type { AccessWatch } from './access.ts';
import type { GraphClient } from './graph-client.ts';
import type { RequestContext } from './request-context.ts';

export interface ProbedMailbox {
  probe: MailboxProbe;
  call: CallRecord;
}

export function probeRequest(accountId: string): SubRequest {
  return {
    method: 'GET',
    url: `/users/${encodeURIComponent(accountId)}/mailboxSettings?$select=userPurpose`,
    label: 'GET /users/{id}/mailboxSettings',
    units: 0,
    canWait: true,
  };
}

/** Codes by which Exchange Online says that no mailbox answers, without saying why (graph-facts §4). The status beside them varies: 404, or 400. */
const SILENT_CODES = new Set([
  'MailboxNotEnabledForRESTAPI',
  'ResourceNotFound',
  'ErrorInvalidUser',
  'ErrorNonExistentMailbox',
]);

export function readProbe(answer: SubAnswer): MailboxProbe {
  if (answer.kind === 'lost') return { kind: 'unknown', why: answer.why };
  if (answer.status === 200) {
    const settings = mailboxSettingsSchema.safeParse(answer.body);
    return settings.success
      ? { kind: 'answers', purpose: settings.data.userPurpose ?? 'user' }
      : { kind: 'unknown', why: 'the response was unreadable' };
  }
  const fault = faultOf(answer.status, answer.body);
  if (fault.code === 'MailboxNotHostedInExchangeOnline') return { kind: 'on_premises' };
  if (SILENT_CODES.has(fault.code) || (answer.status === 404 && fault.code === ''))
    return { kind: 'silent', code: fault.code };
  if (answer.status === 403) return { kind: 'denied', why: fault.message || fault.code || 'status 403' };
  return { kind: 'unknown', why: `Graph answered ${answer.status} ${fault.code}`.trim() };
}

/**
 * Probes the mailboxes of accounts, 20 per round trip. One result per id, in order. A single 403 is `denied` and says nothing about
 * the mailbox; throws `DirectoryError` where it is the permission that is missing.
 */
export async function probeMailboxes(
  client: GraphClient,
  accountIds: readonly string[],
  access: AccessWatch,
  context: RequestContext,
): Promise<ProbedMailbox[]> {
  const answers = await client.readAll(accountIds.map(probeRequest), context);
  const probed = answers.map((answer) => ({ probe: readProbe(answer), call: answer.record }));
  if (probed.some(({ probe: { kind } }) => kind !== 'denied' && kind !== 'unknown')) access.allowed('mailbox');
  const denied = accountIds.filter((_, index) => probed[index]?.probe.kind === 'denied');
  for (const stop of await Promise.all(denied.map((id) => access.refused('mailbox', id)))) if (stop) throw stop;
  return probed;
}
