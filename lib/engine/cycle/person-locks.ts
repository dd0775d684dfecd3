/** What one chunk of a run has locked. */
export interface Claim {
  claimed: number[];
  /** Those another run works on. */
  locked: number[];
  /** Unlocks these people, as far as they are still locked by this claim; all of them where none are named. */
  release(ids?: Iterable<number>): void;
}

/** The people being processed in this process: a cycle and operators' requests beside it never work on one person at once. */
export class PersonLocks {
  readonly #locks = new Map<number, PromiseWithResolvers<void>>();

  /** Locks those of `ids` that are free. */
  claim(ids: readonly number[]): Claim {
    const claimed = ids.filter((id) => !this.#locks.has(id));
    const locked = ids.filter((id) => this.#locks.has(id));
    for (const id of claimed) this.#locks.set(id, Promise.withResolvers());
    const held = new Set(claimed);
    const release = (some: Iterable<number> = claimed) => {
      for (const id of some) {
        if (!held.delete(id)) continue;
        this.#locks.get(id)?.resolve();
        this.#locks.delete(id);
      }
    };
    return { claimed, locked, release };
  }

  /** Resolves once none of these people is locked any more. */
  async released(ids: readonly number[]): Promise<void> {
    await Promise.all(ids.map((id) => this.#locks.get(id)?.promise));
  }
}
