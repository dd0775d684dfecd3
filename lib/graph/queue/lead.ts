/** How many people may have their usage location but not yet their licence: the tenant's budget may end sooner than it documents. */
import { BATCH_SIZE } from '#lib/graph/http/batch.ts';

/** The budget counts as proven once this share of what is documented was accepted in one stretch. */
export const PROOF_SHARE = 1 / 3;
/**
 * Until then the lead starts with this share of it, and grows with what was accepted. With a tenth, a tenant that bears twelve licence
 * writes at once was used for less than half of that, and smaller budgets licensed no more people (tests/bench/README.md).
 */
const START_SHARE = 1 / 4;
const GROWTH = 1 / 2;
/** Where replication takes longer than this share of its longest, the others no longer wait for the first: their lag is the same. */
const USUAL_LAG_SHARE = 0.15;

export interface Progress {
  /** Writes that the tenant documents for a window. */
  limit: number;
  /** The most that was accepted in one stretch. */
  proven: number;
  /** Sent in the present stretch and not refused, answered or not. */
  sent: number;
  /** For how long the first of those with only a location has been waiting, as a share of the longest replication lag. */
  lagShare: number;
}

/**
 * At most so many people may wait with half of it done. Most budgets that end early have then spent a third of their
 * writes or more on licences; and of the writes up to the proof, half are kept for licences, so that nobody waits when it is reached.
 */
export function mostPending({ limit, proven, sent, lagShare }: Progress): number {
  const proof = limit * PROOF_SHARE;
  const late = Math.max(0, lagShare - USUAL_LAG_SHARE) * proof;
  const lead = Math.max(proof * START_SHARE, proven * GROWTH);
  return late + Math.max(0, proven - proof) + Math.max(BATCH_SIZE, Math.min(lead, proof - sent));
}
