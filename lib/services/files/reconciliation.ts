/** The reconciliation: every row that came in is exactly one of these. Pure. */
import type { RowTally } from '#db/store/files/reconciliation-read.ts';
import type { PersonState } from '#lib/domain/states.ts';

export const ROW_PARTS = [
  'provisioned',
  'already',
  'waiting',
  'seat',
  'held',
  'attention',
  'dismissed',
  'duplicate',
  'open',
  'corrected',
  'closed',
] as const;
export type RowPart = (typeof ROW_PARTS)[number];

/** `rows` is the sum of the parts, always. */
export type RowReconciliation = { rows: number } & Record<RowPart, number>;

const PART_OF_STATE: Record<PersonState, RowPart> = {
  queued: 'waiting',
  awaiting_sync: 'waiting',
  awaiting_start: 'waiting',
  awaiting_seat: 'seat',
  awaiting_mailbox: 'waiting',
  held: 'held',
  needs_attention: 'attention',
  provisioned: 'provisioned',
  already_provisioned: 'already',
  dismissed: 'dismissed',
};

function partOf({ part, state }: RowTally): RowPart {
  if (part !== 'accepted') return part;
  // Row and person are stored in one transaction; should one ever be without the other, a human should see it.
  return state === null ? 'attention' : PART_OF_STATE[state];
}

export function reconcileRows(tallies: readonly RowTally[]): RowReconciliation {
  const sum: RowReconciliation = {
    rows: 0,
    provisioned: 0,
    already: 0,
    waiting: 0,
    seat: 0,
    held: 0,
    attention: 0,
    dismissed: 0,
    duplicate: 0,
    open: 0,
    corrected: 0,
    closed: 0,
  };
  for (const tally of tallies) {
    sum.rows += tally.n;
    sum[partOf(tally)] += tally.n;
  }
  return sum;
}
