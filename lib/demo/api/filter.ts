/** The part of OData's `$filter` that the demo tenant supports: eq, in, startswith, endswith, any, and, or, parentheses. */
import { type Answer, unsupportedQuery } from './answers.ts';

type Predicate = (record: Readonly<Record<string, unknown>>) => boolean;

export type ParsedFilter =
  /** `keys`: ids or UserPrincipalNames, where only accounts with these can match. */
  { kind: 'ok'; predicate: Predicate; keys: string[] | null } | { kind: 'refused'; answer: Answer };

/** Graph accepts at most 15 values in `in` and 15 clauses joined by `or` (graph-facts §2). */
const MAX_TERMS = 15;

const KEY_PROPERTIES: readonly string[] = ['id', 'userPrincipalName'];
const FILTERABLE: readonly string[] = [
  ...KEY_PROPERTIES,
  'accountEnabled',
  'department',
  'displayName',
  'employeeType',
  'mail',
  'onPremisesSyncEnabled',
  'usageLocation',
  'userType',
];
/** Can be filtered by only with the advanced parameters (graph-facts §2). */
const ADVANCED_PROPERTIES: readonly string[] = ['onPremisesUserPrincipalName'];
/** Collections are filtered by with `any`, whose condition is `eq`. */
const COLLECTIONS: readonly string[] = ['proxyAddresses'];
/** These need `ConsistencyLevel: eventual` and `$count=true`; of them the demo tenant knows only the last. */
const ADVANCED_OPERATORS = /\b(ne|not|endswith)\b/i;
const TOKEN = /\s*(?:('(?:[^']|'')*')|([(),:])|([A-Za-z][\w/]*)|(-?\d+))/y;

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
  /** Values of the one clause on a key, where it is the only clause. */
  keys: string[] | null = null;
  /** A property that does not support filtering. */
  unsupported: string | null = null;
  #clauses = 0;
  readonly #filterable: readonly string[];
  readonly #isAdvanced: boolean;

  constructor(tokens: Token[], isAdvanced: boolean) {
    this.#tokens = tokens;
    this.#isAdvanced = isAdvanced;
    this.#filterable = isAdvanced ? [...FILTERABLE, ...ADVANCED_PROPERTIES] : FILTERABLE;
  }

  parse(): Predicate | null {
    const predicate = this.#or();
    if (this.#clauses !== 1) this.keys = null;
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
    if (this.#take('word', 'startswith')) return this.#affix((text, part) => text.startsWith(part));
    if (this.#isAdvanced && this.#take('word', 'endswith')) return this.#affix((text, part) => text.endsWith(part));
    const collection = COLLECTIONS.find((name) => this.#take('word', `${name}/any`.toLowerCase()));
    if (collection) return this.#any(collection);
    const property = this.#property();
    if (!property) return null;
    if (this.#take('word', 'eq')) {
      const value = this.#take('text') ?? this.#take('word');
      if (!value) return null;
      if (KEY_PROPERTIES.includes(property)) this.keys = [value.value];
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
    if (KEY_PROPERTIES.includes(property)) this.keys = values;
    return (record) => values.some((value) => same(record[property], value));
  }

  #property(): string | null {
    const property = this.#take('word')?.value ?? null;
    if (property && !this.#filterable.includes(property)) this.unsupported = property;
    return property;
  }

  #any(collection: string): Predicate | null {
    if (!this.#take('mark', '(')) return null;
    const variable = this.#take('word')?.value;
    if (variable === undefined || !this.#take('mark', ':') || !this.#take('word', variable.toLowerCase())) return null;
    const value = this.#take('word', 'eq') ? this.#take('text')?.value : undefined;
    if (value === undefined || !this.#take('mark', ')')) return null;
    return (record) => {
      const items = record[collection];
      return Array.isArray(items) && items.some((item) => same(item, value));
    };
  }

  #affix(fits: (text: string, part: string) => boolean): Predicate | null {
    if (!this.#take('mark', '(')) return null;
    const property = this.#property();
    const comma = this.#take('mark', ',');
    const value = this.#take('text')?.value;
    if (!property || !comma || value === undefined || !this.#take('mark', ')')) return null;
    return (record) => fits(String(record[property] ?? '').toLowerCase(), value.toLowerCase());
  }
}

const refuse = (message: string): ParsedFilter => ({ kind: 'refused', answer: unsupportedQuery(message) });

/** Parses a `$filter`; a refusal uses Graph's wording. `isAdvanced`: asked with the advanced parameters. */
export function parseFilter(filter: string, isAdvanced = false): ParsedFilter {
  const tokens = tokenise(filter);
  const parser = new Parser(tokens ?? [], isAdvanced);
  const predicate = tokens ? parser.parse() : null;
  if (!predicate) {
    const operator = tokens?.find(({ kind, value }) => kind === 'word' && ADVANCED_OPERATORS.test(value));
    return operator
      ? refuse(`Operator '${operator.value}' is not supported because the required parameters might be missing.`)
      : refuse('Invalid filter clause');
  }
  if (parser.unsupported)
    return refuse(
      `Unsupported or invalid query filter clause specified for property '${parser.unsupported}' of resource 'User'.`,
    );
  const terms = Math.max(parser.orTerms, parser.inTerms);
  if (terms > MAX_TERMS)
    return refuse(
      `Too many child clauses specified in search filter expression containing 'OR' operators: ${terms}. Max allowed: ${MAX_TERMS}.`,
    );
  return { kind: 'ok', predicate, keys: parser.keys };
}
