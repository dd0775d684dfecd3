/** Sets usage locations and assigns licences; neither counts as done until the account shows it. */

import { type Account, isSameId } from '#lib/domain/account.ts';
import type { Refusal } from '#lib/domain/decision/refusal.ts';
import type { LicenceToAdd, LicenceToRemove } from '#lib/domain/licences/mapping.ts';
import { silence } from '#lib/domain/sentences/silences.ts';
import type { SubAnswer, SubRequest } from '#lib/graph/http/batch.ts';
import { DirectoryError, type GraphFault, refusalOf } from '#lib/graph/http/errors.ts';
import type { CallRecord } from '#lib/graph/http/transport.ts';
import { faultOf } from '#lib/graph/http/wire.ts';
import type { AccessWatch, AccountAccess } from './access.ts';
import { steadyNow } from './clock.ts';
import type { GraphClient } from './graph-client.ts';
import { type LagAttempt, LocationLag } from './location-lag.ts';
import { backoffMs, pause } from './pause.ts';
import type { ReadBack } from './read-back.ts';
import type { RequestContext } from './request-context.ts';

export interface LicenceAssignment {
  account: Account;
  addLicenses: readonly LicenceToAdd[];
  /** Taken away in the same write; where one of them is added as well, in a write of their own before it. */
  removeLicenses: readonly LicenceToRemove[];
  /** Null where the account has a usage location already. */
  usageLocation: string | null;
  /** The account denied access before: that it does again says nothing about a permission. */
  wasDenied: boolean;
}

type Ending =
  | { kind: 'confirmed'; account: Account }
  | { kind: 'refused'; refusal: Refusal; graphMessage: string }
  /** Sent, but the account does not show it (yet), or it is unknown whether it arrived: read back before writing again. */
  | { kind: 'unconfirmed'; why: string }
  | { kind: 'not_sent'; why: string };

export type LicenceResult = Ending & {
  calls: CallRecord[];
  locationWritten: boolean;
  /** A licence that was to be taken off and put on again is off, or was. */
  wasTakenOff: boolean;
  /** Why nobody can be written to any more; null where writing can continue. */
  stop: DirectoryError | null;
};

export interface LicensingOptions {
  client: GraphClient;
  readBack: ReadBack;
  access: AccessWatch;
  backoffBaseMs: number;
  /** How long Entra's read replicas may lag behind a write, in ms. */
  replicationMs: number;
}

/** An assignment in progress and what is known about it. */
interface AssignmentProgress {
  assignment: LicenceAssignment;
  context: RequestContext;
  /** Writes still to be made. */
  owed: number;
  calls: CallRecord[];
  locationWritten: boolean;
  wasTakenOff: boolean;
  /** When the location was accepted; null: it was not written. */
  locatedAt: number | null;
  /** True while it is unknown whether a write arrived. */
  isDoubtful: boolean;
}

/** How many writes an assignment takes. */
function writesOf(assignment: LicenceAssignment): number {
  return 1 + (assignment.usageLocation === null ? 0 : 1) + (isOffAndOn(assignment) ? 1 : 0);
}

/** Microsoft 365 refuses, or makes nothing of, one write that takes off and adds the same licence. */
function isOffAndOn({ addLicenses, removeLicenses }: LicenceAssignment): boolean {
  return removeLicenses.some(({ skuId }) => addLicenses.some((added) => added.skuId === skuId));
}

interface Step {
  request: SubRequest;
  access: AccountAccess;
  /** True for an account that shows what the step wrote. */
  shows(account: Account): boolean;
  /** For a refusal explained by replication lag: resolves when another try is worthwhile. Null: it is no such refusal. */
  lag(refusal: Refusal): Promise<void> | null;
}

/** The result of a write: `accepted` by Graph, or seen on the `account` though its answer was lost. Otherwise the assignment ends here. */
type WriteResult = { kind: 'accepted'; account: Account | null } | { kind: 'ended'; ending: Ending };

/** Lag is waited out for this many times the usual replication time. */
const LAG_PATIENCE = 3;
const LONGEST_PAUSE_MS = 5000;
/** So many times a write is tried that is refused without a word why; what comes after is up to later runs. */
const SILENT_TRIES = 4;

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
    access: 'location',
    shows: (account) => account.usageLocation !== assignment.account.usageLocation,
    lag: () => null,
  };
}

function isGone({ licences }: Account, { skuId }: LicenceToRemove): boolean {
  return !licences.some((licence) => licence.skuId === skuId && licence.source !== 'group');
}

function assignRequest(
  assignment: LicenceAssignment,
  add: readonly LicenceToAdd[],
  remove: readonly LicenceToRemove[],
): SubRequest {
  return {
    method: 'POST',
    url: `${pathOf(assignment)}/assignLicense`,
    label: 'POST /users/{id}/assignLicense',
    body: {
      addLicenses: add.map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans })),
      removeLicenses: remove.map(({ skuId }) => skuId),
    },
    units: 1,
  };
}

function removalStep(assignment: LicenceAssignment): Step {
  const { removeLicenses } = assignment;
  return {
    request: assignRequest(assignment, [], removeLicenses),
    access: 'assign',
    shows: (account) => removeLicenses.every((licence) => isGone(account, licence)),
    lag: () => null,
  };
}

function licenceStep(assignment: LicenceAssignment, lag: LagAttempt | null): Step {
  const { account: before, addLicenses } = assignment;
  const removeLicenses = isOffAndOn(assignment) ? [] : assignment.removeLicenses;
  // A licence that was present but broken counts as written once its error is gone.
  const wasBroken = (skuId: string) =>
    before.licences.some((licence) => licence.skuId === skuId && licence.error !== null);
  return {
    request: assignRequest(assignment, addLicenses, removeLicenses),
    access: 'assign',
    shows: (account) =>
      removeLicenses.every((licence) => isGone(account, licence)) &&
      addLicenses.every(({ skuId }) =>
        account.licences.some((licence) => licence.skuId === skuId && (licence.error === null || !wasBroken(skuId))),
      ),
    // Right after our own PATCH this is replication lag, not a problem of the person (graph-facts §2, consistency).
    lag: (refusal) => (refusal === 'invalid_location' ? (lag?.refused() ?? null) : null),
  };
}

export class Licensing {
  /** Writes still owed by assignments in progress. */
  owed = 0;
  /** Assignments in progress. */
  inFlight = 0;
  /** Assignments whose location is written but whose licence is not, in that order. */
  readonly #located = new Set<AssignmentProgress>();
  readonly #options: LicensingOptions;
  readonly #lag: LocationLag;

  constructor(options: LicensingOptions) {
    this.#options = options;
    this.#lag = new LocationLag(options.replicationMs);
  }

  get located(): number {
    return this.#located.size;
  }

  /** For how long the first of those with only a location has been waiting for the licence, in ms. */
  get locatedForMs(): number {
    const [first] = this.#located;
    return steadyNow() - (first?.locatedAt ?? steadyNow());
  }

  /**
   * Carries out an assignment: location where blank, licence, read-back. Never throws: `stop` says why nobody is to be written
   * to any more. Once the request is aborted nothing new is written; what is in flight is read back once.
   */
  async assign(assignment: LicenceAssignment, context: RequestContext): Promise<LicenceResult> {
    const progress: AssignmentProgress = {
      assignment,
      context,
      owed: writesOf(assignment),
      calls: [],
      locationWritten: false,
      wasTakenOff: false,
      locatedAt: null,
      isDoubtful: false,
    };
    this.owed += progress.owed;
    this.inFlight += 1;
    const result = (ending: Ending, stop: DirectoryError | null): LicenceResult => {
      const { calls, locationWritten, wasTakenOff } = progress;
      return { ...ending, calls, locationWritten, wasTakenOff, stop };
    };
    try {
      // A licence comes late in it: those who wait for their location are heard as well.
      const ending = await this.#options.access.hear('assign', () => this.#perform(progress));
      return result(ending, await this.#whyStop(progress, ending));
    } catch (error) {
      if (!(error instanceof DirectoryError)) throw error;
      return result(unresolved(progress, error.message), error);
    } finally {
      this.owed -= progress.owed;
      this.inFlight -= 1;
      this.#located.delete(progress);
    }
  }

  async #perform(progress: AssignmentProgress): Promise<Ending> {
    const { assignment, context } = progress;
    if (assignment.usageLocation !== null) {
      const step = locationStep(assignment);
      const located = await this.#write(progress, step);
      if (located.kind === 'ended') return located.ending;
      this.#completeWrite(progress);
      progress.locationWritten = true;
      progress.locatedAt = steadyNow();
      this.#located.add(progress);
      // A licence is refused until the location has replicated (graph-facts §2). Reading until it shows costs no write budget;
      // refusals do.
      if (!located.account) await this.#readUntil(progress, step, this.#options.replicationMs, []);
    }
    if (isOffAndOn(assignment)) {
      const step = removalStep(assignment);
      const off = await this.#write(progress, step);
      if (off.kind === 'ended') return off.ending;
      this.#completeWrite(progress);
      progress.wasTakenOff = true;
      if (!off.account) await this.#readUntil(progress, step, this.#options.replicationMs);
    }
    const { step, licensed } = await this.#writeLicence(progress);
    this.#located.delete(progress);
    if (licensed.kind === 'ended') return licensed.ending;
    this.#completeWrite(progress);
    progress.isDoubtful = true;
    const account = licensed.account ?? (await this.#readUntil(progress, step, this.#options.replicationMs));
    if (account) return { kind: 'confirmed', account };
    return unresolved(progress, silence(context.signal?.aborted ? 'stopped' : 'notShown'));
  }

  /** The licence, once licensing can be expected to see a location just written. */
  async #writeLicence(progress: AssignmentProgress): Promise<{ step: Step; licensed: WriteResult }> {
    const { assignment, context, locatedAt } = progress;
    const lag = locatedAt === null ? null : await this.#lag.ready(locatedAt, context.signal);
    const step = licenceStep(assignment, lag);
    let wasAccepted = false;
    try {
      const licensed = await this.#write(progress, step);
      wasAccepted = licensed.kind === 'accepted';
      return { step, licensed };
    } finally {
      lag?.end(wasAccepted);
    }
  }

  /** Why nobody is to be written to any more, where one account was refused; null where it is that account's own matter. */
  async #whyStop({ assignment, locationWritten }: AssignmentProgress, ending: Ending): Promise<DirectoryError | null> {
    if (ending.kind !== 'refused' || ending.refusal !== 'access_denied') return null;
    const isLocation = assignment.usageLocation !== null && !locationWritten;
    const access = isLocation ? 'location' : 'assign';
    return assignment.wasDenied
      ? this.#options.access.refusedAgain(access)
      : this.#options.access.refused(access, assignment.account.id);
  }

  #completeWrite(progress: AssignmentProgress): void {
    progress.isDoubtful = false;
    progress.owed -= 1;
    this.owed -= 1;
  }

  /** Writes one step. A write whose answer was lost is read back before it is retried. */
  async #write(progress: AssignmentProgress, step: Step): Promise<WriteResult> {
    const { client, access, replicationMs, backoffBaseMs } = this.#options;
    const { context } = progress;
    const deadline = steadyNow() + LAG_PATIENCE * replicationMs;
    let silentTries = 0;
    for (let attempt = 1; ; attempt += 1) {
      const ask = () => client.write(step.request, context);
      const answer = await (step.access === 'location' ? access.hear('location', ask) : ask());
      if (!answer) return { kind: 'ended', ending: unresolved(progress, silence('stopped')) };
      progress.calls.push(answer.record);
      if (answer.kind === 'answered' && answer.status < 300) {
        access.allowed(step.access);
        return { kind: 'accepted', account: null };
      }
      // What was throttled for longer than anybody waits was never carried out, and is not asked for again in this run.
      if (answer.kind === 'lost' && answer.isThrottled)
        return { kind: 'ended', ending: unresolved(progress, answer.why) };
      if (answer.kind === 'lost') {
        progress.isDoubtful = true;
        const account = await this.#readUntil(progress, step, lostPatienceMs(answer, replicationMs));
        if (account) return { kind: 'accepted', account };
      }
      const refused = answer.kind === 'answered' ? refusedBy(answer) : null;
      const lag = refused ? step.lag(refused.refusal) : null;
      if (refused && lag === null) return { kind: 'ended', ending: refused };
      if (answer.kind === 'answered' && !refused && answer.status !== 401) silentTries += 1;
      // Too long for replication lag: Graph's refusal is the answer. Without a refusal the write stays unconfirmed.
      if (steadyNow() > deadline || silentTries >= SILENT_TRIES)
        return {
          kind: 'ended',
          ending: refused ?? unresolved(progress, silence('notAccepted')),
        };
      // Only one of the two is begun: a pause that nobody waits for would reject unheard once the run is stopped.
      await (lag ?? pause(backoffMs(attempt, backoffBaseMs, LONGEST_PAUSE_MS), context.signal).catch(() => undefined));
    }
  }

  #readUntil(
    { assignment, context, calls }: AssignmentProgress,
    { shows }: Step,
    patienceMs: number,
    log: CallRecord[] = calls,
  ): Promise<Account | null> {
    const { id, userPrincipalName } = assignment.account;
    // Somebody else may have the name by now.
    const isShown = (account: Account) => isSameId(account.id, id) && shows(account);
    return this.#options.readBack.until({ userPrincipalName, shows: isShown, patienceMs, calls: log }, context);
  }
}

/** A 503 means that the request was not processed, so the read-back before the retry may be brief. */
function lostPatienceMs({ record }: SubAnswer, replicationMs: number): number {
  return record.status === 503 ? replicationMs / 10 : replicationMs;
}

function refusedBy(answer: SubAnswer & { kind: 'answered' }): (Ending & { kind: 'refused' }) | null {
  const fault = faultOf(answer.status, answer.body);
  const refusal = refusalOf(fault);
  // The request queue retries refusals of parallel writes; they do not get this far. A refused token says nothing about the account, nor
  // does an answer without code and text: Graph gives a reason for every refusal.
  const saysNothing = refusal === 'other' && fault.code === '' && fault.message === '';
  if (refusal === 'concurrency' || answer.status === 401 || saysNothing) return null;
  return { kind: 'refused', refusal, graphMessage: saying(refusal, fault, answer.status) };
}

/** What Microsoft says: of what is not understood, with its code. */
function saying(refusal: Refusal, { message, code }: GraphFault, status: number): string {
  if (message === '') return code || `status ${status}`;
  return refusal === 'other' && code !== '' ? `${message} (${code})` : message;
}

/** The ending of an assignment whose result is unknown; where the licence was never sent, it is known that nothing was assigned. */
function unresolved({ isDoubtful }: AssignmentProgress, why: string): Ending {
  return { kind: isDoubtful ? 'unconfirmed' : 'not_sent', why };
}
