import type { Translation } from '#lib/words/english.ts';

export const countedDe: Translation<'counted'> = {
  needs_attention: 'mit Handlungsbedarf',
  held: 'angehalten',
  queued: 'eingereiht',
  awaiting_sync: 'warten auf Synchronisierung',
  awaiting_start: 'warten auf den Eintritt',
  awaiting_seat: 'warten auf eine Lizenz',
  awaiting_mailbox: 'warten auf das Postfach',
  provisioned: 'bereitgestellt',
  already_provisioned: 'mit vorhandenem Postfach',
  dismissed: 'abgeschlossen',
};
