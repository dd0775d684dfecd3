/** Probes mailboxes: the only reliable way to learn that one is open, and first access helps a new one to start. */
import type { MailboxProbe } from '#lib/domain/account.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import { roomBeside, type SubAnswer, type SubRequest } from '#lib/graph/http/batch.ts';
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
const SILENT_CODES = new Set(
  [
    'MailboxNotEnabledForRESTAPI',
    'ResourceNotFound',
    'ErrorInvalidUser',
    'ErrorNonExistentMailbox',
    // Not known there yet, or without the store that a mailbox has (graph-facts §2, consistency).
    'Request_ResourceNotFound',
    'ErrorItemNotFound',
  ].map((code) => code.toLowerCase()),
);

export function readProbe(answer: SubAnswer): MailboxProbe {
  if (answer.kind === 'lost') return { kind: 'unknown', why: answer.why };
  if (answer.status === 200) {
    const settings = mailboxSettingsSchema.safeParse(answer.body);
    return settings.success
      ? { kind: 'answers', purpose: settings.data.userPurpose?.toLowerCase() ?? 'user' }
      : { kind: 'unknown', why: silence('unreadable') };
  }
  const fault = faultOf(answer.status, answer.body);
  if (/^MailboxNotHostedInExchangeOnline$/i.test(fault.code)) return { kind: 'on_premises' };
  // Not found is not found, whatever code stands beside it.
  if (SILENT_CODES.has(fault.code.toLowerCase()) || answer.status === 404) return { kind: 'silent', code: fault.code };
  if (answer.status === 403) return { kind: 'denied', why: fault.message || fault.code || 'status 403' };
  return { kind: 'unknown', why: silence('answered', `${answer.status} ${fault.code}`) };
}

/** So many others are asked before a run stops because mailboxes refuse. */
const OTHERS_ASKED = 5;

export interface MailboxQuestion {
  accountIds: readonly string[];
  /** Accounts of the same tenant that can tell a missing permission from mailboxes that refuse. */
  others: readonly string[];
  /** Probably without a mailbox: asked where the last round trip has room for them. */
  inPassing: readonly string[];
  /** Those that an earlier run has asked about: how many refuse now says nothing of the permission. */
  known: readonly string[];
  /** Those that refused an earlier run: that they still do is news only where the token lacks the permission. */
  refusing: readonly string[];
  /** Accounts whose mailbox was seen open: they refuse as well where the permission is missing. */
  open: () => readonly string[];
}

/**
 * Probes the mailboxes of accounts, 20 per round trip. One result per id, in order, first of `accountIds`, then of those asked in passing:
 * undefined where nothing is known, because of them only a mailbox that answers is told. A single 403 is `denied` and says nothing about
 * the mailbox; throws `DirectoryError` where it is the permission that is missing. Before that some of `others` and of `open` are asked: to
 * learn of one that there is no mailbox takes the permission as well.
 */
export async function probeMailboxes(
  client: GraphClient,
  { accountIds, others, inPassing, known, refusing, open }: MailboxQuestion,
  access: AccessWatch,
  context: RequestContext,
): Promise<(ProbedMailbox | undefined)[]> {
  const ask = async (ids: readonly string[], onceOnly: readonly string[] = []): Promise<ProbedMailbox[]> => {
    const requests = [...ids.map(probeRequest), ...onceOnly.map((id) => ({ ...probeRequest(id), once: true }))];
    const answers = await client.readAll(requests, context);
    return answers.map((answer) => ({ probe: readProbe(answer), call: answer.record }));
  };
  const all = await ask(accountIds, inPassing.slice(0, roomBeside(accountIds.length)));
  const probed = all.map((one, index) => (index < accountIds.length || one.probe.kind === 'answers' ? one : undefined));
  const denied = accountIds.filter((_, index) => probed[index]?.probe.kind === 'denied');
  if (all.some(isHeard)) {
    access.allowed('mailbox');
    return probed;
  }
  const refusedBefore = new Set([...known, ...refusing]);
  const stops = await Promise.all(
    denied.map((id) => (refusedBefore.has(id) ? access.refusedAgain('mailbox') : access.refused('mailbox', id))),
  );
  const stop = stops.find((one) => one !== null);
  if (!stop) return probed;
  const candidates = [others, open()].flatMap((ids) =>
    ids.filter((id) => !accountIds.includes(id)).slice(0, OTHERS_ASKED),
  );
  if (candidates.length === 0 || !(await ask(candidates)).some(isHeard)) throw stop;
  access.allowed('mailbox');
  return probed;
}

/** True where Exchange Online answered for the mailbox, whether it is there or not. */
function isHeard({ probe: { kind } }: ProbedMailbox): boolean {
  return kind !== 'denied' && kind !== 'unknown';
}
