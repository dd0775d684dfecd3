/** What a row of a file says about a person who should get a mailbox. */

/** `undefined`: the file has no such column; null: the row leaves it empty. */
export interface Newcomer {
  userPrincipalName: string;
  displayName: string;
  employeeType: string;
  usageLocation: string | null | undefined;
  startDate: string | null | undefined;
}
