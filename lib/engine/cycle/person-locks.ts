/** Who is being looked at right now in this process: a cycle and what operators ask for beside it never work on one person at once. */
export class PersonLocks {
  readonly #released = new Map<number, Promise<void>>();

  /** Takes those of `ids` who are free; `taken` by another run are the others. `release` lets go of them again. */
  claim(ids: readonly number[]): { mine: number[]; taken: number[]; release: () => void } {
    const mine = ids.filter((id) => !this.#released.has(id));
    const taken = ids.filter((id) => this.#released.has(id));
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const id of mine) this.#released.set(id, promise);
    const release = () => {
      for (const id of mine) this.#released.delete(id);
      resolve();
    };
    return { mine, taken, release };
  }

  /** Resolves once none of these people is under way as far as it is known now. */
  async free(ids: readonly number[]): Promise<void> {
    await Promise.all(ids.map((id) => this.#released.get(id)));
  }
}
