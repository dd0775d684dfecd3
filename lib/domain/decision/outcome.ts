/** What a run found out and did for one person, as the engine tells it and the database keeps it. */

import type { Written } from '#lib/domain/events.ts';
import type { Person } from '#lib/domain/person.ts';
import type { Verdict } from './verdict.ts';

/** What a run found out and did for one person. */
export interface PersonOutcome {
  person: Person;
  verdict: Verdict;
  accountId: string | null;
  mappingId: number | null;
  /** The licence was seen on the account, and it was we who assigned it. */
  licenceVerified: boolean;
  /** The mailbox was touched and did not answer, with the licence in place. */
  mailboxTouched: boolean;
  /** For somebody who is held: what would be written (`planKey`). */
  heldPlan: string | null;
  /** For a dry run: what would be written. */
  planned: { licences: string[]; usageLocation: string | null } | null;
  /** Part numbers of the licences that this run assigned and took away; left out: none, or it is not known. */
  licences?: { added: string[]; removed: string[] };
  /** A licence of ours was taken away by others: what the person still has of us is kept. Left out: nothing of the kind. */
  forgets?: true;
  /** The licence that was to be taken off and put on again was not taken off. Left out: it was, or was not to be. */
  staysOn?: true;
  written: Written[];
  calls: unknown[];
  /** How the open intents of this person end; null: they stay open, their result is not known. */
  intentResult: 'applied' | 'refused' | 'not_applied' | 'not_sent' | null;
  durationMs: number;
}
