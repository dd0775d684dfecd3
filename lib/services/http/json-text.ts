/** A response that is JSON already: text produced in another thread is not parsed and serialised again here. */
export class JsonText<T> {
  readonly bytes: Uint8Array;

  private constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** An object with one more field, whose value is JSON text. */
  static withField<Head extends object, Name extends string, Value>(
    head: Head,
    name: Name,
    value: Uint8Array,
  ): JsonText<Head & Record<Name, Value>> {
    const start = JSON.stringify(head).slice(0, -1);
    const comma = start === '{' ? '' : ',';
    return new JsonText(
      Buffer.concat([Buffer.from(`${start}${comma}${JSON.stringify(name)}:`), value, Buffer.from('}')]),
    );
  }

  /** The parsed value. For tests and small responses. */
  read(): T {
    return JSON.parse(Buffer.from(this.bytes).toString('utf8')) as T;
  }
}
