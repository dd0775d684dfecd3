/** Which tenant a database was made for. */
import { z } from 'zod';
import type { Tx } from '#db/client.ts';
import { writeState } from './engine-state.ts';

const KEY = 'engine.identity';

/** `tenantId` null: not known from the environment, as with a managed identity. */
const identitySchema = z.object({ mode: z.enum(['demo', 'entra']), tenantId: z.string().nullable() });
export type Identity = z.infer<typeof identitySchema>;

/** A database of another tenant; `message` is one line. */
class OtherTenantError extends Error {
  override name = 'OtherTenantError';
}

/** Null for a database of a release that did not note it, or in which nothing has been started yet. */
export function identityOf(client: Tx['$client']): Identity | null {
  const value = client.prepare<[string], string>('select value from settings where key = ?').pluck().get(KEY);
  return value === undefined ? null : (identitySchema.safeParse(JSON.parse(value)).data ?? null);
}

/** Why a database of `known` must not be used for `wanted`; null where it may. */
export function mismatch(known: Identity | null, wanted: Identity): string | null {
  if (known === null) return null;
  if (known.mode !== wanted.mode)
    return known.mode === 'demo'
      ? 'it holds data of the demo tenant, but TENANT_MODE is entra: choose another DATA_DIR for the real tenant'
      : 'it holds data of a real tenant, but TENANT_MODE is demo: choose another DATA_DIR for the demo';
  if (known.tenantId === null || wanted.tenantId === null || known.tenantId === wanted.tenantId) return null;
  return `it holds data of the tenant ${known.tenantId}, but AZURE_TENANT_ID is ${wanted.tenantId}: choose another DATA_DIR for it`;
}

/** Notes whose database this is, at the first start. Throws `OtherTenantError` where it is another tenant's. */
export function claimDatabase(db: Tx, wanted: Identity, now: number): void {
  const known = identityOf(db.$client);
  const problem = mismatch(known, wanted);
  if (problem) throw new OtherTenantError(problem);
  if (known && (known.tenantId !== null || wanted.tenantId === null)) return;
  writeState(db, KEY, wanted, now);
}
