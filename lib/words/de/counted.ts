import type { Translation } from '#lib/words/english.ts';

export const countedDe: Translation<'counted'> = {
  needs_attention: 'mit Handlungsbedarf',
  held: 'angehalten',
  queued: 'eingereiht',
  awaiting_sync: 'vor der Synchronisierung',
  awaiting_start: 'vor dem Eintritt',
  awaiting_seat: 'ohne freie Lizenz',
  awaiting_mailbox: 'mit entstehendem Postfach',
  provisioned: 'bereitgestellt',
  already_provisioned: 'mit vorhandenem Postfach',
  dismissed: 'geschlossen',
};
