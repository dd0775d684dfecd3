/** One change after the other: the next is sent when the one before it is answered, so that none is lost and none overtakes another. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #refusals = 0;

  /** `work` says whether it was done. Null: it was never begun, since one that it waited for was not done. */
  take(work: () => Promise<boolean>): Promise<boolean | null> {
    const refusals = this.#refusals;
    const turn = this.#last.then(async () => {
      if (this.#refusals !== refusals) return null;
      const isDone = await work();
      if (!isDone) this.#refusals++;
      return isDone;
    });
    this.#last = turn.catch(() => {});
    return turn;
  }
}
