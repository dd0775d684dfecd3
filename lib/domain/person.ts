/** A person as the engine sees one: what the CSV said and where the person stands. */
import type { PersonState } from './states.ts';

export interface Person {
  id: number;
  userPrincipalName: string;
  displayName: string;
  employeeType: string;
  /** Two-letter country of the row, upper case; null where the row named none. */
  usageLocation: string | null;
  /** The operator who set `usageLocation`; null: it came from the row. */
  locationSetBy: string | null;
  state: PersonState;
  reason: string;
  revision: number;
  firstSeenAt: number;
  stateSince: number;
  /** When the licence we gave was verified on the account; null while it was not. */
  licensedAt: number | null;
  /** Looks at the mailbox since the licence was verified. */
  mailboxChecks: number;
  /** An operator's yes to a held person. */
  approvedAt: number | null;
  approvedBy: string | null;
  /** What that yes was for (`planKey`); null: for whatever the mapping says. */
  approvedPlan: string | null;
  mappingId: number | null;
  /** When the oldest write to the account was sent whose result is not known yet; null: none. */
  unsettledWriteAt: number | null;
}

/** The key by which people are compared: trimmed, Unicode-composed, lower-cased. */
export function upnKey(userPrincipalName: string): string {
  return userPrincipalName.trim().normalize('NFC').toLowerCase();
}

/** The key by which EmployeeTypes are compared. */
export function employeeTypeKey(employeeType: string): string {
  return employeeType.trim().normalize('NFC').toLowerCase();
}
