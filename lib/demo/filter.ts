/** The part of OData that the demo tenant speaks: `$filter` with eq, in, startswith, and, or; `$select`. */
import { type Answer, graphError } from './answers.ts';

export type Predicate = (record: Readonly<Record<string, unknown>>) => boolean;

export type ParsedFilter =
  | { kind: 'ok'; predicate: Predicate /** Set where only these UPNs can match. */; upns: string[] | null }
  | { kind: 'refused'; answer: Answer };

/** Graph takes at most 15 values in `in` and 15 clauses joined by `or`. */
const MAX_TERMS = 15;
const TOKEN = /\s*(?:('(?:[^']|'')*')|([(),])|([A-Za-z][\w/]*)|(-?\d+))/y;

type Token = { kind: 'text' | 'word' | 'mark'; value: string };

function tokenise(filter: string): Token[] | null {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < filter.trimEnd().length) {
    const match = TOKEN.exec(filter);
    if (!match) return null;
    const [, text, mark, word, number] = match;
    if (text !== undefined) tokens.push({ kind: 'text', value: text.slice(1, -1).replaceAll("''", "'") });
    else if (mark !== undefined) tokens.push({ kind: 'mark', value: mark });
    else tokens.push({ kind: 'word', value: word ?? number ?? '' });
  }
  return tokens;
}

const same = (left: unknown, right: string) => String(left ?? 'null').toLowerCase() === right.toLowerCase();

class Parser {
  readonly #tokens: Token[];
  #position = 0;
  orTerms = 1;
  inTerms = 0;
  /** Values of the one `userPrincipalName` clause, where it is the only clause. */
  upns: string[] | null = null;
  #clauses = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  parse(): Predicate | null {
    const predicate = this.#or();
    if (this.#clauses !== 1) this.upns = null;
    return this.#position === this.#tokens.length ? predicate : null;
  }

  #take(kind: Token['kind'], value?: string): Token | null {
    const token = this.#tokens[this.#position];
    if (token?.kind !== kind || (value !== undefined && token.value.toLowerCase() !== value)) return null;
    this.#position += 1;
    return token;
  }

  #or(): Predicate | null {
    let left = this.#and();
    while (left && this.#take('word', 'or')) {
      this.orTerms += 1;
      const [a, b]: [Predicate, Predicate | null] = [left, this.#and()];
      left = b ? (record) => a(record) || b(record) : null;
    }
    return left;
  }

  #and(): Predicate | null {
    let left = this.#clause();
    while (left && this.#take('word', 'and')) {
      const [a, b]: [Predicate, Predicate | null] = [left, this.#clause()];
      left = b ? (record) => a(record) && b(record) : null;
    }
    return left;
  }

  #clause(): Predicate | null {
    if (this.#take('mark', '(')) {
      const inner = this.#or();
      return this.#take('mark', ')') ? inner : null;
    }
    this.#clauses += 1;
    if (this.#take('word', 'startswith')) return this.#startsWith();
    const property = this.#take('word')?.value;
    if (!property) return null;
    if (this.#take('word', 'eq')) {
      const value = this.#take('text') ?? this.#take('word');
      if (!value) return null;
      if (property === 'userPrincipalName') this.upns = [value.value];
      return (record) => same(record[property], value.value);
    }
    if (!this.#take('word', 'in') || !this.#take('mark', '(')) return null;
    const values: string[] = [];
    do {
      const value = this.#take('text');
      if (!value) return null;
      values.push(value.value);
    } while (this.#take('mark', ','));
    if (!this.#take('mark', ')')) return null;
    this.inTerms = Math.max(this.inTerms, values.length);
    if (property === 'userPrincipalName') this.upns = values;
    return (record) => values.some((value) => same(record[property], value));
  }

  #startsWith(): Predicate | null {
    if (!this.#take('mark', '(')) return null;
    const property = this.#take('word')?.value;
    const comma = this.#take('mark', ',');
    const value = this.#take('text')?.value;
    if (!property || !comma || value === undefined || !this.#take('mark', ')')) return null;
    return (record) =>
      String(record[property] ?? '')
        .toLowerCase()
        .startsWith(value.toLowerCase());
  }
}

/** Parses a `$filter`. Refusals have the texts that Graph gives. */
export function parseFilter(filter: string): ParsedFilter {
  const tokens = tokenise(filter);
  const parser = new Parser(tokens ?? []);
  const predicate = tokens ? parser.parse() : null;
  if (!predicate)
    return {
      kind: 'refused',
      answer: graphError(400, 'Request_UnsupportedQuery', 'Unsupported or invalid query filter clause specified.'),
    };
  const terms = Math.max(parser.orTerms, parser.inTerms);
  if (terms > MAX_TERMS)
    return {
      kind: 'refused',
      answer: graphError(
        400,
        'Request_UnsupportedQuery',
        `Too many child clauses specified in search filter expression containing 'OR' operators: ${terms}. Max allowed: ${MAX_TERMS}.`,
      ),
    };
  return { kind: 'ok', predicate, upns: parser.upns };
}

/** Keeps the properties that `$select` names; all `defaults` where there is none. */
export function project(
  record: Readonly<Record<string, unknown>>,
  select: string | null,
  defaults: readonly string[],
): Record<string, unknown> {
  const names = select ? select.split(',').map((name) => name.trim()) : defaults;
  return Object.fromEntries(names.filter((name) => name in record).map((name) => [name, record[name]]));
}
