/** Sets usage locations and assigns licences, and believes in neither until the account shows it. */
import type { Account } from '#lib/provisioning/core/account.ts';
import type { LicenceToAdd } from '#lib/provisioning/core/mapping.ts';
import type { Refusal } from '#lib/provisioning/core/refusal.ts';
import { findAccounts } from './accounts.ts';
import type { Exchange, SubAnswer, SubRequest } from './batch.ts';
import { DirectoryError, refusalOf } from './errors.ts';
import { backoffMs, pause } from './pacing.ts';
import type { CallRecord } from './transport.ts';
import { faultOf } from './wire.ts';

export interface LicenceOrder {
  account: Account;
  addLicenses: readonly LicenceToAdd[];
  /** Null where the account has a usage location already. */
  usageLocation: string | null;
}

export type LicenceResult = { calls: CallRecord[]; locationWritten: boolean } & (
  | { kind: 'confirmed'; account: Account }
  | { kind: 'refused'; refusal: Refusal; said: string }
  /** Sent, but the account does not show it (yet), or nobody knows whether it arrived: read back before writing again. */
  | { kind: 'unconfirmed'; why: string }
  | { kind: 'not_sent'; why: string }
);

export interface LicensingOptions {
  exchange: Exchange;
  backoffBaseMs: number;
  /** How long Entra's read replicas may lag behind a write, in ms. */
  replicationMs: number;
}

type Step = 'location' | 'licence' | 'confirm' | 'done';

/** One order on its way; the only mutable thing here, local to one call of `assignLicences`. */
interface Progress {
  order: LicenceOrder;
  step: Step;
  /** Set while it is unknown whether the write of this step arrived. */
  doubtful: boolean;
  locationWritten: boolean;
  /** What Graph said where it does not know of our usage location yet. */
  laggingSaid: string | null;
  calls: CallRecord[];
  result: LicenceResult | null;
}

function request({ order, step }: Progress): SubRequest {
  const path = `/users/${encodeURIComponent(order.account.id)}`;
  if (step === 'location')
    return {
      method: 'PATCH',
      url: path,
      label: 'PATCH /users/{id} usageLocation',
      body: { usageLocation: order.usageLocation },
      units: 1,
    };
  return {
    method: 'POST',
    url: `${path}/assignLicense`,
    label: 'POST /users/{id}/assignLicense',
    body: {
      addLicenses: order.addLicenses.map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans })),
      removeLicenses: [],
    },
    units: 1,
  };
}

/** True where the account shows what the step was to write. */
function shows(account: Account, { order, step }: Progress): boolean {
  if (step === 'location') return account.usageLocation !== order.account.usageLocation;
  // A licence that was there before and did not work shows what was written once its error is gone.
  const wasBroken = (skuId: string) =>
    order.account.licences.some((licence) => licence.skuId === skuId && licence.error !== null);
  return order.addLicenses.every(({ skuId }) =>
    account.licences.some((licence) => licence.skuId === skuId && (licence.error === null || !wasBroken(skuId))),
  );
}

function finish(progress: Progress, result: DistributiveOmit<LicenceResult, 'calls' | 'locationWritten'>): void {
  progress.step = 'done';
  progress.result = { ...result, calls: progress.calls, locationWritten: progress.locationWritten };
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A 503 says that the request was not worked on, so the read-back before the repetition may be brief. */
function wasUnavailable({ calls }: Progress): boolean {
  return calls.at(-1)?.status === 503;
}

/** Takes one answer to a write: on to the next step, refused, or to be tried again (false). */
function take(progress: Progress, answer: SubAnswer): boolean {
  progress.calls.push(answer.record);
  if (answer.kind === 'lost') {
    progress.doubtful = true;
    return true;
  }
  if (answer.status < 300) {
    if (progress.step === 'location') progress.locationWritten = true;
    progress.step = progress.step === 'location' ? 'licence' : 'confirm';
    return true;
  }
  const fault = faultOf(answer.status, answer.body);
  const refusal = refusalOf(fault);
  if (refusal === 'concurrency') return false;
  const said = fault.message || fault.code || `status ${answer.status}`;
  // Right after our own PATCH this is replication lag, not the person's problem (graph-facts §2, consistency).
  if (refusal === 'invalid_location' && progress.step === 'licence' && progress.locationWritten) {
    progress.laggingSaid = said;
    return false;
  }
  finish(progress, { kind: 'refused', refusal, said });
  return true;
}

/** The lag has lasted too long to be lag: what Graph said is the answer. Without an answer the write stays unconfirmed. */
function giveUp(progress: Progress): void {
  if (progress.laggingSaid !== null)
    finish(progress, { kind: 'refused', refusal: 'invalid_location', said: progress.laggingSaid });
  else finish(progress, { kind: 'unconfirmed', why: 'Microsoft 365 did not take the change in time' });
}

export class Licensing {
  readonly #options: LicensingOptions;

  constructor(options: LicensingOptions) {
    this.#options = options;
  }

  /**
   * Carries out orders: location where blank, licence, read-back. One result per order, in order. Never throws: `stoppedBy` says
   * why no more was written. Once `signal` is aborted nothing new is written; what is under way is read back once.
   */
  async assignLicences(
    orders: readonly LicenceOrder[],
    signal: AbortSignal,
  ): Promise<{ results: LicenceResult[]; stoppedBy: DirectoryError | null }> {
    const all = orders.map(
      (order): Progress => ({
        order,
        step: order.usageLocation === null ? 'licence' : 'location',
        doubtful: false,
        locationWritten: false,
        laggingSaid: null,
        calls: [],
        result: null,
      }),
    );
    let stoppedBy: DirectoryError | null = null;
    try {
      await this.#write(all, 'location', signal);
      await this.#awaitLocations(
        all.filter((progress) => progress.locationWritten && progress.step === 'licence'),
        signal,
      );
      await this.#write(all, 'licence', signal);
      await this.#readBack(
        all.filter((progress) => progress.step === 'confirm'),
        signal,
      );
      if (
        all.some((progress) => progress.result?.kind === 'refused' && progress.result.refusal === 'permission_missing')
      )
        stoppedBy = new DirectoryError(
          'permission_missing',
          'User.ReadWrite.All (or LicenseAssignment.ReadWrite.All) is missing: Graph refused the licence (403).',
        );
    } catch (error) {
      if (!(error instanceof DirectoryError)) throw error;
      stoppedBy = error;
    }
    const results = all.map((progress): LicenceResult => {
      if (progress.result) return progress.result;
      const { calls, locationWritten } = progress;
      const sent = calls.length > 0;
      const why = stoppedBy?.message ?? (signal.aborted ? 'the run was stopped' : 'Microsoft 365 does not show it yet');
      return sent
        ? { kind: 'unconfirmed', why, calls, locationWritten }
        : { kind: 'not_sent', why, calls, locationWritten };
    });
    return { results, stoppedBy };
  }

  /** Writes one step for everyone who stands at it; doubtful writes are read back before they are repeated. */
  async #write(all: readonly Progress[], step: 'location' | 'licence', signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + 3 * this.#options.replicationMs;
    for (let attempt = 1; ; attempt += 1) {
      const pending = all.filter((progress) => progress.step === step);
      if (pending.length === 0 || signal.aborted) return;
      const { answers, failure } = await this.#options.exchange.writeAll(pending.map(request), signal);
      let tryAgain = false;
      pending.forEach((progress, index) => {
        const answer = answers[index];
        if (answer && !take(progress, answer)) tryAgain = true;
      });
      if (failure) throw failure;
      if (pending.some(({ result }) => result?.kind === 'refused' && result.refusal === 'permission_missing')) return;
      const doubtful = pending.filter((progress) => progress.doubtful);
      if (doubtful.length > 0) {
        await this.#readBack(doubtful, signal, doubtful.every(wasUnavailable));
        for (const progress of doubtful) progress.doubtful = false;
        tryAgain = true;
      }
      if (Date.now() > deadline) {
        for (const progress of pending.filter((one) => one.step === step)) giveUp(progress);
        return;
      }
      if (tryAgain) await pause(backoffMs(attempt, this.#options.backoffBaseMs, 5000), signal).catch(() => undefined);
    }
  }

  /** A licence is refused until the location has spread (graph-facts §2). Reading until it shows costs no write budget; refusals do. */
  async #awaitLocations(progresses: readonly Progress[], signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + this.#options.replicationMs;
    let waiting = [...progresses];
    for (let attempt = 1; waiting.length > 0 && !signal.aborted; attempt += 1) {
      const upns = waiting.map(({ order }) => order.account.userPrincipalName);
      const found = await findAccounts(this.#options.exchange, upns);
      waiting = waiting.filter(({ order }, index) => {
        const lookup = found[index]?.lookup;
        return lookup?.kind !== 'found' || lookup.account.usageLocation === order.account.usageLocation;
      });
      if (waiting.length === 0 || Date.now() > deadline) return;
      await pause(backoffMs(attempt, this.#options.backoffBaseMs, 4000), signal).catch(() => undefined);
    }
  }

  /** Reads accounts until they show what was written, for as long as replication may lag. What does not show stays as it is. */
  async #readBack(progresses: readonly Progress[], signal: AbortSignal, brief = false): Promise<void> {
    const deadline = Date.now() + this.#options.replicationMs / (brief ? 10 : 1);
    let waiting = [...progresses];
    for (let attempt = 1; waiting.length > 0; attempt += 1) {
      const upns = waiting.map(({ order }) => order.account.userPrincipalName);
      const found = await findAccounts(this.#options.exchange, upns);
      waiting = waiting.filter((progress, index) => {
        const answer = found[index];
        if (answer) progress.calls.push(answer.call);
        if (answer?.lookup.kind !== 'found' || !shows(answer.lookup.account, progress)) return true;
        this.#advance(progress, answer.lookup.account);
        return false;
      });
      if (waiting.length === 0 || signal.aborted || Date.now() > deadline) return;
      await pause(backoffMs(attempt, this.#options.backoffBaseMs, 4000), signal).catch(() => undefined);
    }
  }

  /** The account shows what the step wrote. */
  #advance(progress: Progress, account: Account): void {
    progress.doubtful = false;
    if (progress.step === 'location') {
      progress.locationWritten = true;
      progress.step = 'licence';
    } else finish(progress, { kind: 'confirmed', account });
  }
}
