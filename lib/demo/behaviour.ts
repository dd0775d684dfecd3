/** How the demo tenant behaves, and the faults that it can be told to have. */
import { z } from 'zod';
import { DEMO_PERMISSIONS } from './credentials.ts';

export const behaviourSchema = z.object({
  /** Application permissions that were consented. */
  permissions: z.array(z.string()),
  /** How long reads show the state before a write, in ms. */
  replicationLagMs: z.number().min(0),
  latencyMs: z.object({ read: z.number().min(0), write: z.number().min(0) }),
  /** Licence writes that may be under way at once; more get `Directory_ConcurrencyViolation`. 0: any number. */
  parallelLicenceWrites: z.number().int().min(0),
  writesPerWindow: z.number().int().positive(),
  /** 150 s at Microsoft; tests compress it. */
  writeWindowMs: z.number().positive(),
  unitsPerWindow: z.number().int().positive(),
  unitWindowMs: z.number().positive(),
});

export type Behaviour = z.infer<typeof behaviourSchema>;

export const DOCUMENTED_BEHAVIOUR: Behaviour = {
  permissions: [...DEMO_PERMISSIONS],
  replicationLagMs: 0,
  latencyMs: { read: 0, write: 0 },
  parallelLicenceWrites: 0,
  writesPerWindow: 3000,
  writeWindowMs: 150_000,
  unitsPerWindow: 8000,
  unitWindowMs: 10_000,
};

export const faultSchema = z.object({
  kind: z.enum([
    'throttle',
    'unavailable',
    'server_error',
    'hang',
    'reset',
    'malformed',
    'lost_answer',
    'token_refused',
    'forbidden',
  ]),
  /** Where it strikes: whole HTTP requests, or requests inside a batch. */
  level: z.enum(['request', 'sub_request']).default('request'),
  method: z.string().optional(),
  /** Regular expression on the path, for example `assignLicense$`. */
  path: z.string().optional(),
  probability: z.number().min(0).max(1).default(1),
  /** How often it strikes; left out: always. */
  times: z.number().int().positive().optional(),
  retryAfterS: z.number().min(0).default(1),
});

export type Fault = z.input<typeof faultSchema>;
type Rule = z.output<typeof faultSchema>;

/** Numbers from 0 to 1 that repeat for a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export class Faults {
  readonly #random: () => number;
  #rules: { rule: Rule; left: number }[] = [];

  constructor(random: () => number) {
    this.#random = random;
  }

  add(fault: Fault): void {
    const rule = faultSchema.parse(fault);
    this.#rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault that strikes this request, if any. */
  strike(level: Rule['level'], method: string, path: string): Rule | null {
    for (const entry of this.#rules) {
      const { rule } = entry;
      if (entry.left < 1 || rule.level !== level) continue;
      if (rule.method && rule.method !== method) continue;
      if (rule.path && !new RegExp(rule.path).test(path)) continue;
      if (this.#random() >= rule.probability) continue;
      entry.left -= 1;
      return rule;
    }
    return null;
  }
}

/** Counts use in a sliding window, as the tenant does. */
export class UsageWindow {
  #used: { at: number; units: number }[] = [];
  #sum = 0;

  /** Ms to wait where `units` do not fit any more; 0: taken. */
  take(units: number, limit: number, windowMs: number, now: number): number {
    let expired = 0;
    for (const entry of this.#used) {
      if (entry.at > now - windowMs) break;
      this.#sum -= entry.units;
      expired += 1;
    }
    if (expired > 0) this.#used.splice(0, expired);
    if (this.#sum + units > limit) return (this.#used[0]?.at ?? now) + windowMs - now + 1;
    this.#used.push({ at: now, units });
    this.#sum += units;
    return 0;
  }

  get sum(): number {
    return this.#sum;
  }
}
