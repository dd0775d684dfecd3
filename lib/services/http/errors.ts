/** How a service refuses: a stable code for machines and a sentence for people. Anything else thrown is an internal fault. */

import type { z } from 'zod';
import type { Refusal } from '#db/store/system/operators.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { can, type Permission, type Role, weakestRole } from '#lib/auth/roles.ts';
import { sayIn } from '#lib/words/dictionary.ts';
import type { Words } from '#lib/words/english.ts';
import type { Language } from '#lib/words/languages.ts';
import type { KeyedMessage } from '#lib/words/say.ts';
import { inputProblem, inputProblemIn } from './input-problem.ts';

export type ServiceErrorCode = 'unauthenticated' | 'forbidden' | 'invalid' | 'not_found' | 'conflict' | 'unavailable';

/** Why something is not done. */
export type Refused = KeyedMessage<Words['refusals']>;

/** A text in the language of whoever reads it. */
export type Localised = (language: Language) => string;

/** In English unless another language is asked for: so logs, programs and the history have it. */
export const refusedText = (why: Refused, language: Language = 'en'): string => sayIn(language, 'refusals').told(why);

export class ServiceError extends Error {
  override name = 'ServiceError';
  readonly code: ServiceErrorCode;
  readonly sentence: Localised;

  /** A text stands for itself: it comes from elsewhere, or no page leads to it. */
  constructor(code: ServiceErrorCode, why: Refused | Localised | string) {
    const sentence =
      typeof why === 'function'
        ? why
        : (language: Language) => (typeof why === 'string' ? why : refusedText(why, language));
    super(sentence('en'));
    this.code = code;
    this.sentence = sentence;
  }
}

/** An operator asked for what is not allowed: told in the history too, where `respond` answers. */
export class RefusedError extends ServiceError {
  readonly operator: Operator;
  readonly refusal: Refusal;

  constructor(operator: Operator, why: Refused, refusal: Refusal) {
    super('forbidden', why);
    this.operator = operator;
    this.refusal = refusal;
  }
}

/** Why a role may not, as the text of a disabled button; null where it may. */
export function whyNot(role: Role, permission: Permission, language: Language): string | null {
  return can(role, permission)
    ? null
    : refusedText(['needsRole', { role: weakestRole(permission), yours: role }], language);
}

/** The first line of every service verb. Throws `unauthenticated` or `forbidden`. */
export function authorise(operator: Operator | null, permission: Permission): asserts operator is Operator {
  if (!operator) throw new ServiceError('unauthenticated', ['signIn']);
  if (can(operator.role, permission)) return;
  const role = weakestRole(permission);
  const told = `${operator.name} was refused something that needs the role ${role}.`;
  throw new RefusedError(operator, ['needsRole', { role, yours: operator.role }], {
    data: { permission, role },
    message: told,
  });
}

/** Parses input from outside. Throws `invalid` with the first problem as a sentence. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input, { error: inputProblem });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ServiceError('invalid', (language) => {
    const where = issue?.path.join('.');
    return `${where ? `${where}: ` : ''}${inputProblemIn(language, issue?.message ?? '')}`;
  });
}
