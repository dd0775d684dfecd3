/** The single entry point to Microsoft Graph: everything the engine may read or write there. */
import type { TokenCredential } from '@azure/identity';
import type { Account } from '#lib/domain/account.ts';
import type { Healing, HealingAnswer } from '#lib/domain/decision/healing.ts';
import type { Facts } from '#lib/domain/diagnosis/facts.ts';
import type { SubscribedSku } from '#lib/domain/licences/mapping.ts';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import { type FactsQuestion, readFacts } from '#lib/graph/diagnosis/read-facts.ts';
import { BATCH_SIZE, type SubAnswer } from '#lib/graph/http/batch.ts';
import { DirectoryError } from '#lib/graph/http/errors.ts';
import { GraphTransport } from '#lib/graph/http/transport.ts';
import { faultOf, organizationSchema, subscribedSkusSchema, toSubscribedSkus } from '#lib/graph/http/wire.ts';
import { mostPending, PROOF_SHARE } from '#lib/graph/queue/lead.ts';
import { Pace } from '#lib/graph/queue/pace.ts';
import { WindowBudget } from '#lib/graph/queue/rate-limit.ts';
import { AccessWatch } from './access.ts';
import { accountsBy, deletedAt, type FoundAccount, findAccounts } from './accounts.ts';
import { GraphClient } from './graph-client.ts';
import { askAgain } from './healing.ts';
import { type Inspect, type Inspection, inspectTenant, rolesOf } from './inspect.ts';
import { type LicenceAssignment, type LicenceResult, Licensing } from './licensing.ts';
import { type MailboxQuestion, type ProbedMailbox, probeMailboxes } from './mailboxes.ts';
import { ReadBack } from './read-back.ts';
import type { RequestContext } from './request-context.ts';

export interface DirectoryOptions {
  /** Origin of Graph, without a version. */
  baseUrl: string;
  credential: TokenCredential;
  /** Creates a credential without a cached token. */
  renewCredential?: () => TokenCredential;
  writesPer150s: number;
  unitsPer10s: number;
  /** When we wrote in the last 150 s, including before a restart: the tenant still counts those writes. */
  recentWritesAt?: readonly number[];
  /** The most writes that the tenant accepted within 150 s lately, including before a restart. */
  provenWrites?: number;
  /** Times in ms; the defaults suit Microsoft's Graph, tests against a time-scaled demo tenant scale them too. */
  timing?: Partial<DirectoryTiming>;
}

export interface DirectoryTiming {
  writeWindowMs: number;
  unitWindowMs: number;
  timeoutMs: number;
  backoffBaseMs: number;
  replicationMs: number;
  throttlePatienceMs: number;
  /** How long a background request waits for others to fill its batch. */
  gatherMs: number;
}

export const DEFAULT_TIMING: DirectoryTiming = {
  writeWindowMs: 150_000,
  unitWindowMs: 10_000,
  timeoutMs: 30_000,
  backoffBaseMs: 500,
  replicationMs: 20_000,
  throttlePatienceMs: 600_000,
  gatherMs: 500,
};

/** An account looked up longer before its write than this share of a window may have changed in the meantime. */
const LEAD_SHARE = 0.02;
const AHEAD_SHARE = 0.1;

export interface TenantFacts {
  tenantName: string;
  skus: SubscribedSku[];
  /** Empty: not known. */
  verifiedDomains: string[];
}

export interface Directory {
  /** Signs in and reads organisation and licences. Throws `DirectoryError`: then nothing may be written. */
  readTenant(context: RequestContext): Promise<TenantFacts>;
  findAccounts(upns: readonly string[], context: RequestContext): Promise<FoundAccount[]>;
  /** The accounts with these ids or names in Active Directory, by value in lower case; one without a usable answer is missing. */
  accountsBy(
    property: 'id' | 'onPremisesUserPrincipalName',
    values: readonly string[],
    context: RequestContext,
  ): Promise<Map<string, Account[]>>;
  /** When an account was deleted, in ms; null: not known. `unlisted`: it is not among the deleted ones. `unknown`: there was no answer. */
  deletedAt(accountId: string, context: RequestContext): Promise<number | null | 'unlisted' | 'unknown'>;
  probeMailboxes(question: MailboxQuestion, context: RequestContext): Promise<(ProbedMailbox | undefined)[]>;
  /** Carries out an assignment, up to its read-back. Never throws for an external fault. */
  assign(assignment: LicenceAssignment, context: RequestContext): Promise<LicenceResult>;
  /** Asks once to do again what did not work. Null: not sent, because the run was stopped. Throws `DirectoryError` where Graph is down. */
  askAgain(healing: Healing, context: RequestContext): Promise<HealingAnswer | null>;
  /**
   * How many more writes may be started: what the budget soon has room for, and some more, so that it is used up while others
   * wait for replication.
   */
  writesToBegin(): number;
  /** One POST that is never repeated, for mail. `lost`: it may have arrived. Throws `DirectoryError` where it certainly was not sent. */
  post(
    path: string,
    body: unknown,
  ): Promise<{ kind: 'answered'; status: number; headers: Headers; body: unknown } | { kind: 'lost'; why: string }>;
  /** Reads what may say why an account has no mailbox. Throws `DirectoryError` where sign-in fails or Graph is down. */
  readFacts(question: FactsQuestion, context: RequestContext): Promise<Facts>;
  /** Tests the access, by reads only. Throws `DirectoryError` where sign-in fails. */
  inspect(question: Inspect): Promise<Inspection>;
  /** How long a read may lag behind a write, in ms: newer unsettled writes are waited for, not repeated. */
  readonly replicationMs: number;
}

function requireOk(answer: SubAnswer | undefined, permission: string): unknown {
  if (answer?.kind !== 'answered')
    throw new DirectoryError('graph_down', sentence('graphSilent', { why: answer?.why ?? silence('none') }));
  const { status, body } = answer;
  if (status === 401) throw new DirectoryError('sign_in_failed', sentence('tokenRefused'));
  if (status === 403)
    throw new DirectoryError(
      'permission_missing',
      sentence('permissionMissing', { permission, why: faultOf(status, body).message }),
    );
  if (status !== 200) throw new DirectoryError('graph_down', sentence('graphAnswered', { status, permission }));
  return body;
}

/** A tenant has some hundred subscriptions at most: what goes on after so many pages leads in a circle. */
const SKU_PAGES = 20;

/** Microsoft documents no pages here; what another one may hold must not be taken for licences that are not there. Each once, however often it is named. Throws `DirectoryError`. */
async function readSkus(
  client: GraphClient,
  first: SubAnswer | undefined,
  context: RequestContext,
): Promise<SubscribedSku[]> {
  const skus: SubscribedSku[] = [];
  let answer = first;
  for (let read = 1; ; read += 1) {
    const page = subscribedSkusSchema.safeParse(requireOk(answer, 'LicenseAssignment.Read.All'));
    if (!page.success) break;
    skus.push(...toSubscribedSkus(page.data));
    const next = page.data['@odata.nextLink'];
    if (!next || page.data.value.length === 0) return [...new Map(skus.map((sku) => [sku.skuId, sku])).values()];
    const [url] = /\/subscribedSkus.*/.exec(next) ?? [];
    if (url === undefined || read === SKU_PAGES) break;
    answer = await client.read({ method: 'GET', url, label: 'GET /subscribedSkus', units: 3 }, context);
  }
  throw new DirectoryError('graph_down', sentence('licencesUnreadable'));
}

export function createDirectory(options: DirectoryOptions): Directory {
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const transport = new GraphTransport({
    baseUrl: options.baseUrl,
    credential: options.credential,
    ...(options.renewCredential ? { renewCredential: options.renewCredential } : {}),
    timeoutMs: timing.timeoutMs,
  });
  const { backoffBaseMs, replicationMs, gatherMs, throttlePatienceMs } = timing;
  const unitBudget = new WindowBudget(options.unitsPer10s, timing.unitWindowMs);
  const writeBudget = new WindowBudget(options.writesPer150s, timing.writeWindowMs, options.recentWritesAt);
  const longestStopMs = throttlePatienceMs;
  const units = { limit: options.unitsPer10s, windowMs: timing.unitWindowMs, longestStopMs };
  const writes = { limit: options.writesPer150s, windowMs: timing.writeWindowMs, longestStopMs };
  const before = options.provenWrites ?? 0;
  // Less may have been all that the tenant bears.
  const writePace = new Pace({ ...writes, proven: before < writes.limit * PROOF_SHARE ? 0 : before });
  const mostPendingLicences = () =>
    mostPending({
      limit: writes.limit,
      proven: writePace.proven,
      sent: writePace.sent,
      lagShare: licensing.locatedForMs / replicationMs,
    });
  const client = new GraphClient({
    transport,
    unitBudget,
    writeBudget,
    backoffBaseMs,
    gatherMs,
    throttlePatienceMs,
    readPace: new Pace(units),
    mailboxPace: new Pace(units),
    writePace,
    pendingLicences: () => licensing.located,
    mostPendingLicences,
  });
  const maxWaiting = () => licensing.inFlight;
  // Others wait for those who have only a location, and who could be licensed at once, if only it showed.
  const isPressing = () => {
    const room = Math.min(writeBudget.room(), writePace.room());
    return (
      licensing.inFlight > licensing.located &&
      licensing.located > 0 &&
      licensing.located <= room &&
      client.waitingLicences < BATCH_SIZE
    );
  };
  const readBack = new ReadBack({ client, backoffBaseMs, gatherMs, maxWaiting, isPressing });
  const access = new AccessWatch(async (isFresh) =>
    rolesOf(await (isFresh ? transport.refreshToken() : transport.token())),
  );
  const licensing: Licensing = new Licensing({ client, readBack, access, backoffBaseMs, replicationMs });
  return {
    replicationMs,
    findAccounts: (upns, context) => findAccounts(client, upns, context),
    accountsBy: (property, values, context) => accountsBy(client, property, values, context),
    deletedAt: (accountId, context) => deletedAt(client, accountId, context),
    probeMailboxes: (question, context) => probeMailboxes(client, question, access, context),
    assign: (assignment, context) => licensing.assign(assignment, context),
    askAgain: (healing, context) => askAgain(client, healing, context),
    readFacts: (question, context) => readFacts(client, question, context, Date.now()),
    writesToBegin: () => {
      const soonMs = timing.writeWindowMs * LEAD_SHARE;
      const soon = Math.min(writeBudget.roomWithin(soonMs), writePace.roomWithin(soonMs));
      return soon + options.writesPer150s * AHEAD_SHARE - licensing.owed;
    },
    inspect: (question) => inspectTenant(transport, question),
    async post(path, body) {
      const answer = await transport.send('POST', path, body);
      if (answer.kind === 'lost' && !answer.wasSent)
        throw new DirectoryError('graph_down', sentence('graphSilent', { why: answer.why }));
      return answer;
    },
    async readTenant(context) {
      const [organization, skus] = await client.readAll(
        [
          {
            method: 'GET',
            url: '/organization?$select=id,displayName,verifiedDomains',
            label: 'GET /organization',
            units: 1,
          },
          { method: 'GET', url: '/subscribedSkus', label: 'GET /subscribedSkus', units: 3 },
        ],
        context,
      );
      // Only the name depends on this call, and not every sufficient permission covers it.
      const tenant = organizationSchema.safeParse(organization?.kind === 'answered' ? organization.body : null);
      return {
        tenantName: tenant.data?.value[0]?.displayName ?? 'your organisation',
        skus: await readSkus(client, skus, context),
        verifiedDomains: (tenant.data?.value[0]?.verifiedDomains ?? []).flatMap(
          ({ name }) => name?.toLowerCase() ?? [],
        ),
      };
    },
  };
}
