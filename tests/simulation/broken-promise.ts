/** What a world has broken, and how. */
export class BrokenPromise extends Error {
  readonly promise: string;

  constructor(promise: string, detail: string) {
    super(detail);
    this.promise = promise;
  }
}
