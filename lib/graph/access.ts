/** Tells a permission that the app lacks from accounts that refuse it: what one account refuses says nothing about the others. */

import { setImmediate } from 'node:timers/promises';
import { sentence } from '#lib/domain/sentences/sentence.ts';
import { REQUIRED_PERMISSIONS } from '#lib/domain/setup-checks.ts';
import { DirectoryError } from '#lib/graph/http/errors.ts';

/** What is done to single accounts, each with the application permissions that allow it. */
export type AccountAccess = 'mailbox' | 'location' | 'assign';

/** So many different accounts refuse, and none complies: then it is the permission. */
const SEVERAL = 3;
/** Once it has worked, single accounts in a row (a restricted administrative unit) are likelier than a permission taken away. */
const SEVERAL_AFTER_SUCCESS = 20;

export class AccessWatch {
  readonly #roles: () => Promise<readonly string[] | null>;
  readonly #refused: Record<AccountAccess, Set<string>> = {
    mailbox: new Set(),
    location: new Set(),
    assign: new Set(),
  };
  /** In this process. */
  readonly #hasWorked = new Set<AccountAccess>();

  /** `roles`: the permissions named in the current token, null where it cannot be read. */
  constructor(roles: () => Promise<readonly string[] | null>) {
    this.#roles = roles;
  }

  /** An account allowed it. */
  allowed(access: AccountAccess): void {
    this.#refused[access].clear();
    this.#hasWorked.add(access);
  }

  /**
   * An account refused it with 403. Resolves with the error that stops the run where the token lacks the permission, or several
   * different accounts refused and none allowed it; null: it is this account's own matter.
   */
  async refused(access: AccountAccess, accountId: string): Promise<DirectoryError | null> {
    this.#refused[access].add(accountId);
    // The other answers of the same batch are heard first.
    await setImmediate();
    const { size } = this.#refused[access];
    if (size === 0) return null;
    const { anyOf } = REQUIRED_PERMISSIONS[access];
    const [wanted] = anyOf;
    if (this.#hasWorked.has(access)) {
      if (size < SEVERAL_AFTER_SUCCESS) return null;
    } else {
      const roles = await this.#roles();
      const lacksRole = roles !== null && !anyOf.some((permission) => roles.includes(permission));
      if (!lacksRole && size < SEVERAL) return null;
    }
    return new DirectoryError(
      'permission_missing',
      sentence('accountsRefused', { permission: wanted, n: size, access }),
      { permission: wanted },
    );
  }
}
