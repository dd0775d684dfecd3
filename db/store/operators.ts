/** Operators who signed in: their stable key gets a name for the history. */
import type { Tx } from '#db/client.ts';
import { operators } from '#db/schema.ts';

export interface SignIn {
  tenantId: string;
  objectId: string;
  name: string;
  email: string;
  /** Null where the tenant gave the person no role of this app. */
  role: string | null;
}

/** Keeps who signed in, with the newest name and role. */
export function recordSignIn(db: Tx, { tenantId, objectId, name, email, role }: SignIn, now: number): void {
  const seen = { name, email, role: role ?? 'none', lastSignInAt: now };
  db.insert(operators)
    .values({ tenantId, objectId, ...seen })
    .onConflictDoUpdate({ target: [operators.tenantId, operators.objectId], set: seen })
    .run();
}
