/** How a service refuses: a stable code for machines and a sentence for people. Anything else thrown is an internal fault. */

import type { z } from 'zod';
import type { Refusal } from '#db/store/system/operators.ts';
import type { Operator } from '#lib/auth/operator.ts';
import { can, type Permission, weakestRole } from '#lib/auth/roles.ts';
import { inputProblem } from './input-problem.ts';

export type ServiceErrorCode = 'unauthenticated' | 'forbidden' | 'invalid' | 'not_found' | 'conflict' | 'unavailable';

export class ServiceError extends Error {
  override name = 'ServiceError';
  readonly code: ServiceErrorCode;

  constructor(code: ServiceErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** An operator asked for what is not allowed: told in the history too, where `respond` answers. */
export class RefusedError extends ServiceError {
  readonly operator: Operator;
  readonly refusal: Refusal;

  constructor(operator: Operator, message: string, refusal: Refusal) {
    super('forbidden', message);
    this.operator = operator;
    this.refusal = refusal;
  }
}

/** The first line of every service verb. Throws `unauthenticated` or `forbidden`. */
export function authorise(operator: Operator | null, permission: Permission): asserts operator is Operator {
  if (!operator) throw new ServiceError('unauthenticated', 'Please sign in.');
  if (can(operator.role, permission)) return;
  const role = weakestRole(permission);
  const told = `${operator.name} was refused something that needs the role ${role}.`;
  throw new RefusedError(operator, `This needs the role ${role}; you have ${operator.role}.`, {
    data: { permission },
    message: told,
  });
}

/** Parses input from outside. Throws `invalid` with the first problem as a sentence. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input, { error: inputProblem });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.');
  throw new ServiceError('invalid', `${where ? `${where}: ` : ''}${issue?.message ?? 'This cannot be read.'}`);
}
