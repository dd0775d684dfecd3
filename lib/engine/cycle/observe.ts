/** Observes people: accounts and mailboxes, hundreds per round trip. Reads only. */

import {
  type Account,
  type AccountLookup,
  hasMailboxPlan,
  isBare,
  isSameId,
  type MailboxProbe,
  mayHaveMailbox,
} from '#lib/domain/account.ts';
import { givenOf } from '#lib/domain/decision/licence-difference.ts';
import type { Observation } from '#lib/domain/decision/observation.ts';
import type { Mapping, SubscribedSku } from '#lib/domain/licences/mapping.ts';
import { type ShownLicences, withShown } from '#lib/domain/licences/sent-licences.ts';
import { accountBefore, type Person, upnKey } from '#lib/domain/person.ts';
import { isPutOff, silence } from '#lib/domain/sentences/silences.ts';
import { isClosed } from '#lib/domain/states.ts';
import type { Directory } from '#lib/graph/directory.ts';
import { BATCH_SIZE, roomBeside } from '#lib/graph/http/batch.ts';
import type { CallRecord } from '#lib/graph/http/transport.ts';
import type { MailboxQuestion } from '#lib/graph/mailboxes.ts';
import type { RequestContext } from '#lib/graph/request-context.ts';
import { identify } from './identify.ts';

export interface Observed {
  observation: Observation;
  /** The accounts that were left when the name was corrected, as far as they are still there; null: one could not be looked up. */
  left: readonly Account[] | null;
  /** The person has fewer licences of ours than are remembered. */
  forgets?: true;
  /** What was sent before, and shows now. */
  shown?: ShownLicences;
  calls: CallRecord[];
}

export interface ObserveRequest {
  people: readonly Person[];
  mappingOf(person: Person, account: Account | null): Mapping | null;
  skus: readonly SubscribedSku[];
  /** An operator is waiting, or the cycle is over everybody: every mailbox is probed, whatever the account shows. */
  probeAll: boolean;
  /** One mailbox is probed in any case, so that a missing permission is known before anything is written. */
  probeFirst: boolean;
  /** These are the last of the run: a round trip more is one more for the run. */
  areLast: boolean;
  /** Accounts whose mailbox was seen open. */
  openAccounts(): readonly string[];
}

/** Once in this many checks a mailbox is probed although it should not be there yet: what the account shows may be late. */
const PROBE_ANYWAY_EVERY = 12;
/** But not in the first half hour, in which most mailboxes open. */
const EARLY_CHECKS = 4;

/** Spread by id, so that few are probed in vain in any one cycle, and others in the next one. */
const turnOf = (person: Person) => (person.mailboxChecks + person.id) % PROBE_ANYWAY_EVERY;

/** True where the mailbox is worth a request. */
function isWorthProbing(person: Person, account: Account, skus: readonly SubscribedSku[]): boolean {
  // Whose mailbox has answered before is only verified: it is there as long as the licence is.
  if (isClosed(person.state)) return !hasMailboxPlan(account, skus);
  return mayHaveMailbox(account, skus) || (person.mailboxChecks > EARLY_CHECKS && turnOf(person) === 0);
}

/**
 * Whoever is licensed fills up the last round trip, or has one: accounts show their mailbox late (graph-facts §4). `inPassing`: of those who may be
 * licensed now, in case their mailbox is there although nothing shows it. `forPermission`: probed as the first of the run only.
 */
function mailboxesToProbe(
  { people, skus, probeAll, probeFirst, areLast }: ObserveRequest,
  lookups: readonly (AccountLookup | undefined)[],
): Omit<MailboxQuestion, 'others' | 'open'> & { forPermission: string | null } {
  const members = people.flatMap((person, index) => {
    const lookup = lookups[index];
    return lookup?.kind === 'found' && !lookup.account.isGuest ? [{ person, account: lookup.account }] : [];
  });
  const [first] = members;
  const isWorthIt = ({ person, account }: (typeof members)[number]) =>
    probeAll || isWorthProbing(person, account, skus);
  const forPermission = probeFirst && first && !isWorthIt(first) ? first.account.id : null;
  const isAsked = (member: (typeof members)[number]) => isWorthIt(member) || member.account.id === forPermission;
  const asked = members.filter(isAsked);
  const others = members.filter((member) => !isAsked(member) && !isClosed(member.person.state));
  const waiting = others
    .filter(({ account }) => hasMailboxPlan(account, skus))
    .sort((a, b) => turnOf(a.person) - turnOf(b.person));
  const room = asked.length === 0 ? BATCH_SIZE : roomBeside(asked.length);
  const accountIds = [...asked, ...waiting.slice(0, areLast ? room : 0)].map(({ account }) => account.id);
  const inPassing = others.filter(({ account }) => !hasMailboxPlan(account, skus)).map(({ account }) => account.id);
  const idsOf = (is: (person: Person) => boolean) =>
    members.filter(({ person }) => is(person)).map(({ account }) => account.id);
  // A mailbox was asked once the licence was there.
  const known = idsOf(({ licensedAt }) => licensedAt !== null);
  const refusing = idsOf(({ unknownSince, reason }) => unknownSince !== null || reason === 'mailbox_denied');
  return { accountIds, inPassing, known, refusing, forPermission };
}

/** While mailboxes may not be asked, somebody on whose account nothing speaks for one need not wait for the licence. */
const isUnlicensed = (account: Account, skus: readonly SubscribedSku[]) =>
  isBare(account) && !hasMailboxPlan(account, skus);

/**
 * Nothing that was done to an account counts for another one that has come in its place. One that was left, and that a name corrected back
 * leads to again, still has what we gave it.
 */
function withOwnPast(person: Person, lookup: AccountLookup | undefined, skus: readonly SubscribedSku[]): Person {
  const before = accountBefore(person);
  if (lookup?.kind !== 'found' || before === null || isSameId(lookup.account.id, before)) return person;
  const unlicensed = {
    ...person,
    licensedAt: null,
    givenLicences: [],
    unsettledWriteAt: null,
    sentLicences: [],
    mailboxChecks: 0,
  };
  const left = person.leftAccounts.find(({ id }) => isSameId(id, lookup.account.id));
  if (!left || givenOf({ givenLicences: left.licences }, lookup.account, skus).length === 0) return unlicensed;
  return { ...unlicensed, licensedAt: left.licensedAt, givenLicences: left.licences };
}

/**
 * Looks up everybody's account and probes the mailboxes that may answer; those of guests and duplicates are not probed. Throws
 * as `GraphClient.read` does.
 */
export async function observe(
  directory: Directory,
  request: ObserveRequest,
  requestContext: RequestContext,
): Promise<Observed[]> {
  const { people, mappingOf } = request;
  const found = await directory.findAccounts(
    people.map((person) => person.userPrincipalName),
    requestContext,
  );
  const [lookups, left] = await Promise.all([
    identify(
      directory,
      people,
      found.map(({ lookup }) => lookup),
      requestContext,
    ),
    directory.accountsBy(
      'id',
      people.flatMap(({ leftAccounts }) => leftAccounts.map(({ id }) => id)),
      requestContext,
    ),
  ]);
  const { forPermission, ...toProbe } = mailboxesToProbe(request, lookups);
  const others = lookups.flatMap((lookup) => (lookup.kind === 'found' ? lookup.account.id : []));
  const probed = await directory.probeMailboxes({ ...toProbe, others, open: request.openAccounts }, requestContext);
  const now = Date.now();
  const byId = new Map([...toProbe.accountIds, ...toProbe.inPassing].map((id, index) => [id, probed[index]]));
  return people.map((person, index): Observed => {
    const call = found[index]?.call;
    const lookup = lookups[index];
    const isMember = lookup?.kind === 'found' && !lookup.account.isGuest;
    const asked = lookup?.kind === 'found' ? byId.get(lookup.account.id) : undefined;
    // Of the others like this one nobody was asked: no answer is no reason to keep this one waiting.
    const isForNothing =
      asked?.probe.kind === 'unknown' &&
      lookup?.kind === 'found' &&
      (lookup.account.id === forPermission ||
        (isPutOff(asked.probe.why) && isUnlicensed(lookup.account, request.skus)));
    const mailbox = isForNothing ? undefined : asked;
    const before = withOwnPast(person, lookup, request.skus);
    const shown = lookup?.kind === 'found' ? withShown(before, lookup.account, now) : null;
    const present = shown?.person ?? before;
    const stillThere = person.leftAccounts.map(({ id }) => left.get(upnKey(id)));
    const probe: MailboxProbe | null = mailbox?.probe ?? (isMember ? { kind: 'not_probed' } : null);
    return {
      observation: {
        person: present,
        lookup: lookup ?? { kind: 'unknown', why: silence('none') },
        probe,
        mapping: mappingOf(present, lookup?.kind === 'found' ? lookup.account : null),
      },
      left: stillThere.includes(undefined) ? null : stillThere.flatMap((accounts) => accounts ?? []),
      ...(shown ? { shown: shown.shown } : {}),
      calls: [call, mailbox?.call].filter((record) => record !== undefined),
    };
  });
}
