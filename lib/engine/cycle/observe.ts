/** Looks people up: account by account, mailbox by mailbox, hundreds per round trip. Reads only. */

import { type Account, type AccountLookup, type MailboxProbe, showsMailbox } from '#lib/domain/account.ts';
import type { Mapping, SubscribedSku } from '#lib/domain/licences/mapping.ts';
import type { Person } from '#lib/domain/person.ts';
import type { Observation } from '#lib/domain/situation.ts';
import type { Directory } from '#lib/graph/directory.ts';
import type { RequestContext } from '#lib/graph/request-queue.ts';
import type { CallRecord } from '#lib/graph/transport.ts';

export interface Observed {
  observation: Observation;
  calls: CallRecord[];
}

export interface Question {
  people: readonly Person[];
  mappingOf(person: Person): Mapping | null;
  skus: readonly SubscribedSku[];
  /** An operator wants to know: every mailbox is asked, whatever the account shows. */
  thoroughly: boolean;
  /** One mailbox is asked in any case, so that a missing permission is known before anything is written. */
  firstAsked: boolean;
}

/** Every so many looks a mailbox is asked that should not be there yet: what the account shows may be late. */
const ASK_ANYWAY_EVERY = 12;
/** But not in the first half hour, in which most open. */
const EARLY_CHECKS = 4;

/** True where the mailbox is worth a request. Spread by id, so that few are asked in vain in any one cycle. */
function asksMailbox(person: Person, account: Account, skus: readonly SubscribedSku[]): boolean {
  return (
    showsMailbox(account, skus) ||
    (person.mailboxChecks > EARLY_CHECKS && (person.mailboxChecks + person.id) % ASK_ANYWAY_EVERY === 0)
  );
}

function mailboxesToAsk(
  { people, skus, thoroughly, firstAsked }: Question,
  lookups: readonly (AccountLookup | undefined)[],
): string[] {
  const members = people.flatMap((person, index) => {
    const lookup = lookups[index];
    return lookup?.kind === 'found' && !lookup.account.isGuest ? [{ person, account: lookup.account }] : [];
  });
  return members
    .filter(
      ({ person, account }, index) => thoroughly || (firstAsked && index === 0) || asksMailbox(person, account, skus),
    )
    .map(({ account }) => account.id);
}

/** Finds everybody's account and touches the mailboxes that may answer; guests and doubles are not asked. Throws as `Exchange.read` does. */
export async function observe(
  directory: Directory,
  question: Question,
  requestContext: RequestContext,
): Promise<Observed[]> {
  const { people, mappingOf } = question;
  const found = await directory.findAccounts(
    people.map((person) => person.userPrincipalName),
    requestContext,
  );
  const asked = mailboxesToAsk(
    question,
    found.map(({ lookup }) => lookup),
  );
  const probed = await directory.probeMailboxes(asked, requestContext);
  const byId = new Map(asked.map((id, index) => [id, probed[index]]));
  return people.map((person, index): Observed => {
    const { lookup, call } = found[index] ?? {};
    const isMember = lookup?.kind === 'found' && !lookup.account.isGuest;
    const touched = lookup?.kind === 'found' ? byId.get(lookup.account.id) : undefined;
    const probe: MailboxProbe | null = touched?.probe ?? (isMember ? { kind: 'no_sign' } : null);
    return {
      observation: {
        person,
        lookup: lookup ?? { kind: 'unknown', why: 'no answer' },
        probe,
        mapping: mappingOf(person),
      },
      calls: [call, touched?.call].filter((record) => record !== undefined),
    };
  });
}
