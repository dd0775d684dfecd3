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
/** So many refusals are enough, whatever others may answer: each costs a write. */
const ENOUGH = 100;

interface Watched {
  refused: Set<string>;
  /** In this process. */
  hasWorked: boolean;
  /** Whether the token named the permission when it first worked: an access policy of Exchange allows single mailboxes without it. */
  wasNamed: Promise<boolean | null>;
  /** Asked, and not answered yet. */
  pending: number;
  /** Resolves once an account complies, nobody is pending any more, or enough have refused. */
  verdict: PromiseWithResolvers<void> | null;
}

const unwatched = (): Watched => ({
  refused: new Set(),
  hasWorked: false,
  wasNamed: Promise.resolve(null),
  pending: 0,
  verdict: null,
});

function missing(access: AccountAccess, n: number): DirectoryError {
  const [permission] = REQUIRED_PERMISSIONS[access].anyOf;
  return new DirectoryError('permission_missing', sentence('accountsRefused', { permission, n, access }), {
    permission,
  });
}

export class AccessWatch {
  readonly #roles: (isFresh: boolean) => Promise<readonly string[] | null>;
  readonly #watched: Record<AccountAccess, Watched> = {
    mailbox: unwatched(),
    location: unwatched(),
    assign: unwatched(),
  };

  /** `roles`: the permissions named in the current token, or in a fresh one; null where it cannot be read. */
  constructor(roles: (isFresh: boolean) => Promise<readonly string[] | null>) {
    this.#roles = roles;
  }

  /** An account allowed it. */
  allowed(access: AccountAccess): void {
    const watched = this.#watched[access];
    watched.refused.clear();
    if (!watched.hasWorked) watched.wasNamed = this.#isGranted(access, false).catch(() => null);
    watched.hasWorked = true;
    watched.verdict?.resolve();
  }

  /** While `ask` runs, others who were refused wait for what this account answers. */
  async hear<T>(access: AccountAccess, ask: () => Promise<T>): Promise<T> {
    const watched = this.#watched[access];
    watched.pending += 1;
    try {
      return await ask();
    } finally {
      watched.pending -= 1;
      if (watched.pending === 0) watched.verdict?.resolve();
    }
  }

  /**
   * An account refused it with 403. Resolves with the error that stops the run where the token lacks the permission, or several
   * different accounts refused and, of all that were asked at the same time, none allowed it; null: it is this account's own matter.
   */
  async refused(access: AccountAccess, accountId: string): Promise<DirectoryError | null> {
    const watched = this.#watched[access];
    watched.refused.add(accountId);
    await this.#othersHeard(watched);
    const { size } = watched.refused;
    if (size === 0) return null;
    if (await this.#isMissing(access)) return missing(access, size);
    if (size < (watched.hasWorked ? SEVERAL_AFTER_SUCCESS : SEVERAL)) return null;
    // A permission that was taken away is missing from the next token. One that is named there is not missing, whatever mailboxes an access policy leaves out.
    const tokenDecides = watched.hasWorked || access === 'mailbox';
    if (tokenDecides && (await this.#isGranted(access, true)) === true) return null;
    return missing(access, size);
  }

  /** The same of an account that is known to refuse, however many there are: only the token can tell that it is the permission. */
  async refusedAgain(access: AccountAccess): Promise<DirectoryError | null> {
    return (await this.#isMissing(access)) ? missing(access, 1) : null;
  }

  /** The token in use lacks the permission, and did not lack it already while it worked. */
  async #isMissing(access: AccountAccess): Promise<boolean> {
    const { hasWorked, wasNamed } = this.#watched[access];
    if ((await this.#isGranted(access, false)) !== false) return false;
    return !hasWorked || (await wasNamed) === true;
  }

  /** Whether the token names a permission that is enough; null where it cannot be read. */
  async #isGranted(access: AccountAccess, isFresh: boolean): Promise<boolean | null> {
    const roles = await this.#roles(isFresh);
    return roles && REQUIRED_PERMISSIONS[access].anyOf.some((permission) => roles.includes(permission));
  }

  /** Of the accounts that were asked at the same time, one may comply. */
  async #othersHeard(watched: Watched): Promise<void> {
    // The other answers of the same batch come first.
    await setImmediate();
    if (watched.refused.size === 0 || watched.pending === 0) return;
    watched.verdict ??= Promise.withResolvers<void>();
    const { verdict } = watched;
    if (watched.refused.size >= ENOUGH) verdict.resolve();
    await verdict.promise;
    if (watched.verdict === verdict) watched.verdict = null;
  }
}
