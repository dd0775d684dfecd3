/** States behind a number. */
export const counted = {
  needs_attention: 'needing attention',
  held: 'held',
  queued: 'queued',
  awaiting_sync: 'waiting for sync',
  awaiting_start: 'waiting for the start date',
  awaiting_seat: 'waiting for a seat',
  awaiting_mailbox: 'mailbox opening',
  provisioned: 'provisioned',
  already_provisioned: 'had a mailbox',
  dismissed: 'dismissed',
} as const;
