/** Reads accounts until they show what was written: one loop for all waiting requests, so that hundreds share a round trip. */

import type { Account } from '#lib/domain/account.ts';
import type { CallRecord } from '#lib/graph/http/transport.ts';
import { findAccounts } from './accounts.ts';
import { steadyNow } from './clock.ts';
import type { GraphClient } from './graph-client.ts';
import { backoffMs } from './pause.ts';
import type { RequestContext } from './request-context.ts';

export interface ExpectedAccount {
  userPrincipalName: string;
  /** True for an account that shows what was written. */
  shows(account: Account): boolean;
  /** How long to keep reading, in ms; the account is read at least once. */
  patienceMs: number;
  /** Each read is recorded here. */
  calls: CallRecord[];
}

interface Waiting extends ExpectedAccount {
  context: RequestContext;
  since: number;
  /** When it was last read without showing the change. */
  unseenAt: number;
  nextAt: number;
  resolve(account: Account | null): void;
  reject(error: unknown): void;
}

/** This many make a round worthwhile at once: a batch of 20 filters of 15 names. */
const FULL_ROUND = 300;
/** A round that nobody waits for gathers accounts this many times as long as a batch does. */
const ROUND_PATIENCE = 6;
/** Pause before the next read of an account, as a share of its wait until now. */
const USUAL_SHARE = 0.5;
const PRESSING_SHARE = 0.15;
const LONGEST_PAUSE_MS = 4000;
/** Longest pause between reads that an operator is waiting for. */
const URGENT_PAUSE_MS = 500;
/** Weight of each new observation in the moving average of the lag. */
const WEIGHT = 0.1;

export interface ReadBackOptions {
  client: GraphClient;
  backoffBaseMs: number;
  /** How long a request waits for others to share its round trip, in ms, unless it is urgent. */
  gatherMs: number;
  /** How many accounts can be waiting at most at the moment: once all of them are, a round waits for nobody else. */
  maxWaiting: () => number;
  /** True while others cannot go on before these accounts do. */
  isPressing: () => boolean;
}

export class ReadBack {
  readonly #options: ReadBackOptions;
  #waiting: Waiting[] = [];
  #usualLagMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #isReading = false;

  constructor(options: ReadBackOptions) {
    this.#options = options;
  }

  /** The account once it shows the expected change; null where it does not in time, or the request was aborted. Throws `DirectoryError`. */
  until(expected: ExpectedAccount, context: RequestContext): Promise<Account | null> {
    const since = steadyNow();
    // Reading before replication is usually done would be pointless.
    const nextAt = since + Math.min(expected.patienceMs, this.#usualLagMs);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...expected, context, since, unseenAt: since, nextAt, resolve, reject });
      this.#plan();
    });
  }

  /** Schedules the next round: a request has waited long enough for others, or there are plenty of them. */
  #plan(): void {
    if (this.#isReading || this.#waiting.length === 0) return;
    const now = steadyNow();
    const due = this.#waiting.filter(({ nextAt }) => nextAt <= now).length;
    if (this.#timer) clearTimeout(this.#timer);
    const waitMs = due >= FULL_ROUND ? 0 : Math.max(0, this.#startAt() - now);
    this.#timer = setTimeout(() => void this.#read(), waitMs);
  }

  #startAt(): number {
    const { gatherMs, maxWaiting, isPressing } = this.#options;
    const isImpatient = ({ context }: Waiting) => context.urgent || context.signal?.aborted === true;
    const firstAt = Math.min(...this.#waiting.map(({ nextAt }) => nextAt));
    const impatientAt = Math.min(...this.#waiting.filter(isImpatient).map(({ nextAt }) => nextAt));
    if (isPressing()) return Math.min(impatientAt, firstAt + gatherMs);
    if (this.#waiting.length < maxWaiting()) return Math.min(impatientAt, firstAt + gatherMs * ROUND_PATIENCE);
    // No more requests will join: those due soon after the first go along with it.
    const soon = this.#waiting.map(({ nextAt }) => nextAt).filter((nextAt) => nextAt <= firstAt + gatherMs);
    return Math.min(impatientAt, Math.max(...soon));
  }

  /** One round over the requests that are due. */
  async #read(): Promise<void> {
    this.#isReading = true;
    const now = steadyNow();
    const isDue = ({ nextAt, context }: Waiting) => nextAt <= now || context.signal?.aborted === true;
    const round = wholeRounds(this.#waiting.filter(isDue));
    const inRound = new Set(round);
    this.#waiting = this.#waiting.filter((request) => !inRound.has(request));
    try {
      if (round.length > 0) await this.#readRound(round);
    } catch (error) {
      for (const { reject } of round) reject(error);
    } finally {
      this.#isReading = false;
      this.#plan();
    }
  }

  async #readRound(round: readonly Waiting[]): Promise<void> {
    const [first] = round;
    if (!first) return;
    // What was written is read back even while the run is being stopped, and an urgent request speeds up the others.
    const urgent = round.some(({ context }) => context.urgent);
    const upns = round.map(({ userPrincipalName }) => userPrincipalName);
    const found = await findAccounts(this.#options.client, upns, { urgent, traffic: first.context.traffic });
    const now = steadyNow();
    round.forEach((one, position) => {
      const answer = found[position];
      if (answer) one.calls.push(answer.call);
      const account = answer?.lookup.kind === 'found' ? answer.lookup.account : null;
      if (account && one.shows(account)) {
        // The lag was at least the time of the last read without the change; seen at the first read, it may be shorter than
        // usual.
        this.#usualLagMs += (one.unseenAt - one.since - this.#usualLagMs) * WEIGHT;
        one.resolve(account);
      } else if (one.context.signal?.aborted || now - one.since >= one.patienceMs) one.resolve(null);
      else this.#waiting.push({ ...one, unseenAt: now, nextAt: now + this.#pauseMs(one, now) });
    });
  }

  /** In proportion to how long it has been waiting: a lag is overshot by no more than a share of itself. */
  #pauseMs({ since, context }: Waiting, now: number): number {
    const { backoffBaseMs, isPressing } = this.#options;
    const ageMs = now - since;
    const longestMs = context.urgent ? URGENT_PAUSE_MS : LONGEST_PAUSE_MS;
    if (isPressing()) return backoffMs(1, Math.max(backoffBaseMs / 2, ageMs * PRESSING_SHARE), longestMs);
    return backoffMs(1, Math.max(backoffBaseMs, ageMs * USUAL_SHARE), longestMs);
  }
}

/** Of more than a full round, those due first, in full round trips: the remainder waits for others. */
function wholeRounds(due: readonly Waiting[]): readonly Waiting[] {
  if (due.length < FULL_ROUND || due.some(({ context }) => context.urgent || context.signal?.aborted)) return due;
  return due.toSorted((a, b) => a.nextAt - b.nextAt).slice(0, due.length - (due.length % FULL_ROUND));
}
