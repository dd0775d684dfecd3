/** Faults on demand: rules that make a request fail, chosen by a seeded generator so that a run can be repeated. */
import { z } from 'zod';
import type { Random } from './random.ts';

/**
 * `lost_answer`: the request is carried out, then the connection breaks (a request inside a batch is answered 504 instead).
 * `hang` and `reset` inside a batch take the whole batch along. `refused`: answered with `answer`. All but `malformed` and `lost_answer` leave the tenant unchanged.
 */
const FAULT_KINDS = [
  'throttle',
  'unavailable',
  'hang',
  'reset',
  'malformed',
  'lost_answer',
  'server_error',
  'token_refused',
  'forbidden',
  'refused',
] as const;

const refusalSchema = z.strictObject({ status: z.number().int(), code: z.string(), message: z.string() });

export const faultRuleSchema = z.strictObject({
  match: z
    .strictObject({
      method: z.string().optional(),
      /** Regular expression on the path without version and query: `/users/…/assignLicense`, `/$batch`, `/{tenant}/oauth2/v2.0/token`. */
      path: z.string().refine(isPattern, 'not a regular expression').optional(),
      /** Regular expression on the decoded query: `ada@contoso`. */
      query: z.string().refine(isPattern, 'not a regular expression').optional(),
      /** Only requests inside a batch, or only those outside; omitted: both. */
      inBatch: z.boolean().optional(),
    })
    .default({}),
  kind: z.enum(FAULT_KINDS),
  probability: z.number().min(0).max(1).default(1),
  /** How often the fault strikes; omitted: always. */
  times: z.number().int().positive().optional(),
  /** Null: no `Retry-After`. */
  retryAfterS: z.number().min(0).nullable().default(1),
  answer: refusalSchema.default({ status: 400, code: 'Request_BadRequest', message: 'Refused.' }),
});

export type FaultRule = z.input<typeof faultRuleSchema>;
export type Fault = Pick<z.output<typeof faultRuleSchema>, 'kind' | 'retryAfterS' | 'answer'>;

interface ActiveRule extends Omit<z.output<typeof faultRuleSchema>, 'times'> {
  left: number;
  pattern: RegExp;
  queryPattern: RegExp;
}

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}

export class Faults {
  readonly #random: Random;
  #rules: ActiveRule[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** Throws a `ZodError` for an invalid rule. */
  add(rule: FaultRule): void {
    const { times = Number.POSITIVE_INFINITY, ...rest } = faultRuleSchema.parse(rule);
    const [pattern, queryPattern] = [rest.match.path, rest.match.query].map((text = '') => new RegExp(text, 'i'));
    if (pattern && queryPattern) this.#rules.push({ ...rest, left: times, pattern, queryPattern });
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault that strikes this request, if any: that of the first matching rule that the random generator selects. */
  strike(request: { method: string; path: string; query?: URLSearchParams; inBatch: boolean }): Fault | null {
    const query = [...(request.query ?? [])].map(([name, value]) => `${name}=${value}`).join('&');
    for (const rule of this.#rules) {
      const { match, left, pattern, queryPattern, probability, kind, retryAfterS, answer } = rule;
      const fits =
        left > 0 &&
        (match.method === undefined || match.method.toUpperCase() === request.method) &&
        (match.inBatch === undefined || match.inBatch === request.inBatch) &&
        pattern.test(request.path) &&
        queryPattern.test(query);
      if (!fits || this.#random() >= probability) continue;
      rule.left -= 1;
      return { kind, retryAfterS, answer };
    }
    return null;
  }
}
