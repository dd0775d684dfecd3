/** What Microsoft 365 is asked to do again by itself: each at most once for a person and request, and a group’s licences again with each retry. Pure. */
import { type Account, isOfAnother } from '#lib/domain/account.ts';
import type { Person } from '#lib/domain/person.ts';
import { isClosed } from '#lib/domain/states.ts';

/** Exchange Online works on the account again, or licences that failed through a group are assigned again. */
export type HealingKind = 'retry_provisioning' | 'reprocess_licences';

export interface Healing {
  kind: HealingKind;
  accountId: string;
  /** When it was asked before, ms UTC; null: never in this request. */
  askedAt: number | null;
}

/** What came of asking. `unknown`: no answer came, so it may have arrived. */
export type HealingAnswer =
  | { kind: 'accepted' }
  | { kind: 'refused'; status: number; graphMessage: string }
  | { kind: 'unknown'; why: string };

/** Null where it has been asked in this request, and nobody has retried since, or where another request begins with this check. */
export function healingOf(kind: HealingKind, person: Person, account: Account): Healing | null {
  const askedAt = kind === 'retry_provisioning' ? person.provisioningRetriedAt : person.licencesReprocessedAt;
  const beginsAnew = isClosed(person.state) || isOfAnother(person, account);
  // Whoever retries has mended what stood in the group's way.
  const isRetried = kind === 'reprocess_licences' && person.state === 'queued' && person.reason === 'retried';
  const isToAsk = askedAt === null || (isRetried && askedAt < person.stateSince);
  return isToAsk && !beginsAnew ? { kind, accountId: account.id, askedAt } : null;
}

const ASKED: Record<HealingKind, string> = {
  retry_provisioning: 'No mailbox after longer than usual: Exchange Online was asked to work on the account again.',
  reprocess_licences: 'A licence failed through a group: Microsoft 365 was asked to assign the group’s licences again.',
};

/** What the history says. */
export function healingSentence(kind: HealingKind, answer: HealingAnswer): string {
  return `${ASKED[kind]} ${answerText(answer)} It will not be asked again automatically.`;
}

function answerText(answer: HealingAnswer): string {
  switch (answer.kind) {
    case 'accepted':
      return 'It accepted.';
    case 'refused':
      return answer.status === 403
        ? `The app is not permitted to ask this: ${answer.graphMessage}`
        : `It refused: ${answer.graphMessage}`;
    case 'unknown':
      return `No answer came (${answer.why}), so it may have arrived.`;
  }
}
