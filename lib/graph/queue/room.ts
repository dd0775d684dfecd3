/** How much room the budgets have for the requests that wait. Only decides, never waits. */
import type { Pace } from './pace.ts';
import type { WindowBudget } from './rate-limit.ts';
import { isWrite, type QueuedRequest } from './waiting-requests.ts';

export interface Budgets {
  unitBudget: WindowBudget;
  writeBudget: WindowBudget;
  /** What the tenant has been found to accept; queues that it limits together share one. */
  pace: Pace;
  /** Each write of this queue is followed by one of another queue. */
  followUps?: FollowUps;
}

interface FollowUps {
  /** This many are still to come, and need room too. */
  due(): number;
  /** This many could be sent now, and come first. */
  ready(): number;
  /** This many are under way, and some of them have been carried out. */
  inSerialBatches(): number;
  /** So many may be due at most. */
  most(): number;
}

/** How soon writes look again for their follow-ups to have been sent. */
const PAIRS_POLL_MS = 50;

/** How many of these requests, in this order, may be sent now, next to those in flight. */
export function countFitting(requests: readonly QueuedRequest[], budgets: Budgets, inFlight: number): number {
  const { unitBudget, writeBudget, pace } = budgets;
  const roomFor = (isBacklog: boolean) => ({
    units: unitBudget.room(isBacklog),
    writes: writeBudget.room(isBacklog),
    requests: pace.room(isBacklog) - readyFollowUps(budgets),
  });
  const [forAll, forBacklogs] = [roomFor(false), roomFor(true)];
  const { each, reserved } = writeNeeds(budgets, inFlight);
  let [units, writes] = [0, reserved];
  for (const [before, queued] of requests.entries()) {
    const room = queued.context.isBacklog ? forBacklogs : forAll;
    if (before + 1 > room.requests) return before;
    if (isWrite(queued)) {
      // Writes do not wait for resource units: they cost one of thousands, and a warning about units is one to reads.
      writes += each;
      if (writes > room.writes || before + 1 > pairsLeft(queued, budgets, inFlight)) return before;
    } else {
      units += queued.request.units;
      if (units > room.units && queued.request.units > 0) return before;
    }
  }
  return requests.length;
}

/** How long until there is room for `count` requests like this one, in ms. */
export function roomInMs(queued: QueuedRequest, count: number, budgets: Budgets, inFlight: number): number {
  const { unitBudget, writeBudget, pace } = budgets;
  const { isBacklog } = queued.context;
  if (!isWrite(queued))
    return Math.max(pace.freeInMs(count, isBacklog), unitBudget.freeInMs(queued.request.units * count, isBacklog));
  if (pairsLeft(queued, budgets, inFlight) < count) return PAIRS_POLL_MS;
  const { each, reserved } = writeNeeds(budgets, inFlight);
  return Math.max(
    pace.freeInMs(count + readyFollowUps(budgets), isBacklog),
    writeBudget.freeInMs(count * each + reserved, isBacklog),
  );
}

/** Takes from the budgets what these requests need. Every `charge` must be followed by one `settle`. */
export function charge(requests: readonly QueuedRequest[], { unitBudget, writeBudget, pace }: Budgets): void {
  unitBudget.take(unitsOf(requests));
  writeBudget.take(requests.filter(isWrite).length);
  pace.take(requests.length);
}

/** These requests were answered; `used` of them have used up what they took. */
export function settle(
  requests: readonly QueuedRequest[],
  used: readonly QueuedRequest[],
  { unitBudget, writeBudget }: Budgets,
): void {
  unitBudget.settle(unitsOf(requests), unitsOf(used));
  writeBudget.settle(requests.filter(isWrite).length, used.filter(isWrite).length);
}

/**
 * What a write takes from the budget, and what is reserved for others. Where capacity frees up all the time, nothing needs to
 * be reserved.
 */
function writeNeeds({ followUps, writeBudget }: Budgets, inFlight: number): { each: number; reserved: number } {
  if (!followUps || writeBudget.freesSoon() || writeBudget.isRested) return { each: 1, reserved: 0 };
  return { each: 2, reserved: followUps.due() + inFlight };
}

/** Follow-ups that come first where the tenant has been found to accept less than documented. */
function readyFollowUps({ followUps, pace }: Budgets): number {
  return followUps && pace.isLearnt ? followUps.ready() : 0;
}

/**
 * How many writes may be sent before their follow-ups are: nobody is to wait for long with half of it done. Follow-ups in serial
 * batches hold nobody back: the first of them is answered with the last, a second later. Those of people who needed no location are
 * among them, so where such people are in the file a few more may be due.
 */
function pairsLeft({ context }: QueuedRequest, { followUps }: Budgets, inFlight: number): number {
  if (!followUps || context.urgent) return Number.POSITIVE_INFINITY;
  return followUps.most() - Math.max(0, followUps.due() - followUps.inSerialBatches()) - inFlight;
}

function unitsOf(requests: readonly QueuedRequest[]): number {
  return requests.reduce((sum, { request }) => sum + request.units, 0);
}
