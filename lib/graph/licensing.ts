/** Sets a usage location and assigns licences, and believes in neither until the account shows it. */
import type { Account } from '#lib/domain/account.ts';
import type { LicenceToAdd } from '#lib/domain/licences/mapping.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { SubAnswer, SubRequest } from './batch.ts';
import { DirectoryError, refusalOf } from './errors.ts';
import type { GraphClient } from './graph-client.ts';
import { backoffMs, pause } from './rate-limit.ts';
import type { ReadBack } from './read-back.ts';
import type { RequestContext } from './request-queue.ts';
import type { CallRecord } from './transport.ts';
import { faultOf } from './wire.ts';

export interface LicenceAssignment {
  account: Account;
  addLicenses: readonly LicenceToAdd[];
  /** Null where the account has a usage location already. */
  usageLocation: string | null;
}

type Ending =
  | { kind: 'confirmed'; account: Account }
  | { kind: 'refused'; refusal: Refusal; graphMessage: string }
  /** Sent, but the account does not show it (yet), or nobody knows whether it arrived: read back before writing again. */
  | { kind: 'unconfirmed'; why: string }
  | { kind: 'not_sent'; why: string };

export type LicenceResult = Ending & {
  calls: CallRecord[];
  locationWritten: boolean;
  /** Why nothing more can be written to anybody; null where it can. */
  stop: DirectoryError | null;
};

export interface LicensingOptions {
  client: GraphClient;
  readBack: ReadBack;
  backoffBaseMs: number;
  /** How long Entra's read replicas may lag behind a write, in ms. */
  replicationMs: number;
}

/** One order on its way, and what is known of it. */
interface AssignmentProgress {
  assignment: LicenceAssignment;
  context: RequestContext;
  /** Writes that are still to be done. */
  owed: number;
  calls: CallRecord[];
  locationWritten: boolean;
  /** The location is written, the licence is not yet. */
  isLocated: boolean;
  /** Set while it is unknown whether a write arrived. */
  isDoubtful: boolean;
}

/** How many writes an order takes. */
function writesOf({ usageLocation }: LicenceAssignment): number {
  return usageLocation === null ? 1 : 2;
}

interface Step {
  request: SubRequest;
  /** True for an account that shows what the step writes. */
  shows(account: Account): boolean;
  /** True for a refusal that replication lag explains: it is waited out. */
  isLag(refusal: Refusal): boolean;
}

/** How a write ended: `taken` by Graph, or seen on the `account` though its answer was lost. Else the order ends with it. */
type Written = { kind: 'taken'; account: Account | null } | { kind: 'ended'; ending: Ending };

/** A lag is waited out for so many times as long as replication may take. */
const LAG_PATIENCE = 3;
const LONGEST_PAUSE_MS = 5000;

function pathOf({ account }: LicenceAssignment): string {
  return `/users/${encodeURIComponent(account.id)}`;
}

function locationStep(assignment: LicenceAssignment): Step {
  return {
    request: {
      method: 'PATCH',
      url: pathOf(assignment),
      label: 'PATCH /users/{id} usageLocation',
      body: { usageLocation: assignment.usageLocation },
      units: 1,
    },
    shows: (account) => account.usageLocation !== assignment.account.usageLocation,
    isLag: () => false,
  };
}

function licenceStep(assignment: LicenceAssignment, progress: AssignmentProgress): Step {
  const { account: before, addLicenses } = assignment;
  // A licence that was there before and did not work shows what was written once its error is gone.
  const wasBroken = (skuId: string) =>
    before.licences.some((licence) => licence.skuId === skuId && licence.error !== null);
  return {
    request: {
      method: 'POST',
      url: `${pathOf(assignment)}/assignLicense`,
      label: 'POST /users/{id}/assignLicense',
      body: {
        addLicenses: addLicenses.map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans })),
        removeLicenses: [],
      },
      units: 1,
    },
    shows: ({ licences }) =>
      addLicenses.every(({ skuId }) =>
        licences.some((licence) => licence.skuId === skuId && (licence.error === null || !wasBroken(skuId))),
      ),
    // Right after our own PATCH this is replication lag, not the person's problem (graph-facts §2, consistency).
    isLag: (refusal) => refusal === 'invalid_location' && progress.locationWritten,
  };
}

export class Licensing {
  /** Writes of orders under way that are not done yet. */
  owed = 0;
  /** Orders under way. */
  inFlight = 0;
  /** Of these, those whose location is written and whose licence is not. */
  located = 0;
  readonly #options: LicensingOptions;

  constructor(options: LicensingOptions) {
    this.#options = options;
  }

  /**
   * Carries an order out: location where blank, licence, read-back. Never throws: `stop` says why no more is to be written to
   * anybody. Once the errand is aborted nothing new is written; what is under way is read back once.
   */
  async assign(assignment: LicenceAssignment, context: RequestContext): Promise<LicenceResult> {
    const progress: AssignmentProgress = {
      assignment,
      context,
      owed: writesOf(assignment),
      calls: [],
      locationWritten: false,
      isLocated: false,
      isDoubtful: false,
    };
    this.owed += progress.owed;
    this.inFlight += 1;
    const result = (ending: Ending, stop: DirectoryError | null = null): LicenceResult => {
      const { calls, locationWritten } = progress;
      return { ...ending, calls, locationWritten, stop: stop ?? permissionMissing(ending) };
    };
    try {
      return result(await this.#perform(progress));
    } catch (error) {
      if (!(error instanceof DirectoryError)) throw error;
      return result(openEnd(progress, error.message), error);
    } finally {
      this.owed -= progress.owed;
      this.inFlight -= 1;
      this.#leaveLocated(progress);
    }
  }

  async #perform(progress: AssignmentProgress): Promise<Ending> {
    const { assignment, context } = progress;
    if (assignment.usageLocation !== null) {
      const step = locationStep(assignment);
      const located = await this.#write(progress, step);
      if (located.kind === 'ended') return located.ending;
      this.#isDone(progress);
      progress.locationWritten = true;
      progress.isLocated = true;
      this.located += 1;
      // A licence is refused until the location has spread (graph-facts §2). Reading until it shows costs no write budget; refusals do.
      if (!located.account) await this.#readUntil(progress, step, this.#options.replicationMs, []);
    }
    const step = licenceStep(assignment, progress);
    const licensed = await this.#write(progress, step);
    this.#leaveLocated(progress);
    if (licensed.kind === 'ended') return licensed.ending;
    this.#isDone(progress);
    progress.isDoubtful = true;
    const account = licensed.account ?? (await this.#readUntil(progress, step, this.#options.replicationMs));
    if (account) return { kind: 'confirmed', account };
    return openEnd(progress, context.signal?.aborted ? 'the run was stopped' : 'Microsoft 365 does not show it yet');
  }

  #leaveLocated(progress: AssignmentProgress): void {
    if (progress.isLocated) this.located -= 1;
    progress.isLocated = false;
  }

  #isDone(progress: AssignmentProgress): void {
    progress.isDoubtful = false;
    progress.owed -= 1;
    this.owed -= 1;
  }

  /** Writes one step. A write whose answer was lost is read back before it is repeated. */
  async #write(progress: AssignmentProgress, step: Step): Promise<Written> {
    const { client, replicationMs, backoffBaseMs } = this.#options;
    const { context } = progress;
    const deadline = Date.now() + LAG_PATIENCE * replicationMs;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await client.write(step.request, context);
      if (!answer) return { kind: 'ended', ending: openEnd(progress, 'the run was stopped') };
      progress.calls.push(answer.record);
      if (answer.kind === 'answered' && answer.status < 300) return { kind: 'taken', account: null };
      if (answer.kind === 'lost') {
        progress.isDoubtful = true;
        const account = await this.#readUntil(progress, step, lostPatienceMs(answer, replicationMs));
        if (account) return { kind: 'taken', account };
      }
      const refused = answer.kind === 'answered' ? refusedBy(answer) : null;
      if (refused && !step.isLag(refused.refusal)) return { kind: 'ended', ending: refused };
      // The lag has lasted too long to be lag: what Graph said is the answer. Without one the write stays unconfirmed.
      if (Date.now() > deadline)
        return { kind: 'ended', ending: refused ?? openEnd(progress, 'Microsoft 365 did not take the change in time') };
      await pause(backoffMs(attempt, backoffBaseMs, LONGEST_PAUSE_MS), context.signal).catch(() => undefined);
    }
  }

  #readUntil(
    { assignment, context, calls }: AssignmentProgress,
    { shows }: Step,
    patienceMs: number,
    noted: CallRecord[] = calls,
  ): Promise<Account | null> {
    const { userPrincipalName } = assignment.account;
    return this.#options.readBack.until({ userPrincipalName, shows, patienceMs, calls: noted }, context);
  }
}

/** A 503 says that the request was not worked on, so the read-back before the repetition may be brief. */
function lostPatienceMs({ record }: SubAnswer, replicationMs: number): number {
  return record.status === 503 ? replicationMs / 10 : replicationMs;
}

function refusedBy(answer: SubAnswer & { kind: 'answered' }): (Ending & { kind: 'refused' }) | null {
  const fault = faultOf(answer.status, answer.body);
  const refusal = refusalOf(fault);
  // The lane repeats what was refused for being parallel; it does not come this far.
  if (refusal === 'concurrency') return null;
  return { kind: 'refused', refusal, graphMessage: fault.message || fault.code || `status ${answer.status}` };
}

/** The end of an order nobody knows the result of; where the licence was never sent it is known to be none. */
function openEnd({ isDoubtful }: AssignmentProgress, why: string): Ending {
  return { kind: isDoubtful ? 'unconfirmed' : 'not_sent', why };
}

function permissionMissing(ending: Ending): DirectoryError | null {
  if (ending.kind !== 'refused' || ending.refusal !== 'permission_missing') return null;
  return new DirectoryError(
    'permission_missing',
    'User.ReadWrite.All (or LicenseAssignment.ReadWrite.All) is missing: Graph refused the licence (403).',
  );
}
