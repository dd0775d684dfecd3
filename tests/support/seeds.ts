/** Made-up people for tests and benchmarks, and the CSV that names them. */
import { demoSku } from '#lib/demo/tenant/skus.ts';
import type { Seed, UserSeed } from '#lib/demo/tenant/tenant.ts';

const DOMAIN = 'contoso.example';
export const upn = (name: string) => `${name}@${DOMAIN}`;

/** Ordinary synchronised accounts person1 … personN whose mailbox opens at once. */
export function crowd(size: number, change: Partial<UserSeed> = {}): UserSeed[] {
  return Array.from({ length: size }, (_, index) => ({
    mailboxOpensAfterMs: 0,
    ...change,
    userPrincipalName: upn(`person${index + 1}`),
  }));
}

/** The CSV that names these accounts. */
export function csvOf(users: readonly { userPrincipalName: string }[], employeeType = 'E'): string {
  const rows = users.map(
    ({ userPrincipalName }) => `${userPrincipalName.split('@')[0]},${userPrincipalName},${employeeType}`,
  );
  return `CN,UserPrincipalName,EmployeeType\n${rows.join('\n')}\n`;
}

export interface SeedOptions {
  users?: UserSeed[];
  seats?: { plan1?: number; kiosk?: number };
}

/** A tenant with these people and plenty of seats. */
export function seedOf({ users = [], seats = {} }: SeedOptions): Seed {
  return {
    users,
    skus: [demoSku('EXCHANGESTANDARD', seats.plan1 ?? 10_000), demoSku('EXCHANGEDESKLESS', seats.kiosk ?? 10_000)],
  };
}
