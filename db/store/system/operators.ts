/** Operators who signed in: gives their stable key a name in the history. */
import type { Db } from '#db/client.ts';
import { operators } from '#db/schema.ts';
import { recordEvent } from '#db/store/events/record-event.ts';

export interface SignIn {
  tenantId: string;
  objectId: string;
  name: string;
  email: string;
  /** Null where the tenant gave the person no role in this app. */
  role: string | null;
}

/** Records a sign-in, with the newest name and role, and an event. */
export function recordSignIn(db: Db, { tenantId, objectId, name, email, role }: SignIn, now: number): void {
  const seen = { name, email, role: role ?? 'none', lastSignInAt: now };
  db.transaction((tx) => {
    tx.insert(operators)
      .values({ tenantId, objectId, ...seen })
      .onConflictDoUpdate({ target: [operators.tenantId, operators.objectId], set: seen })
      .run();
    recordEvent(tx, {
      ...{ kind: 'operator.signed_in', at: now, actor: { name, key: `${tenantId}/${objectId}` } },
      message: role === null ? `${name} signed in, without a role in this app.` : `${name} signed in as ${role}.`,
      data: { role },
    });
  });
}
