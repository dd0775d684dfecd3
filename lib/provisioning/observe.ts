/** Looks people up: account by account, mailbox by mailbox, hundreds per round trip. Reads only. */
import type { Directory } from '#lib/directory/directory.ts';
import type { CallRecord } from '#lib/directory/transport.ts';
import type { MailboxProbe } from './core/account.ts';
import type { Mapping } from './core/mapping.ts';
import type { Person } from './core/person.ts';
import type { Observation } from './core/situation.ts';

export interface Observed {
  observation: Observation;
  calls: CallRecord[];
}

/** Finds everybody's account and touches the mailboxes of those that have one; guests and doubles are not asked. */
export async function observe(
  directory: Directory,
  people: readonly Person[],
  mappingOf: (person: Person) => Mapping | null,
  signal: AbortSignal,
): Promise<Observed[]> {
  const found = await directory.findAccounts(
    people.map((person) => person.userPrincipalName),
    signal,
  );
  const accountIds = found.flatMap(({ lookup }) =>
    lookup.kind === 'found' && !lookup.account.isGuest ? [lookup.account.id] : [],
  );
  const probed = await directory.probeMailboxes(accountIds, signal);
  const byId = new Map(accountIds.map((id, index) => [id, probed[index]]));
  return people.map((person, index): Observed => {
    const { lookup, call } = found[index] ?? {};
    const touched = lookup?.kind === 'found' ? byId.get(lookup.account.id) : undefined;
    const probe: MailboxProbe | null = touched?.probe ?? null;
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
