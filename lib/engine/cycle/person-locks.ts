/** The people being processed in this process: a cycle and operators' requests beside it never work on one person at once. */
export class PersonLocks {
  readonly #released = new Map<number, Promise<void>>();

  /** Locks those of `ids` that are free; `locked` are those another run works on. `release` unlocks them. */
  claim(ids: readonly number[]): { claimed: number[]; locked: number[]; release: () => void } {
    const claimed = ids.filter((id) => !this.#released.has(id));
    const locked = ids.filter((id) => this.#released.has(id));
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const id of claimed) this.#released.set(id, promise);
    const release = () => {
      for (const id of claimed) this.#released.delete(id);
      resolve();
    };
    return { claimed, locked, release };
  }

  /** Resolves once none of these people is locked any more. */
  async released(ids: readonly number[]): Promise<void> {
    await Promise.all(ids.map((id) => this.#released.get(id)));
  }
}
