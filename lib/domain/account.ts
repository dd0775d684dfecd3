/** An account (a Graph `user`) reduced to the facts the engine decides by. */

import { makesMailbox, type SubscribedSku } from '#lib/domain/licences/mapping.ts';
import { MAILBOX_PLAN_IDS } from '#lib/domain/licences/service-plans.ts';
import { accountBefore, type Person } from '#lib/domain/person.ts';
import type { Note } from '#lib/domain/reasons/said.ts';

/** How a licence reached the account: assigned directly, inherited from a group, or both at once. */
type LicenceSource = 'direct' | 'group' | 'both';

export interface AssignedLicence {
  skuId: string;
  source: LicenceSource;
  /** The group through which it came; null: none. */
  groupId: string | null;
  disabledPlans: string[];
  /** Graph's `licenseAssignmentState.error`, for example `CountViolation`, or `SWITCHED_OFF`; null where the licence works. */
  error: string | null;
}

/** `licenseAssignmentState.state` of a licence that is there and does nothing, as where its subscription has ended. */
export const SWITCHED_OFF = 'Disabled';

export interface Account {
  id: string;
  userPrincipalName: string;
  /** The name in Active Directory, where the account came from there; it may be another one. */
  onPremisesUserPrincipalName: string | null;
  displayName: string;
  accountEnabled: boolean;
  isGuest: boolean;
  usageLocation: string | null;
  mail: string | null;
  proxyAddresses: string[];
  isSynchronised: boolean;
  licences: AssignedLicence[];
  /** Ids of the service plans that are enabled on the account, whatever licence brought them. */
  enabledPlanIds: string[];
  /** Exchange Online has provisioned one of its plans (`provisionedPlans`, status Success). That includes plans without a mailbox. */
  exchangeProvisioned: boolean;
  /** Conflicts that directory synchronisation reported, for example another account with the same proxy address. */
  synchronisationErrors: { category: string; property: string; value: string }[];
  /** Errors that Exchange Online reported while provisioning the account. */
  exchangeErrors: string[];
}

/** The result of looking a person up. `unknown` never means "absent". */
export type AccountLookup =
  | {
      kind: 'found';
      account: Account;
      /** By which property it was found: its name, the id that it had before, or its name in Active Directory. */
      by: 'name' | 'id' | 'on_premises_name';
      /** Another account that was to have this name, and is called otherwise because the name was taken. */
      twin: Account | null;
      /** Found by its id: the account that has the name now, where the row is about whoever has that one. */
      successor?: Account;
    }
  | { kind: 'absent' }
  /**
   * It was there. `at`: when it was deleted, in ms; null: not known, or longer ago than it can be restored. `isUnlisted`: it is not among the deleted
   * accounts either; otherwise, without `at`, those cannot be read.
   */
  | { kind: 'deleted'; at: number | null; isUnlisted?: boolean }
  | { kind: 'several'; accounts: Account[] }
  | { kind: 'unknown'; why: string };

/** What the mailbox answered when it was probed. */
export type MailboxProbe =
  | { kind: 'answers'; purpose: string }
  | { kind: 'silent'; code: string }
  /** Not probed: the account shows no sign of a mailbox that would answer. */
  | { kind: 'not_probed' }
  | { kind: 'on_premises' }
  /** Refused for this mailbox (403), which says nothing about whether there is one. */
  | { kind: 'denied'; why: string }
  | { kind: 'unknown'; why: string };

export type MailboxState = 'denied' | 'none' | 'opening' | 'open' | 'on_premises' | 'maybe_on_premises' | 'unknown';

/** Ids are the same in capitals: services write them in either case. */
export function isSameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** True where nothing that was done for the person, or asked about them, is about this account: another one has come in its place. */
export function isOfAnother(person: Person, { id }: { id: string }): boolean {
  return !isSameId(accountBefore(person) ?? id, id);
}

/**
 * True where a service plan that makes a mailbox is enabled on the account. `assignedPlans` follow a new licence with a delay,
 * so the plans of the licences themselves count as well.
 */
export function hasMailboxPlan(account: Account, skus: readonly SubscribedSku[]): boolean {
  if (account.enabledPlanIds.some((id) => MAILBOX_PLAN_IDS.has(id))) return true;
  return account.licences.some(({ skuId, disabledPlans, error }) => {
    const sku = skus.find((candidate) => candidate.skuId === skuId);
    return error === null && sku !== undefined && makesMailbox(sku, disabledPlans);
  });
}

/** The address that people write to; `SMTP:` stands before it in `proxyAddresses`, `smtp:` before others. Null: there is none. */
export function addressOf({ mail, proxyAddresses }: Account): string | null {
  const written = proxyAddresses.filter((address) => /^smtp:/i.test(address));
  const first = written.find((address) => address.startsWith('SMTP:')) ?? written[0];
  return mail ?? first?.slice('smtp:'.length) ?? null;
}

const hasAddress = (account: Account) => addressOf(account) !== null;

/**
 * False where probing the mailbox would be pointless. Exchange Online gives every mailbox an address, writes it back to the
 * account and reports the plan as provisioned; a synchronised account may have its address from on-premises (graph-facts §4). Rooms
 * and shared mailboxes, whose accounts are disabled or were made in the cloud, are probed before any licence: they need none.
 */
export function mayHaveMailbox(account: Account, skus: readonly SubscribedSku[]): boolean {
  if (account.exchangeProvisioned) return true;
  if (hasMailboxPlan(account, skus)) return hasAddress(account) && !account.isSynchronised;
  return hasAddress(account) || !account.accountEnabled || !account.isSynchronised;
}

/** True where nothing on the account speaks for a mailbox, whoever's it may be. */
export function isBare(account: Account): boolean {
  return account.accountEnabled && !hasAddress(account) && !account.exchangeProvisioned;
}

/**
 * Works out the state of the mailbox. Silence alone does not say why (Graph answers the same 404 for unlicensed, opening,
 * on-premises and soft-deleted), so the account's plans and addresses decide. Graph does not expose the on-premises mailbox id;
 * a synchronised account with an address but no licence may have its mailbox on-premises.
 */
export function mailboxState(account: Account, probe: MailboxProbe, skus: readonly SubscribedSku[]): MailboxState {
  if (probe.kind === 'answers') return 'open';
  if (probe.kind === 'unknown' || probe.kind === 'denied') return probe.kind;
  if (probe.kind === 'on_premises') return 'on_premises';
  if (hasMailboxPlan(account, skus)) return 'opening';
  return account.isSynchronised && hasAddress(account) ? 'maybe_on_premises' : 'none';
}

/** What Microsoft reports of the account and `said` does not say yet, a note each. */
export function reportsOf({ exchangeErrors, synchronisationErrors }: Account, said: string): Note[] {
  const isSaid = (text: string) => said.includes(text.slice(0, REPORT_LIMIT));
  return [
    ...exchangeErrors
      .filter((text) => !isSaid(text))
      .map((text): Note => ['exchange_reports', { report: shortened(text) }]),
    ...synchronisationErrors
      .filter(({ value }) => !isSaid(value))
      .map((error): Note => ['synchronisation_reports', { ...error, value: shortened(error.value) }]),
  ];
}

/** Longer reports are stack traces. */
const REPORT_LIMIT = 300;

function shortened(text: string): string {
  return text.length > REPORT_LIMIT ? `${text.slice(0, REPORT_LIMIT)}…` : text;
}
