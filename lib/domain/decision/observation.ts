/** What is compared to name a person's situation. */
import type { AccountLookup, MailboxProbe } from '#lib/domain/account.ts';
import type { Mapping, SubscribedSku } from '#lib/domain/licences/mapping.ts';
import type { Person } from '#lib/domain/person.ts';
import type { StartRules } from '#lib/domain/time/start-date.ts';
import type { WaitingTimes } from './waiting-times.ts';

export interface Observation {
  person: Person;
  lookup: AccountLookup;
  /** Null where the mailbox was not probed because the account alone decides. */
  probe: MailboxProbe | null;
  /** The mapping the person is pinned to, otherwise the one in force; null: the EmployeeType is not mapped. */
  mapping: Mapping | null;
}

export interface Tenant {
  skus: readonly SubscribedSku[];
  /** Domains that accounts can be named by, in lower case. Empty: not known. */
  verifiedDomains: readonly string[];
  /** Country for people whose row and mapping name none. */
  defaultUsageLocation: string;
  /** What an operator chose for synchronised accounts that have an address but no cloud mailbox. */
  licenseAccountsWithAddress: boolean;
  start: StartRules;
  waiting: WaitingTimes;
}
