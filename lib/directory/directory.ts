/** The one door to Microsoft Graph: everything the engine may ask or do there. */
import type { TokenCredential } from '@azure/identity';
import type { SubscribedSku } from '#lib/provisioning/core/mapping.ts';
import { type FoundAccount, findAccounts } from './accounts.ts';
import { Exchange, type SubAnswer } from './batch.ts';
import { DirectoryError } from './errors.ts';
import { type Inspect, type Inspection, inspectTenant } from './inspect.ts';
import { type LicenceOrder, type LicenceResult, Licensing } from './licensing.ts';
import { type ProbedMailbox, probeMailboxes } from './mailboxes.ts';
import { ParallelWrites, WindowBudget } from './pacing.ts';
import { GraphTransport, type Traffic } from './transport.ts';
import { faultOf, organizationSchema, subscribedSkusSchema, toSubscribedSkus } from './wire.ts';

export interface DirectoryOptions {
  /** Origin of Graph, without a version. */
  baseUrl: string;
  credential: TokenCredential;
  /** Makes a credential that has no cached token. */
  renewCredential?: () => TokenCredential;
  writesPer150s: number;
  unitsPer10s: number;
  /** When we wrote in the last 150 s, from before a restart: the tenant has not forgotten it. */
  recentWritesAt?: readonly number[];
  /** Times in ms; the defaults are meant for Microsoft's Graph, tests against a time-scaled demo tenant scale them too. */
  timing?: Partial<DirectoryTiming>;
}

export interface DirectoryTiming {
  writeWindowMs: number;
  unitWindowMs: number;
  timeoutMs: number;
  backoffBaseMs: number;
  replicationMs: number;
  throttlePatienceMs: number;
}

const DEFAULT_TIMING: DirectoryTiming = {
  writeWindowMs: 150_000,
  unitWindowMs: 10_000,
  timeoutMs: 30_000,
  backoffBaseMs: 500,
  replicationMs: 20_000,
  throttlePatienceMs: 600_000,
};

export interface TenantFacts {
  tenantName: string;
  skus: SubscribedSku[];
}

export interface Directory {
  /** Signs in and reads organisation and licences. Throws `DirectoryError`: then nothing may be written. */
  readTenant(signal?: AbortSignal): Promise<TenantFacts>;
  findAccounts(upns: readonly string[], signal?: AbortSignal): Promise<FoundAccount[]>;
  probeMailboxes(accountIds: readonly string[], signal?: AbortSignal): Promise<ProbedMailbox[]>;
  assignLicences(
    orders: readonly LicenceOrder[],
    signal: AbortSignal,
  ): Promise<{ results: LicenceResult[]; stoppedBy: DirectoryError | null }>;
  /** One POST that is never repeated, for mail. `lost`: it may have arrived. Throws `DirectoryError` where it surely did not leave. */
  post(
    path: string,
    body: unknown,
  ): Promise<{ kind: 'answered'; status: number; headers: Headers; body: unknown } | { kind: 'lost'; why: string }>;
  /** Tests the access, reading only. Throws `DirectoryError` where sign-in fails. */
  inspect(question: Inspect): Promise<Inspection>;
  /** What this directory has sent since it was made. */
  readonly traffic: Readonly<Traffic>;
  /** How long a read may lag behind a write, in ms: younger unsettled writes are waited for, not repeated. */
  readonly replicationMs: number;
}

function requireOk(answer: SubAnswer | undefined, permission: string): unknown {
  if (answer?.kind !== 'answered')
    throw new DirectoryError('graph_down', `Microsoft Graph does not answer: ${answer?.why ?? 'no answer'}.`);
  const { status, body } = answer;
  if (status === 401) throw new DirectoryError('sign_in_failed', 'Microsoft Graph refused the access token (401).');
  if (status === 403)
    throw new DirectoryError('permission_missing', `${permission} is missing: ${faultOf(status, body).message}`);
  if (status !== 200) throw new DirectoryError('graph_down', `Microsoft Graph answered ${status} for ${permission}.`);
  return body;
}

export function createDirectory(options: DirectoryOptions): Directory {
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const transport = new GraphTransport({
    baseUrl: options.baseUrl,
    credential: options.credential,
    ...(options.renewCredential ? { renewCredential: options.renewCredential } : {}),
    timeoutMs: timing.timeoutMs,
  });
  const exchange = new Exchange({
    transport,
    writeBudget: new WindowBudget(options.writesPer150s, timing.writeWindowMs, options.recentWritesAt),
    unitBudget: new WindowBudget(options.unitsPer10s, timing.unitWindowMs),
    parallelWrites: new ParallelWrites(),
    backoffBaseMs: timing.backoffBaseMs,
    readAttempts: 4,
    throttlePatienceMs: timing.throttlePatienceMs,
  });
  const { backoffBaseMs, replicationMs } = timing;
  const licensing = new Licensing({ exchange, backoffBaseMs, replicationMs });
  return {
    traffic: transport.traffic,
    replicationMs,
    findAccounts: (upns, signal) => findAccounts(exchange, upns, signal),
    probeMailboxes: (accountIds, signal) => probeMailboxes(exchange, accountIds, signal),
    assignLicences: (orders, signal) => licensing.assignLicences(orders, signal),
    inspect: (question) => inspectTenant(transport, question),
    async post(path, body) {
      const answer = await transport.send('POST', path, body);
      if (answer.kind === 'lost' && !answer.wasSent)
        throw new DirectoryError('graph_down', `Microsoft Graph does not answer: ${answer.why}.`);
      return answer;
    },
    async readTenant(signal) {
      const [organization, skus] = await exchange.readAll(
        [
          { method: 'GET', url: '/organization?$select=id,displayName', label: 'GET /organization', units: 1 },
          { method: 'GET', url: '/subscribedSkus', label: 'GET /subscribedSkus', units: 3 },
        ],
        signal,
      );
      // Only the name depends on this call, and not every sufficient permission covers it.
      const tenant = organizationSchema.safeParse(organization?.kind === 'answered' ? organization.body : null);
      const answer = subscribedSkusSchema.safeParse(requireOk(skus, 'LicenseAssignment.Read.All'));
      if (!answer.success) throw new DirectoryError('graph_down', 'Microsoft Graph answered unreadable licences.');
      return {
        tenantName: tenant.data?.value[0]?.displayName ?? 'your organisation',
        skus: toSubscribedSkus(answer.data),
      };
    },
  };
}
