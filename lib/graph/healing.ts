/** Asks Microsoft 365 to do again what did not work: to provision an account, or to assign the licences of its groups. */
import type { Healing, HealingAnswer, HealingKind } from '#lib/domain/decision/healing.ts';
import { faultOf } from '#lib/graph/http/wire.ts';
import type { GraphClient } from './graph-client.ts';
import type { RequestContext } from './request-context.ts';

const ACTIONS: Record<HealingKind, string> = {
  retry_provisioning: 'retryServiceProvisioning',
  reprocess_licences: 'reprocessLicenseAssignment',
};

/** Null: not done, because the run was stopped or the token was refused. Throws `DirectoryError` where Graph is down. */
export async function askAgain(
  client: GraphClient,
  { kind, accountId }: Healing,
  context: RequestContext,
): Promise<HealingAnswer | null> {
  const action = ACTIONS[kind];
  const url = `/users/${encodeURIComponent(accountId)}/${action}`;
  const answer = await client.write({ method: 'POST', url, label: `POST /users/{id}/${action}`, units: 1 }, context);
  if (!answer) return null;
  if (answer.kind === 'lost') return { kind: 'unknown', why: answer.why };
  if (answer.status < 300) return { kind: 'accepted' };
  // A refused token says nothing about the account: what is asked once is still to be asked.
  if (answer.status === 401) return null;
  const { message, code } = faultOf(answer.status, answer.body);
  return { kind: 'refused', status: answer.status, graphMessage: message || code || `status ${answer.status}` };
}
